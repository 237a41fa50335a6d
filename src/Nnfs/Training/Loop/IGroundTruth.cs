namespace Nnfs;

/// <summary>What samples are compared with, labels or targets, so that the loop over batches is written once and compiled for each.</summary>
/// <typeparam name="TValue">The type of a label or of a number of a target.</typeparam>
internal interface IGroundTruth<TValue>
    where TValue : unmanaged
{
    /// <summary>The number of values for one sample.</summary>
    static abstract int ValuesPerSample(int outputs);

    /// <summary>Checks that the values are those of so many samples.</summary>
    static abstract void Check(ReadOnlySpan<TValue> values, int samples, int outputs, string name);

    /// <summary>The class of one sample.</summary>
    static abstract int ClassOf(ReadOnlySpan<TValue> sample);

    /// <summary>The pass that measures: forward, with the layers as they predict. Every measured loss comes from here.</summary>
    static abstract float Measure<TNetwork, TWorkspace>(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<TValue> values, TWorkspace workspace)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace;

    /// <summary>The pass that trains: forward and back, with the layers as they learn. Every step's gradients come from here.</summary>
    static abstract float Train<TNetwork, TWorkspace>(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<TValue> values, TWorkspace workspace)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace;
}
