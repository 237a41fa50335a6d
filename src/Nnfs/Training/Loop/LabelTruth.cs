namespace Nnfs;

/// <summary>A class for each sample.</summary>
internal readonly struct LabelTruth : IGroundTruth<int>
{
    /// <inheritdoc/>
    public static int ValuesPerSample(int outputs) => 1;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<int> values, int samples, int outputs, string name)
    {
        ShapeGuard.Exactly(values.Length, samples, 1, name);
        ShapeGuard.Labels(values, samples, outputs);
    }

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<int> sample) => sample[0];
}
