namespace Nnfs.Samples;

/// <summary>Gathers the faults of a CSV file: the first ones as they are, the others by their number.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class CsvErrors(int most)
{
    private const int LongestValue = 40;

    private readonly List<CsvError> _first = [];

    /// <summary>The number of all.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a fault of a cell.</summary>
    public void Add(int line, string column, ReadOnlySpan<char> value, string reason)
    {
        if (Count++ < most)
        {
            _first.Add(new CsvError(line, column, Shown(value), reason));
        }
    }

    /// <summary>Notes a fault of a whole line.</summary>
    public void Add(int line, string reason)
    {
        if (Count++ < most)
        {
            _first.Add(new CsvError(line, Column: null, Value: null, reason));
        }
    }

    /// <summary>Throws if there are any.</summary>
    /// <param name="name">What was read.</param>
    /// <exception cref="CsvException">There are.</exception>
    public void Throw(string name)
    {
        if (Count > 0)
        {
            throw new CsvException(name, [.. _first], Count);
        }
    }

    /// <summary>A value on one line, which is not too long.</summary>
    private static string Shown(ReadOnlySpan<char> value)
    {
        bool isLong = value.Length > LongestValue;
        Span<char> shown = (isLong ? value[..LongestValue] : value).ToArray();

        foreach (ref char character in shown)
        {
            character = char.IsControl(character) ? ' ' : character;
        }

        return isLong ? $"{shown}…" : shown.ToString();
    }
}
