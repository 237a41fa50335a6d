namespace Nnfs.Training;

/// <summary>Memory in which the samples of a batch are gathered; it is allocated for the first batch that needs it.</summary>
/// <typeparam name="TValue">The type of a label or of a number of a target.</typeparam>
internal sealed class BatchBuffer<TValue>
    where TValue : unmanaged
{
    private AlignedBlock _features = new(0);
    private TValue[] _values = [];

    /// <summary>Room for so many features.</summary>
    public Span<float> Features(int length)
    {
        if (_features.Length < length)
        {
            _features = new AlignedBlock(length);
        }

        return _features.Slice(0, length);
    }

    /// <summary>Room for so many values.</summary>
    public Span<TValue> Values(int length)
    {
        if (_values.Length < length)
        {
            _values = new TValue[length];
        }

        return _values.AsSpan(0, length);
    }
}
