namespace Nnfs.Sweeps.Cluster;

/// <summary>How far a core is with an order.</summary>
internal enum RunState
{
    /// <summary>The core does not know the order: its silo was started anew.</summary>
    Unknown,

    /// <summary>It is at it.</summary>
    Running,

    /// <summary>The objective has returned a figure.</summary>
    Finished,

    /// <summary>The objective has failed.</summary>
    Failed,

    /// <summary>It was stopped on the way.</summary>
    Stopped,
}
