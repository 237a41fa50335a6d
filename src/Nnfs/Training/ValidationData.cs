using System.Runtime.CompilerServices;
using Nnfs.Data;
using Nnfs.Samples;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Samples that a network is not trained on but measured with after each epoch. They are used in place, not copied, unless they are indices.</summary>
public sealed class ValidationData
{
    private readonly Dataset? _dataset;
    private readonly RegressionDataset? _regression;
    private readonly NamedDataset? _named;
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<float> _targets;

    private ValidationData(SampleSource source)
    {
        Source = source;
    }

    /// <summary>The samples of a data set.</summary>
    /// <param name="dataset">The data set.</param>
    public ValidationData(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _dataset = dataset;
    }

    /// <summary>The samples of a data set, for a training with targets.</summary>
    /// <param name="dataset">The data set.</param>
    public ValidationData(RegressionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _regression = dataset;
        HasTargets = true;
    }

    /// <summary>The samples of a data set by names, for a network with several inputs or outputs.</summary>
    /// <param name="dataset">The data set, from the network's <c>CreateDataset</c>.</param>
    public ValidationData(NamedDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _named = dataset;
        HasTargets = true;
    }

    /// <summary>Samples with a class each, or for a binary network a label for each of its outputs.</summary>
    /// <param name="features">[samples × features of a sample], row-major.</param>
    /// <param name="labels">The class of each sample; for a binary network a 0 or 1 for each output of each sample.</param>
    public ValidationData(ReadOnlyMemory<float> features, ReadOnlyMemory<int> labels)
    {
        _features = features;
        _labels = labels;
    }

    /// <summary>Samples with targets, for a training with targets.</summary>
    /// <param name="features">[samples × features of a sample], row-major.</param>
    /// <param name="targets">[samples × outputs of the network], row-major.</param>
    public ValidationData(ReadOnlyMemory<float> features, ReadOnlyMemory<float> targets)
    {
        _features = features;
        _targets = targets;
        HasTargets = true;
    }

    /// <summary>Samples of indices with a class each, or one for each of their positions. The indices are copied.</summary>
    /// <param name="indices">[samples × indices of a sample], row-major, below 2²⁴.</param>
    /// <param name="labels">The class of each sample or position; for a binary network a 0 or 1 for each output of each sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or 2²⁴ or more.</exception>
    [OverloadResolutionPriority(-1)]
    public ValidationData(ReadOnlyMemory<int> indices, ReadOnlyMemory<int> labels)
        : this(IndexFeatures.Of(indices.Span, nameof(indices)), labels)
    {
    }

    /// <summary>Samples of indices with targets, for a training with targets. The indices are copied.</summary>
    /// <param name="indices">[samples × indices of a sample], row-major, below 2²⁴.</param>
    /// <param name="targets">[samples × outputs of the network], row-major.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative, or 2²⁴ or more.</exception>
    [OverloadResolutionPriority(-1)]
    public ValidationData(ReadOnlyMemory<int> indices, ReadOnlyMemory<float> targets)
        : this(IndexFeatures.Of(indices.Span, nameof(indices)), targets)
    {
    }

    /// <summary>Samples of a type of your own, for a training on such samples. They are scaled as those are, when training begins.</summary>
    /// <typeparam name="TSample">The type of the samples.</typeparam>
    /// <param name="samples">The samples, each with a label.</param>
    public static ValidationData Of<TSample>(IReadOnlyList<TSample> samples)
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(samples);

        return new ValidationData(new TypedSampleSource<TSample>(samples));
    }

    /// <summary>The samples, where they are of a type of the user's.</summary>
    internal SampleSource? Source { get; }

    internal bool HasTargets { get; }

    internal ReadOnlySpan<float> Features => _dataset is not null ? _dataset.Features
        : _regression is not null ? _regression.Features
        : _named is not null ? _named.Features
        : _features.Span;

    /// <summary>The weights of the samples, where their data set has some.</summary>
    internal ReadOnlySpan<float> Weights => _dataset is not null ? _dataset.Weights : _regression is not null ? _regression.Weights : [];

    internal ReadOnlySpan<int> Labels => _dataset is null ? _labels.Span : _dataset.Labels;

    internal ReadOnlySpan<float> Targets => _regression is not null ? _regression.Targets : _named is not null ? _named.Targets : _targets.Span;

    /// <summary>Checks that the samples suit a network and what it is trained on.</summary>
    /// <param name="hasTargets">Whether it is trained with targets.</param>
    /// <param name="name">The parameter that the samples were passed as.</param>
    /// <exception cref="ArgumentException">They don't.</exception>
    internal void Check<TNetwork>(bool hasTargets, string name)
        where TNetwork : INetwork<TNetwork>
    {
        if (Source is not null)
        {
            throw new ArgumentException(
                "Expected validation data of features, like the training data, but it is samples of a type, whose scaling is not known: train on such samples.",
                name);
        }

        if (HasTargets != hasTargets)
        {
            throw new ArgumentException(
                $"Expected validation data with {(hasTargets ? "targets" : "labels")}, like the training data, but it has " +
                $"{(hasTargets ? "labels" : "targets")}.",
                name);
        }

        if (_dataset is not null)
        {
            DatasetGuard.Suits<TNetwork>(_dataset, name, "validation data set");
        }

        if (_regression is not null)
        {
            DatasetGuard.Suits<TNetwork>(_regression, name, "validation data set");
        }

        _named?.Check<TNetwork>(name);
        CheckCounts<TNetwork>(Accuracy.Of<TNetwork>(), name);
    }

    private void CheckCounts<TNetwork>(Accuracy accuracy, string name)
        where TNetwork : INetwork<TNetwork>
    {
        (int samples, int rest) = Math.DivRem(Features.Length, TNetwork.InputSize);

        if (rest != 0)
        {
            throw new ArgumentException(
                $"Expected validation data of a whole number of samples of {TNetwork.InputSize} values each, but it has {Features.Length} values.", name);
        }

        IndexFeatures.Check<TNetwork>(Features, name, " of the validation data");

        int perRow = HasTargets ? accuracy.RowSize : LabelTargets.TargetsPerRow(accuracy.RowSize, accuracy.Kind);
        long expected = (long)samples * accuracy.Positions * perRow;
        int given = HasTargets ? Targets.Length : Labels.Length;

        if (given != expected)
        {
            throw new ArgumentException(
                $"Expected validation data with {expected} {(HasTargets ? "targets" : "labels")} ({samples} samples of {accuracy.Positions * perRow}), " +
                $"but it has {given}.",
                name);
        }

        int classes = accuracy.Kind == AccuracyKind.Binary ? 2 : accuracy.RowSize;
        int outside = Labels.IndexOfAnyExceptInRange(accuracy.LeavesOut<int>() ? ShapeGuard.LeftOut : 0, classes - 1);

        if (outside >= 0)
        {
            throw new ArgumentOutOfRangeException(
                name, Labels[outside], $"Expected labels of the validation data from 0 to {classes - 1}, but number {outside} is {Labels[outside]}.");
        }
    }
}
