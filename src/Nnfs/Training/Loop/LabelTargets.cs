namespace Nnfs.Training;

/// <summary>A class for each sample, or for each of its positions; in a binary network a 0 or 1 for each output of each sample.</summary>
internal readonly struct LabelTargets : ITargets<int>
{
    /// <inheritdoc/>
    public static int TargetsPerRow(int outputs, AccuracyKind kind) => kind == AccuracyKind.Binary ? outputs : 1;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<int> targets, int samples, Accuracy accuracy, string name)
    {
        if (accuracy.Kind == AccuracyKind.Binary)
        {
            ShapeGuard.BinaryLabels(targets, samples, accuracy.RowSize, name);
        }
        else
        {
            ShapeGuard.PositionLabels(targets, samples, accuracy.Positions, accuracy.RowSize, name);
        }
    }

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<int> row, AccuracyKind kind) => row[0];
}
