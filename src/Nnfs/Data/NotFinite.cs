namespace Nnfs.Data;

/// <summary>Finds values that are infinite or not a number, for messages that name their place.</summary>
internal static class NotFinite
{
    /// <summary>
    /// The first such value of one row, as text: <c>feature 2 of sample 17 is NaN</c>, both counted from 0; <see langword="null"/> where all are finite.
    /// </summary>
    /// <param name="row">The values of one sample.</param>
    /// <param name="kind">What a value is called.</param>
    /// <param name="sample">The number of the sample.</param>
    public static string? In(ReadOnlySpan<float> row, string kind, int sample)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!float.IsFinite(row[i]))
            {
                return FormattableString.Invariant($"{kind} {i} of sample {sample} is {row[i]}");
            }
        }

        return null;
    }

    /// <summary>Checks that all values are finite.</summary>
    /// <param name="values">[samples × <paramref name="rowSize"/>], row-major.</param>
    /// <param name="rowSize">The number of values of one sample.</param>
    /// <param name="kind">What a value is called.</param>
    /// <param name="name">The parameter that the values were passed as.</param>
    /// <exception cref="ArgumentException">One is not. The message names its place and the value.</exception>
    public static void Refuse(ReadOnlySpan<float> values, int rowSize, string kind, string name)
    {
        for (int start = 0; start < values.Length; start += rowSize)
        {
            if (In(values.Slice(start, rowSize), kind, start / rowSize) is { } found)
            {
                throw new ArgumentException($"Expected finite numbers, but {found}.", name);
            }
        }
    }
}
