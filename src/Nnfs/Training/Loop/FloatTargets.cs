namespace Nnfs.Training;

/// <summary>
/// A row of targets for each sample, or for each of its positions; its class is that of the largest, or for a binary network with one output the side of
/// one half.
/// </summary>
internal readonly struct FloatTargets : ITargets<float>
{
    /// <inheritdoc/>
    public static int TargetsPerRow(int outputs, AccuracyKind kind) => outputs;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<float> targets, int samples, Accuracy accuracy, string name) =>
        ShapeGuard.Exactly(targets.Length, samples, accuracy.RowSize * accuracy.Positions, name);

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<float> row, AccuracyKind kind) => Accuracy.ClassOf(row, kind);
}
