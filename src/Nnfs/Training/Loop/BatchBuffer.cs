namespace Nnfs.Training;

/// <summary>Memory in which the samples of a batch are gathered; it is allocated for the first batch that needs it.</summary>
/// <typeparam name="TTarget">The type of a target: <see cref="float"/>, or <see cref="int"/> for labels.</typeparam>
internal sealed class BatchBuffer<TTarget>
    where TTarget : unmanaged
{
    private AlignedBlock _features = new(0);
    private TTarget[] _targets = [];

    /// <summary>Room for that many features.</summary>
    public Span<float> Features(int length)
    {
        if (_features.Length < length)
        {
            _features = new AlignedBlock(length);
        }

        return _features.Slice(0, length);
    }

    /// <summary>Room for that many targets.</summary>
    public Span<TTarget> Targets(int length)
    {
        if (_targets.Length < length)
        {
            _targets = new TTarget[length];
        }

        return _targets.AsSpan(0, length);
    }
}
