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

    /// <summary>A value that may be a number; one with many digits is shortened.</summary>
    public static string Value(string text) =>
        text.Length > 6 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Of(number) : text;

    /// <summary>A time.</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time < TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min");

    /// <summary>The values of a trial in a line.</summary>
    public static string Values(TrialResult trial) => string.Join(", ", trial.Values.Select(static value => $"{value.Key} {Value(value.Value)}"));
}
