namespace Nnfs.Training;

/// <summary>What samples are compared with, labels or targets, so that the loop over batches is written once and compiled for each.</summary>
/// <typeparam name="TValue">The type of a label or of a number of a target.</typeparam>
internal interface IGroundTruth<TValue>
    where TValue : unmanaged
{
    /// <summary>The number of values for one sample.</summary>
    static abstract int ValuesPerSample(int outputs, AccuracyKind kind);

    /// <summary>Checks that the values are those of so many samples.</summary>
    static abstract void Check(ReadOnlySpan<TValue> values, int samples, int outputs, AccuracyKind kind, string name);

    /// <summary>The class of one sample, where samples have classes: the number of its class, or for a binary network with one output 0 or 1.</summary>
    static abstract int ClassOf(ReadOnlySpan<TValue> sample, AccuracyKind kind);
}
