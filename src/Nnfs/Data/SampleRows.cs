namespace Nnfs.Data;

/// <summary>Rows of numbers, one after the other.</summary>
internal static class SampleRows
{
    /// <summary>The row of a sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with that index.</exception>
    public static ReadOnlySpan<float> Get(ReadOnlySpan<float> rows, int size, int sample, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, count);

        return rows.Slice(sample * size, size);
    }

    /// <summary>Checks that there are samples with some indices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with such an index.</exception>
    public static void Check(ReadOnlySpan<int> samples, int count)
    {
        int wrong = count == 0 ? samples.Length - 1 : samples.IndexOfAnyExceptInRange(0, count - 1);

        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(samples), samples[wrong], $"Expected samples from 0 to {count - 1}, but number {wrong} of those named is {samples[wrong]}.");
        }
    }

    /// <summary>A copy of some rows, in the order in which they are named.</summary>
    public static float[] Select(ReadOnlySpan<float> rows, int size, ReadOnlySpan<int> samples)
    {
        float[] selected = new float[samples.Length * size];

        for (int i = 0; i < samples.Length; i++)
        {
            rows.Slice(samples[i] * size, size).CopyTo(selected.AsSpan(i * size));
        }

        return selected;
    }
}
