using Nnfs.Sweeps.Cluster;

namespace Nnfs.Sweeps.Running;

/// <summary>An order that a core works at.</summary>
/// <param name="order">The order.</param>
/// <param name="core">The core.</param>
internal sealed class Assignment(TrialOrder order, Core core)
{
    /// <summary>The order.</summary>
    public TrialOrder Order => order;

    /// <summary>The core.</summary>
    public Core Core => core;

    /// <summary>The last that the core has said.</summary>
    public RunReport Last { get; set; } = RunReport.Unknown;

    /// <summary>How it ended, once it has.</summary>
    public required Task<AssignmentEnd> End { get; init; }
}
