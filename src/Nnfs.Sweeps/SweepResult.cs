using Nnfs.Sweeps.Reports;

namespace Nnfs.Sweeps;

/// <summary>What a sweep has found.</summary>
public sealed class SweepResult
{
    internal SweepResult(Objective objective, IReadOnlyList<TrialResult> trials, TrialResult? best, TimeSpan duration)
    {
        Objective = objective;
        Trials = trials;
        Best = best;
        Duration = duration;
    }

    /// <summary>What was trained.</summary>
    public Objective Objective { get; }

    /// <summary>All trials by their numbers, with those that have failed.</summary>
    public IReadOnlyList<TrialResult> Trials { get; }

    /// <summary>The best of the trials with the most epochs; nothing where none has a figure.</summary>
    public TrialResult? Best { get; }

    /// <summary>The time that the sweep took; where it went on from a folder, since then.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Whether every trial has been trained, dropped or has failed; not so where the sweep was cancelled.</summary>
    public bool IsComplete => Trials.Count > 0 && Trials.All(static trial => trial.Status != TrialStatus.Stopped);

    /// <summary>The trials in the order of their success: by epochs, then by figure; those without one come last.</summary>
    public IReadOnlyList<TrialResult> Ranking =>
    [
        .. Trials.OrderByDescending(static trial => trial.Status != TrialStatus.Failed)
            .ThenByDescending(static trial => trial.Epochs)
            .ThenBy(trial => trial.Figure is { } figure ? (Objective.Goal == Goal.Minimize ? figure : -figure) : double.PositiveInfinity)
            .ThenBy(static trial => trial.Number),
    ];

    /// <summary>The trials as a table of text, the best first, whatever the culture.</summary>
    /// <param name="rows">The most rows.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    public string ToTable(int rows = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);

        return SweepTable.Write(this, rows);
    }

    /// <summary>
    /// The trials by their numbers as comma-separated values, whatever the culture: a line of headings (<c>trial</c>, <c>status</c>, <c>figure</c>,
    /// <c>epochs</c>, <c>seed</c>, the parameters, <c>seconds</c>, <c>silo</c>, <c>reason</c>) and a line for each trial, each ended by <c>\n</c>. Numbers are
    /// the shortest that read back as the same; what there is not is empty.
    /// </summary>
    public string ToCsv() => SweepCsv.Write(this);

    /// <summary>
    /// A picture as SVG: for each parameter the figures of the trials over its values, and for successive halving their figures over the epochs. The best trial
    /// is orange.
    /// </summary>
    public string ToSvg() => SweepPicture.Draw(this);
}
