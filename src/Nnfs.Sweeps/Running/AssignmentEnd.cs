namespace Nnfs.Sweeps.Running;

/// <summary>How the work of a core at an order ended.</summary>
internal enum AssignmentEnd
{
    /// <summary>The core gave a figure, or said why there is none.</summary>
    Answered,

    /// <summary>The core works for another sweep, or its silo is being stopped.</summary>
    Refused,

    /// <summary>The silo did not take the order.</summary>
    Unreachable,

    /// <summary>The silo took the order and was lost.</summary>
    Lost,

    /// <summary>The sweep was cancelled, or the silo is being stopped.</summary>
    Stopped,
}
