namespace Nnfs.Training;

/// <summary>Samples of a training or a validation, in the order in which they are taken.</summary>
/// <typeparam name="TValue">The type of a label or of a number of a target.</typeparam>
internal readonly ref struct Samples<TValue>
    where TValue : unmanaged
{
    private readonly ReadOnlySpan<float> _features;
    private readonly ReadOnlySpan<TValue> _values;
    private readonly ReadOnlySpan<int> _order;
    private readonly int _featureCount;
    private readonly int _valueCount;

    /// <summary>Samples in the order in which they lie, or in another.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major.</param>
    /// <param name="values">[samples × <paramref name="valueCount"/>], row-major.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="valueCount">The number of values of one sample.</param>
    /// <param name="order">Which samples are taken, one after the other; empty for all as they lie.</param>
    public Samples(ReadOnlySpan<float> features, ReadOnlySpan<TValue> values, int featureCount, int valueCount, ReadOnlySpan<int> order = default)
    {
        _features = features;
        _values = values;
        _featureCount = featureCount;
        _valueCount = valueCount;
        _order = order;
        Count = order.IsEmpty ? values.Length / valueCount : order.Length;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The values of all samples in memory, as they lie there.</summary>
    public ReadOnlySpan<TValue> Values => _values;

    /// <summary>Samples for a network, whose lengths and labels are checked.</summary>
    /// <param name="features">[samples × inputs of the network], row-major.</param>
    /// <param name="values">The label or the targets of each.</param>
    /// <param name="featuresName">The parameter that the features came by.</param>
    /// <param name="valuesName">The parameter that the values came by.</param>
    public static Samples<TValue> Of<TNetwork, TTruth>(ReadOnlySpan<float> features, ReadOnlySpan<TValue> values, string featuresName, string valuesName)
        where TNetwork : INetwork<TNetwork>
        where TTruth : IGroundTruth<TValue>
    {
        AccuracyKind kind = Accuracy.Of<TNetwork>().Kind;
        int count = ShapeGuard.Samples(features.Length, TNetwork.InputSize, featuresName);
        TTruth.Check(values, count, TNetwork.OutputSize, kind, valuesName);

        return new(features, values, TNetwork.InputSize, TTruth.ValuesPerSample(TNetwork.OutputSize, kind));
    }

    /// <summary>Some of the samples, as they lie.</summary>
    public Samples<TValue> Slice(int start, int count) => new(
        _features.Slice(start * _featureCount, count * _featureCount),
        _values.Slice(start * _valueCount, count * _valueCount),
        _featureCount,
        _valueCount);

    /// <summary>The same memory in another order.</summary>
    public Samples<TValue> In(ReadOnlySpan<int> order) => new(_features, _values, _featureCount, _valueCount, order);

    /// <summary>The values of one sample.</summary>
    public ReadOnlySpan<TValue> ValuesOf(int sample) => _values.Slice(sample * _valueCount, _valueCount);

    /// <summary>The samples from <paramref name="start"/> on: where they lie, or gathered in the buffer.</summary>
    public void Read(int start, int count, BatchBuffer<TValue> buffer, out ReadOnlySpan<float> features, out ReadOnlySpan<TValue> values)
    {
        if (_order.IsEmpty)
        {
            features = _features.Slice(start * _featureCount, count * _featureCount);
            values = _values.Slice(start * _valueCount, count * _valueCount);

            return;
        }

        Span<float> gatheredFeatures = buffer.Features(count * _featureCount);
        Span<TValue> gatheredValues = buffer.Values(count * _valueCount);

        for (int i = 0; i < count; i++)
        {
            int sample = _order[start + i];
            _features.Slice(sample * _featureCount, _featureCount).CopyTo(gatheredFeatures[(i * _featureCount)..]);
            _values.Slice(sample * _valueCount, _valueCount).CopyTo(gatheredValues[(i * _valueCount)..]);
        }

        features = gatheredFeatures;
        values = gatheredValues;
    }
}
