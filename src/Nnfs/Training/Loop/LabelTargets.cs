namespace Nnfs.Training;

/// <summary>A class for each sample; in a binary network a 0 or 1 for each output of each sample.</summary>
internal readonly struct LabelTargets : ITargets<int>
{
    /// <inheritdoc/>
    public static int TargetsPerSample(int outputs, AccuracyKind kind) => kind == AccuracyKind.Binary ? outputs : 1;

    /// <inheritdoc/>
    public static void Check(ReadOnlySpan<int> targets, int samples, int outputs, AccuracyKind kind, string name)
    {
        if (kind == AccuracyKind.Binary)
        {
            ShapeGuard.BinaryLabels(targets, samples, outputs, name);
        }
        else
        {
            ShapeGuard.Labels(targets, samples, outputs, name);
        }
    }

    /// <inheritdoc/>
    public static int ClassOf(ReadOnlySpan<int> sample, AccuracyKind kind) => sample[0];
}
