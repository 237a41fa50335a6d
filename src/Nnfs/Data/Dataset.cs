using Nnfs.Data;

namespace Nnfs;

/// <summary>Samples and the class that each belongs to. It does not change once it is made.</summary>
public sealed class Dataset
{
    private readonly AlignedBlock _features;
    private readonly int[] _labels;
    private readonly float[] _weights = [];

    /// <summary>Makes a data set of copies of the given numbers.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major.</param>
    /// <param name="labels">The class of each sample, 0 … <paramref name="classCount"/> − 1. There may be none.</param>
    /// <param name="featureCount">The number of features of one sample, at least 1.</param>
    /// <param name="classCount">The number of classes, at least 1. A class may be without samples.</param>
    /// <exception cref="ArgumentNullException"><paramref name="features"/> or <paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="features"/> does not hold <paramref name="featureCount"/> numbers for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or a label is out of range.</exception>
    public Dataset(float[] features, int[] labels, int featureCount, int classCount)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);

        long expected = (long)labels.Length * featureCount;

        if (features.Length != expected)
        {
            throw new ArgumentException(
                $"{labels.Length} labels with {featureCount} features each take {expected} features, but there are {features.Length}.",
                nameof(features));
        }

        if (!ShapeGuard.AreClasses(labels, classCount))
        {
            int outside = labels.AsSpan().IndexOfAnyExceptInRange(0, classCount - 1);

            throw new ArgumentOutOfRangeException(
                nameof(labels),
                labels[outside],
                $"Labels are 0 … {classCount - 1} for {classCount} classes, but the label of sample {outside} is {labels[outside]}.");
        }

        _features = new AlignedBlock(features.Length);
        features.CopyTo(_features.Span);
        _labels = [.. labels];
        FeatureCount = featureCount;
        ClassCount = classCount;
    }

    private Dataset(Dataset other, float[] weights)
    {
        _features = other._features;
        _labels = other._labels;
        _weights = weights;
        FeatureCount = other.FeatureCount;
        ClassCount = other.ClassCount;
    }

    /// <summary>Makes a data set of samples of indices, such as the words of a sentence, for a network that begins with an <c>[Embedding]</c>.</summary>
    /// <param name="indices">[samples × <paramref name="indexCount"/>], row-major, from 0 to 2²⁴ − 1; they become features.</param>
    /// <param name="labels">The class of each sample, 0 … <paramref name="classCount"/> − 1. There may be none.</param>
    /// <param name="indexCount">The number of indices of one sample, at least 1.</param>
    /// <param name="classCount">The number of classes, at least 1. A class may be without samples.</param>
    /// <exception cref="ArgumentNullException"><paramref name="indices"/> or <paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="indices"/> does not hold <paramref name="indexCount"/> numbers for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or an index or a label is out of range.</exception>
    public static Dataset OfIndices(int[] indices, int[] labels, int indexCount, int classCount)
    {
        ArgumentNullException.ThrowIfNull(indices);

        return new(IndexFeatures.Of(indices, nameof(indices)), labels, indexCount, classCount);
    }

    /// <summary>The features: [<see cref="Count"/> × <see cref="FeatureCount"/>], row-major, aligned to 64 bytes.</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>The class of each sample, 0 … <see cref="ClassCount"/> − 1.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The weight of each sample in the loss of a training; empty where all count alike.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The number of samples.</summary>
    public int Count => _labels.Length;

    /// <summary>The number of features of one sample.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The features of one sample.</summary>
    /// <param name="sample">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <returns>Its <see cref="FeatureCount"/> features.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with that index.</exception>
    public ReadOnlySpan<float> GetSample(int sample) => SampleRows.Get(Features, FeatureCount, sample, Count);

    /// <summary>The same samples with weights, which splits, subsets and standardized copies keep. Evaluations don't look at them.</summary>
    /// <param name="weights">The weight of each sample, finite and at least 0, which is copied; none for samples that all count alike.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or not a number.</exception>
    public Dataset WithWeights(ReadOnlySpan<float> weights)
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
    public Dataset Subset(params ReadOnlySpan<int> samples)
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
    /// <param name="stratify">Whether each part has its share of every class, to a whole sample; otherwise samples are dealt out whatever their class.</param>
    /// <returns>For each part the samples to train on, which are all others, and those of the part, both in their order in this data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is less than 2 or more than there are samples, or <paramref name="seed"/> is negative.
    /// </exception>
    public IReadOnlyList<(Dataset Training, Dataset Test)> Folds(int count, int seed = 0, bool stratify = true) =>
        [.. SampleFolds.Of(stratify ? Labels : [], Count, count, seed).Select(split => (Select(split.Training), Select(split.Test)))];

    /// <summary>Splits the samples at random into some to train on and some to test with. The same seed gives the same split.</summary>
    /// <param name="testFraction">The share of the samples for the test, 0 … 1.</param>
    /// <param name="seed">The seed of the random order, not negative.</param>
    /// <param name="stratify">Whether the share is taken of every class, rounded to whole samples of each; otherwise of all samples together.</param>
    /// <returns>Two data sets, each in a random order, which together have every sample once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not from 0 to 1, or <paramref name="seed"/> is negative.</exception>
    public (Dataset Training, Dataset Test) Split(double testFraction, int seed = 0, bool stratify = true)
    {
        SampleSplit split = stratify
            ? SampleSplit.Stratified(Labels, ClassCount, testFraction, seed)
            : SampleSplit.Random(Count, testFraction, seed);

        return (Select(split.Training), Select(split.Test));
    }

    /// <summary>A copy with each feature brought to mean 0 and standard deviation 1: <c>(x − mean) / deviation</c>.</summary>
    /// <param name="standardization">What was measured, to be kept and applied to test data and to every input of the trained network.</param>
    /// <exception cref="InvalidOperationException">There are no samples to measure.</exception>
    /// <exception cref="ArgumentException">A feature is infinite or not a number: the message names it, its sample and its value.</exception>
    public Dataset Standardize(out Standardization standardization)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There are no samples to measure.");
        }

        standardization = Standardization.Of(Features, FeatureCount);

        return standardization.Apply(this);
    }

    /// <summary>The same samples with the weights of another data set of as many.</summary>
    internal Dataset WithWeightsOf(Dataset other) => other._weights.Length == 0 ? this : new(this, other._weights);

    private Dataset Select(ReadOnlySpan<int> samples)
    {
        int[] labels = new int[samples.Length];

        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = _labels[samples[i]];
        }

        Dataset selected = new(SampleRows.Select(Features, FeatureCount, samples), labels, FeatureCount, ClassCount);

        return _weights.Length == 0 ? selected : new(selected, SampleRows.Select(_weights, 1, samples));
    }
}
