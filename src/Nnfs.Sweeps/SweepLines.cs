using System.Diagnostics;
using System.Globalization;
using Nnfs.Sweeps.Reports;

namespace Nnfs.Sweeps;

/// <summary>
/// Writes lines of text about a sweep: one for each trial or step of a trial that has ended, and one from time to time about those that are on their way.
/// </summary>
/// <param name="writer">Where the lines go.</param>
public sealed class SweepLines(TextWriter writer) : IProgress<SweepReport>
{
    private readonly TextWriter _writer = writer ?? throw new ArgumentNullException(nameof(writer));
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>After how much time without a line trials on their way are shown, greater than zero. The default is 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, $"Interval must be greater than zero, but is {value:c}.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>Lines to the console.</summary>
    public static SweepLines ToConsole() => new(Console.Out);

    /// <inheritdoc/>
    public void Report(SweepReport value)
    {
        ArgumentNullException.ThrowIfNull(value);

        string? line = value switch
        {
            { Trial: { } trial } => Ended(value, trial),
            { Notice: { } notice } => notice,
            { Running.Count: > 0 } when Stopwatch.GetElapsedTime(_last) >= Interval => OnTheirWay(value),
            _ => null,
        };

        if (line is not null)
        {
            _writer.WriteLine(line);
            _last = Stopwatch.GetTimestamp();
        }
    }

    private static string Ended(SweepReport report, TrialResult trial)
    {
        int width = report.Planned.ToString(CultureInfo.InvariantCulture).Length;
        string place = $"{report.Finished.ToString(CultureInfo.InvariantCulture).PadLeft(width)}/{report.Planned}";
        string outcome = trial.Status == TrialStatus.Failed
            ? $"failed: {trial.Reason}"
            : $"{ReportText.Of(trial.Figure!.Value)} after {trial.Epochs} epochs and {ReportText.Of(trial.Steps[^1].Duration)}";
        string best = trial.Number == report.Best?.Number ? ", the best so far" : "";

        return string.Create(CultureInfo.InvariantCulture, $"{place}  trial {trial.Number}: {outcome}{best} ({ReportText.Values(trial)})");
    }

    private static string OnTheirWay(SweepReport report)
    {
        IEnumerable<string> trials = report.Running.Select(static running => string.Create(
            CultureInfo.InvariantCulture, $"trial {running.Number} at epoch {running.Epoch} of {running.Epochs}{Figure(running)}"));

        return $"{report.Finished}/{report.Planned}  on {report.Cores} {(report.Cores == 1 ? "core" : "cores")}: {string.Join("; ", trials)}";
    }

    private static string Figure(RunningTrial running) => running.Epoch == 0 ? "" : $": {ReportText.Of(running.Figure)}";
}
