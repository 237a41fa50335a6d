namespace Nnfs;

/// <summary>How a CSV file is written, or was. Numbers are read and written in the same way in every culture: <c>1234.5</c>.</summary>
public sealed record CsvOptions
{
    /// <summary>What is between two fields: a comma, or a semicolon or tab (<c>'\t'</c>) as some programs write it.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>
    /// The texts that stand for a missing value, apart from case and from spaces around them; in the column of an enum, the exact name of a value is that
    /// value. The first is written. Without any, there can be no missing values.
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init; } = ["", "NA", "N/A", "<NA>", "NaN", "null", "None", "?"];

    /// <summary>
    /// The format of dates and of dates with times, such as <c>"dd.MM.yyyy"</c>; <see langword="null"/> for ISO 8601: <c>2026-01-31</c>,
    /// <c>2026-01-31T08:30:00</c>.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>Whether the first line names the columns. Otherwise all columns are there, in the order of the declaration.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>How many bad cells the exception lists, at least 1; it counts all of them.</summary>
    public int MaxErrors { get; init; } = 10;

    /// <summary>Whether a text without spaces around it stands for a missing value.</summary>
    internal bool IsMissing(ReadOnlySpan<char> text)
    {
        // By index, because an enumerator would be allocated for every cell.
        for (int i = 0; i < MissingValues.Count; i++)
        {
            if (text.Equals(MissingValues[i].AsSpan().Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    internal void Check()
    {
        if (Separator is '"' or '\r' or '\n')
        {
            throw new ArgumentException("The separator of a CSV file can't be a quotation mark or a line break.", nameof(Separator));
        }

        ArgumentNullException.ThrowIfNull(MissingValues);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxErrors, 1);
    }
}
