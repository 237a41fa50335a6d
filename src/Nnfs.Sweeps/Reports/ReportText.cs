using System.Globalization;

namespace Nnfs.Sweeps.Reports;

/// <summary>Numbers and states as text for readers, whatever the culture.</summary>
internal static class ReportText
{
    /// <summary>A state.</summary>
    public static string Of(TrialStatus status) => status switch
    {
        TrialStatus.Completed => "completed",
        TrialStatus.Dropped => "dropped",
        TrialStatus.Failed => "failed",
        _ => "stopped",
    };

    /// <summary>A figure or value, with four digits.</summary>
    public static string Of(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A value that may be a number; a fraction with many digits is shortened.</summary>
    public static string Value(string text) =>
        text.Length > 6 && text.AsSpan().ContainsAny('.', 'E')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? Of(number)
            : text;

    /// <summary>A time.</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time < TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min");

    /// <summary>The values of a trial, with their names.</summary>
    public static IEnumerable<string> Values(TrialResult trial) => trial.Values.Select(static value => $"{value.Key} {Value(value.Value)}");

    /// <summary>A text in a line, no longer than so many characters.</summary>
    public static string Line(string text, int most = int.MaxValue)
    {
        string line = text.ReplaceLineEndings(" ");

        return line.Length <= most ? line : $"{line[..(most - 1)]}…";
    }
}
