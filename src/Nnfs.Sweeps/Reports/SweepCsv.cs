using System.Globalization;
using System.Text;

namespace Nnfs.Sweeps.Reports;

/// <summary>The trials as comma-separated values (RFC 4180, with <c>\n</c> at the ends of lines).</summary>
internal static class SweepCsv
{
    /// <summary>Writes the trials.</summary>
    public static string Write(SweepResult result)
    {
        StringBuilder text = new();
        string[] parameters = [.. result.Objective.Space.Select(static parameter => parameter.Name)];
        Append(text, ["trial", "status", "figure", "epochs", "seed", .. parameters, "seconds", "silo", "reason"]);

        foreach (TrialResult trial in result.Trials)
        {
            Append(
                text,
                [
                    Number(trial.Number),
                    ReportText.Of(trial.Status),
                    trial.Figure is { } figure ? Number(figure) : "",
                    Number(trial.Epochs),
                    Number(trial.Seed),
                    .. trial.Values.Select(static value => value.Value),
                    Number(trial.Duration.TotalSeconds),
                    trial.Steps is [.., var last] ? last.Silo : "",
                    trial.Reason ?? "",
                ]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append('\n');

    private static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
