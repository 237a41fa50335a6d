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
