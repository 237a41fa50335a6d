namespace Nnfs;

/// <summary>Samples that a network is not trained on but measured with after each epoch. They are used where they are, not copied.</summary>
public sealed class ValidationData
{
    private readonly Dataset? _dataset;
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<float> _targets;

    /// <summary>The samples of a data set.</summary>
    /// <param name="dataset">The data set.</param>
    public ValidationData(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _dataset = dataset;
    }

    /// <summary>Samples with a class each.</summary>
    /// <param name="features">[samples × features of a sample], row-major.</param>
    /// <param name="labels">The class of each sample.</param>
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

    internal bool HasTargets { get; }

    internal ReadOnlySpan<float> Features => _dataset is null ? _features.Span : _dataset.Features;

    internal ReadOnlySpan<int> Labels => _dataset is null ? _labels.Span : _dataset.Labels;

    internal ReadOnlySpan<float> Targets => _targets.Span;
}
