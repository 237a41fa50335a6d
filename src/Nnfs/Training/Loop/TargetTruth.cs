namespace Nnfs;

/// <summary>A row of targets for each sample; its class is that of the largest.</summary>
internal readonly struct TargetTruth : IGroundTruth<float>
{
    /// <inheritdoc/>
    public static int ValuesPerSample(int outputs) => outputs;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<float> values, int samples, int outputs, string name) => ShapeGuard.Exactly(values.Length, samples, outputs, name);

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<float> sample) => Accuracy.IndexOfMax(sample);
}
