namespace Nnfs.Sweeps;

/// <summary>How far a sweep is. There is a report for each step of a trial that has ended, for what happens in the cluster, and about every second.</summary>
public sealed record SweepReport
{
    /// <summary>The steps that have ended. A trial is one step, or in successive halving several.</summary>
    public required int Finished { get; init; }

    /// <summary>The steps that there are in all.</summary>
    public required int Planned { get; init; }

    /// <summary>The cores that take trials.</summary>
    public required int Cores { get; init; }

    /// <summary>The trials that are being trained.</summary>
    public required IReadOnlyList<RunningTrial> Running { get; init; }

    /// <summary>The trial whose step has just ended, if the report is about one.</summary>
    public TrialResult? Trial { get; init; }

    /// <summary>The best trial so far, if there is one.</summary>
    public TrialResult? Best { get; init; }

    /// <summary>What has happened in the cluster, such as a silo that came or was lost; nothing where the report is not about that.</summary>
    public string? Notice { get; init; }
}
