using Nnfs.Data;

namespace Nnfs;

/// <summary>Samples and the numbers that each should be mapped to. It does not change once it is made.</summary>
public sealed class RegressionDataset
{
    private readonly AlignedBlock _features;
    private readonly AlignedBlock _targets;
    private readonly float[] _weights = [];

    /// <summary>Makes a data set of copies of the given numbers.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major.</param>
    /// <param name="targets">[samples × <paramref name="targetCount"/>], row-major.</param>
    /// <param name="featureCount">The number of features of one sample, at least 1.</param>
    /// <param name="targetCount">The number of targets of one sample, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="features"/> or <paramref name="targets"/> is null.</exception>
    /// <exception cref="ArgumentException">The features or the targets are not a whole number of samples, or their numbers of samples differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1.</exception>
    public RegressionDataset(float[] features, float[] targets, int featureCount, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetCount, 1);

        (int samples, int rest) = Math.DivRem(features.Length, featureCount);

        if (rest != 0)
        {
            throw new ArgumentException($"{features.Length} features are not a whole number of samples of {featureCount}.", nameof(features));
        }

        long expected = (long)samples * targetCount;

        if (targets.Length != expected)
        {
            throw new ArgumentException(
                $"{samples} samples with {targetCount} targets each take {expected} targets, but there are " +
                $"{targets.Length}.",
                nameof(targets));
        }

        _features = new AlignedBlock(features.Length);
        _targets = new AlignedBlock(targets.Length);
        features.CopyTo(_features.Span);
        targets.CopyTo(_targets.Span);
        Count = samples;
        FeatureCount = featureCount;
        TargetCount = targetCount;
    }

    private RegressionDataset(RegressionDataset other, float[] weights)
    {
        _features = other._features;
        _targets = other._targets;
        _weights = weights;
        Count = other.Count;
        FeatureCount = other.FeatureCount;
        TargetCount = other.TargetCount;
    }

    /// <summary>Makes a data set of samples of indices, such as the words of a sentence, for a network that begins with an <c>[Embedding]</c>.</summary>
    /// <param name="indices">[samples × <paramref name="indexCount"/>], row-major, from 0 to 2²⁴ − 1; they become features.</param>
    /// <param name="targets">[samples × <paramref name="targetCount"/>], row-major.</param>
    /// <param name="indexCount">The number of indices of one sample, at least 1.</param>
    /// <param name="targetCount">The number of targets of one sample, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="indices"/> or <paramref name="targets"/> is null.</exception>
    /// <exception cref="ArgumentException">The indices or the targets are not a whole number of samples, or their numbers of samples differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or an index is out of range.</exception>
    public static RegressionDataset OfIndices(int[] indices, float[] targets, int indexCount, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(indices);

        return new(IndexFeatures.Of(indices, nameof(indices)), targets, indexCount, targetCount);
    }

    /// <summary>The features: [<see cref="Count"/> × <see cref="FeatureCount"/>], row-major, aligned to 64 bytes.</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>The targets: [<see cref="Count"/> × <see cref="TargetCount"/>], row-major, aligned to 64 bytes.</summary>
    public ReadOnlySpan<float> Targets => _targets.Span;

    /// <summary>The weight of each sample in the loss of a training; empty where all count alike.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of features of one sample.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of targets of one sample.</summary>
    public int TargetCount { get; }

    /// <summary>The features of one sample.</summary>
    /// <param name="sample">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <returns>Its <see cref="FeatureCount"/> features.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with that index.</exception>
    public ReadOnlySpan<float> GetSample(int sample) => SampleRows.Get(Features, FeatureCount, sample, Count);

    /// <summary>The targets of one sample.</summary>
    /// <param name="sample">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <returns>Its <see cref="TargetCount"/> targets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with that index.</exception>
    public ReadOnlySpan<float> GetTarget(int sample) => SampleRows.Get(Targets, TargetCount, sample, Count);

    /// <summary>The same samples with weights, which splits, subsets and standardized copies keep. Evaluations don't look at them.</summary>
    /// <param name="weights">The weight of each sample, finite and at least 0, which is copied; none for samples that all count alike.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or not a number.</exception>
    public RegressionDataset WithWeights(ReadOnlySpan<float> weights)
    {
        if (!weights.IsEmpty)
        {
            ShapeGuard.CheckWeights(weights, Count, positions: 1, nameof(weights));
        }

        return new(this, weights.ToArray());
    }

    /// <summary>Some of the samples, in the order in which they are named.</summary>
    /// <param name="samples">The samples, each from 0 to <see cref="Count"/> − 1. One may be named more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with such an index.</exception>
    public RegressionDataset Subset(params ReadOnlySpan<int> samples)
    {
        SampleRows.Check(samples, Count);

        return Select(samples);
    }

    /// <summary>
    /// Splits the samples into parts of nearly the same size, each of which is the test once while the others are trained on. The same seed gives the same
    /// parts.
    /// </summary>
    /// <param name="count">The number of parts, from 2 to the number of samples.</param>
    /// <param name="seed">The seed of the random order, not negative.</param>
    /// <returns>For each part the samples to train on, which are all others, and those of the part, both in their order in this data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is less than 2 or more than there are samples, or <paramref name="seed"/> is negative.
    /// </exception>
    public IReadOnlyList<(RegressionDataset Training, RegressionDataset Test)> Folds(int count, int seed = 0) =>
        [.. SampleFolds.Of([], Count, count, seed).Select(split => (Select(split.Training), Select(split.Test)))];

    /// <summary>Splits the samples at random into some to train on and some to test with. The same seed gives the same split.</summary>
    /// <param name="testFraction">The share of the samples for the test, 0 … 1, rounded to whole samples.</param>
    /// <param name="seed">The seed of the random order, not negative.</param>
    /// <returns>Two data sets, each in a random order, which together have every sample once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not from 0 to 1, or <paramref name="seed"/> is negative.</exception>
    public (RegressionDataset Training, RegressionDataset Test) Split(double testFraction, int seed = 0)
    {
        SampleSplit split = SampleSplit.Random(Count, testFraction, seed);

        return (Select(split.Training), Select(split.Test));
    }

    /// <summary>A copy with each feature brought to mean 0 and standard deviation 1: <c>(x − mean) / deviation</c>; the targets stay as they are.</summary>
    /// <param name="standardization">What was measured, to be kept and applied to test data and to every input of the trained network.</param>
    /// <exception cref="InvalidOperationException">There are no samples to measure.</exception>
    /// <exception cref="ArgumentException">A feature is infinite or not a number: the message names it, its sample and its value.</exception>
    public RegressionDataset Standardize(out Standardization standardization)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There are no samples to measure.");
        }

        standardization = Standardization.Of(Features, FeatureCount);

        return standardization.Apply(this);
    }

    /// <summary>The same samples with the weights of another data set of as many.</summary>
    internal RegressionDataset WithWeightsOf(RegressionDataset other) => other._weights.Length == 0 ? this : new(this, other._weights);

    private RegressionDataset Select(ReadOnlySpan<int> samples)
    {
        RegressionDataset selected = new(
            SampleRows.Select(Features, FeatureCount, samples), SampleRows.Select(Targets, TargetCount, samples), FeatureCount, TargetCount);

        return _weights.Length == 0 ? selected : new(selected, SampleRows.Select(_weights, 1, samples));
    }
}
