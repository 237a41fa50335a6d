namespace Nnfs.Training;

/// <summary>A row of targets for each sample; its class is that of the largest, or for a binary network with one output the side of one half.</summary>
internal readonly struct FloatTargets : ITargets<float>
{
    /// <inheritdoc/>
    public static int TargetsPerSample(int outputs, AccuracyKind kind) => outputs;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<float> targets, int samples, int outputs, AccuracyKind kind, string name) =>
        ShapeGuard.Exactly(targets.Length, samples, outputs, name);

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<float> sample, AccuracyKind kind) => Accuracy.ClassOf(sample, kind);
}
