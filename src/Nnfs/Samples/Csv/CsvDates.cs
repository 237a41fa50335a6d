using System.Globalization;

namespace Nnfs.Samples;

/// <summary>Dates and times in CSV files.</summary>
internal static class CsvDates
{
    /// <summary>ISO 8601 with any precision, and a space where it has a T, as databases write it.</summary>
    private static readonly string[] s_dateTimes =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] s_times = ["HH:mm", "HH:mm:ss.FFFFFFF"];

    /// <summary>What a date is that is not as it should be.</summary>
    public static string Reason(CsvOptions options, string kind, string example) =>
        options.DateFormat is { } format ? $"is not a {kind} of the format {format}" : $"is not a {kind} such as {example}";

    public static bool TryParse(ReadOnlySpan<char> text, CsvOptions options, out DateOnly value) => DateOnly.TryParseExact(
        text, options.DateFormat ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    public static bool TryParse(ReadOnlySpan<char> text, CsvOptions options, out DateTime value) => options.DateFormat is { } format
        ? DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value)
        : DateTime.TryParseExact(text, s_dateTimes, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);

    /// <summary>Without an offset it is universal time, so that every machine reads the same.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, CsvOptions options, out DateTimeOffset value) => options.DateFormat is { } format
        ? DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
        : DateTimeOffset.TryParseExact(text, s_dateTimes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    public static bool TryParse(ReadOnlySpan<char> text, out TimeOnly value) =>
        TimeOnly.TryParseExact(text, s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}
