namespace Nnfs.Training;

/// <summary>
/// The targets that samples are compared with, or labels in their place, so that the loop over batches is written once and compiled for each.
/// </summary>
/// <typeparam name="TTarget">The type of a target: <see cref="float"/>, or <see cref="int"/> for labels.</typeparam>
internal interface ITargets<TTarget>
    where TTarget : unmanaged
{
    /// <summary>The number of targets of one row of outputs.</summary>
    static abstract int TargetsPerRow(int outputs, AccuracyKind kind);

    /// <summary>Checks that there are as many targets as the samples have.</summary>
    static abstract void Check(ReadOnlySpan<TTarget> targets, int samples, Accuracy accuracy, string name);

    /// <summary>The class of one row, where rows have classes: the number of its class, or for a binary network with one output 0 or 1.</summary>
    static abstract int ClassOf(ReadOnlySpan<TTarget> row, AccuracyKind kind);
}
