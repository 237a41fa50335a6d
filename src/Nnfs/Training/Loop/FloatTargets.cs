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
    public static void Check(ReadOnlySpan<float> targets, int samples, Accuracy accuracy, string name)
    {
        int size = accuracy.RowSize * accuracy.Positions;

        // One float where a class has a row of them: a class number, most likely, in the type that features have.
        if (accuracy.Kind == AccuracyKind.LargestOutput && accuracy.RowSize > 1 && samples > 0 && targets.Length == (long)samples * accuracy.Positions)
        {
            throw new ArgumentException(
                $"Expected {(long)samples * size} values ({samples} samples of {size}), but the length is {targets.Length}. If these are the numbers of " +
                "classes, pass them as labels: whole numbers of type int.",
                name);
        }

        ShapeGuard.Exactly(targets.Length, samples, size, name);
    }

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<float> row, AccuracyKind kind) => Accuracy.ClassOf(row, kind);
}
