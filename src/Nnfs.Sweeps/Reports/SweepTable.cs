using System.Globalization;
using System.Text;

namespace Nnfs.Sweeps.Reports;

/// <summary>The trials as a table of text.</summary>
internal static class SweepTable
{
    /// <summary>Longer reasons are cut; the file of results and the CSV have them whole.</summary>
    private const int LongestReason = 80;

    /// <summary>Writes the best trials.</summary>
    public static string Write(SweepResult result, int rows)
    {
        List<string[]> lines =
        [
            ["trial", result.Objective.FigureName, "epochs", .. result.Objective.Space.Select(static parameter => parameter.Name), "time", "status"],
            .. result.Ranking.Take(rows).Select(Row),
        ];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        StringBuilder text = new();

        foreach (string[] line in lines)
        {
            // The status comes last and is the only column that begins at its left end.
            string[] cells = [.. line.Select((cell, column) => column == line.Length - 1 ? cell : cell.PadLeft(widths[column]))];
            text.AppendJoin("  ", cells).Append('\n');
        }

        if (result.Trials.Count > rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {result.Trials.Count - rows} more\n");
        }

        return text.ToString();
    }

    private static string[] Row(TrialResult trial) =>
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.Figure is { } figure ? ReportText.Of(figure) : "",
        trial.Epochs.ToString(CultureInfo.InvariantCulture),
        .. trial.Values.Select(static value => ReportText.Value(value.Value)),
        ReportText.Of(trial.Duration),
        ReportText.Of(trial.Status) + (trial.Reason is { } reason ? $": {Shorten(reason)}" : ""),
    ];

    private static string Shorten(string reason)
    {
        string line = reason.ReplaceLineEndings(" ");

        return line.Length <= LongestReason ? line : $"{line[..(LongestReason - 1)]}…";
    }
}
