using System.Runtime.InteropServices;
using Nnfs.Data;
using Nnfs.Training.Images;

namespace Nnfs.Training;

/// <summary>Samples of a training or a validation, in the order in which they are taken.</summary>
/// <typeparam name="TTarget">The type of a target: <see cref="float"/>, or <see cref="int"/> for labels.</typeparam>
internal readonly ref struct Samples<TTarget>
    where TTarget : unmanaged
{
    private readonly ReadOnlySpan<float> _features;
    private readonly ReadOnlySpan<TTarget> _targets;
    private readonly ReadOnlySpan<float> _weights;
    private readonly ReadOnlySpan<int> _order;
    private readonly int _featureCount;
    private readonly int _targetCount;

    /// <summary>Samples in the order in which they lie, or in another.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major.</param>
    /// <param name="targets">[samples × <paramref name="targetCount"/>], row-major.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="targetCount">The number of targets of one sample.</param>
    /// <param name="weights">The weight of each sample; empty where all count alike.</param>
    /// <param name="order">Which samples are taken, one after the other; empty for all as they lie.</param>
    public Samples(
        ReadOnlySpan<float> features,
        ReadOnlySpan<TTarget> targets,
        int featureCount,
        int targetCount,
        ReadOnlySpan<float> weights = default,
        ReadOnlySpan<int> order = default)
    {
        _features = features;
        _targets = targets;
        _weights = weights;
        _featureCount = featureCount;
        _targetCount = targetCount;
        _order = order;
        Count = order.IsEmpty ? targets.Length / targetCount : order.Length;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The targets of all samples in memory, as they lie there.</summary>
    public ReadOnlySpan<TTarget> Targets => _targets;

    /// <summary>Samples for a network, whose lengths and labels are checked.</summary>
    /// <param name="features">[samples × inputs of the network], row-major.</param>
    /// <param name="targets">The targets of each, or its label.</param>
    /// <param name="featuresName">The parameter that the features were passed as.</param>
    /// <param name="targetsName">The parameter that the targets were passed as.</param>
    /// <param name="weights">The weight of each sample; empty where all count alike.</param>
    /// <param name="weightsName">The parameter that the weights were passed as.</param>
    public static Samples<TTarget> Of<TNetwork, TTargets>(
        ReadOnlySpan<float> features,
        ReadOnlySpan<TTarget> targets,
        string featuresName,
        string targetsName,
        ReadOnlySpan<float> weights = default,
        string weightsName = "weights")
        where TNetwork : INetwork<TNetwork>
        where TTargets : ITargets<TTarget>
    {
        Accuracy accuracy = Accuracy.Of<TNetwork>();
        int count = ShapeGuard.Samples(features.Length, TNetwork.InputSize, featuresName);
        TTargets.Check(targets, count, accuracy, targetsName);
        IndexFeatures.Check<TNetwork>(features, featuresName);

        if (!weights.IsEmpty)
        {
            ShapeGuard.CheckWeights(weights, count, positions: 1, weightsName);
        }

        return new(features, targets, TNetwork.InputSize, accuracy.Positions * TTargets.TargetsPerRow(accuracy.RowSize, accuracy.Kind), weights);
    }

    /// <summary>Some of the samples, as they lie.</summary>
    public Samples<TTarget> Slice(int start, int count) => new(
        _features.Slice(start * _featureCount, count * _featureCount),
        _targets.Slice(start * _targetCount, count * _targetCount),
        _featureCount,
        _targetCount,
        HasWeights ? _weights.Slice(start, count) : default);

    /// <summary>Some of the samples, in their order.</summary>
    public Samples<TTarget> Part(int start, int count) => _order.IsEmpty ? Slice(start, count) : In(_order.Slice(start, count));

    /// <summary>The same memory in another order.</summary>
    public Samples<TTarget> In(ReadOnlySpan<int> order) => new(_features, _targets, _featureCount, _targetCount, _weights, order);

    /// <summary>Whether samples have weights of their own.</summary>
    public bool HasWeights => !_weights.IsEmpty;

    /// <summary>The weight of a sample of the order.</summary>
    public float WeightAt(int number) => HasWeights ? _weights[PlaceOf(number)] : 1f;

    /// <summary>The targets of a sample of the order.</summary>
    public ReadOnlySpan<TTarget> TargetsAt(int number) => TargetsOf(PlaceOf(number));

    /// <summary>The targets of one sample.</summary>
    public ReadOnlySpan<TTarget> TargetsOf(int sample) => _targets.Slice(sample * _targetCount, _targetCount);

    /// <summary>How much is counted for the first samples of the order.</summary>
    public int Counted(Accuracy accuracy, int count)
    {
        if (!accuracy.LeavesOut<TTarget>())
        {
            return count * accuracy.CountsPerSample;
        }

        int counted = 0;

        for (int i = 0; i < count; i++)
        {
            counted += accuracy.Counted(TargetsOf(PlaceOf(i)), samples: 1);
        }

        return counted;
    }

    /// <summary>
    /// The first feature or target of some samples that is infinite or not a number, with its place in the data as they were given;
    /// <see langword="null"/> where all are finite.
    /// </summary>
    public string? FirstNotFinite(int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            int sample = PlaceOf(i);

            if (NotFinite.In(_features.Slice(sample * _featureCount, _featureCount), "feature", sample) is { } feature)
            {
                return feature;
            }

            if (typeof(TTarget) == typeof(float)
                && NotFinite.In(MemoryMarshal.Cast<TTarget, float>(TargetsOf(sample)), "target", sample) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>The samples from <paramref name="start"/> on: where they lie, or gathered in the buffer.</summary>
    public void Read(int start, int count, BatchBuffer<TTarget> buffer, out ReadOnlySpan<float> features, out ReadOnlySpan<TTarget> targets) =>
        Read(start, count, buffer, augmenter: null, epoch: 0, out features, out targets);

    /// <summary>The samples from <paramref name="start"/> on, whose images are changed as they are gathered in the buffer.</summary>
    public void Read(
        int start,
        int count,
        BatchBuffer<TTarget> buffer,
        ImageAugmenter? augmenter,
        int epoch,
        out ReadOnlySpan<float> features,
        out ReadOnlySpan<TTarget> targets)
    {
        if (_order.IsEmpty && augmenter is null)
        {
            features = _features.Slice(start * _featureCount, count * _featureCount);
            targets = _targets.Slice(start * _targetCount, count * _targetCount);

            return;
        }

        Span<float> gatheredFeatures = buffer.Features(count * _featureCount);
        Span<TTarget> gatheredTargets = buffer.Targets(count * _targetCount);

        for (int i = 0; i < count; i++)
        {
            int sample = PlaceOf(start + i);
            ReadOnlySpan<float> read = _features.Slice(sample * _featureCount, _featureCount);
            Span<float> gathered = gatheredFeatures.Slice(i * _featureCount, _featureCount);

            if (augmenter is null)
            {
                read.CopyTo(gathered);
            }
            else
            {
                augmenter.Apply(read, gathered, epoch, sample);
            }

            _targets.Slice(sample * _targetCount, _targetCount).CopyTo(gatheredTargets[(i * _targetCount)..]);
        }

        features = gatheredFeatures;
        targets = gatheredTargets;
    }

    /// <summary>Where a sample lies.</summary>
    private int PlaceOf(int sample) => _order.IsEmpty ? sample : _order[sample];
}
