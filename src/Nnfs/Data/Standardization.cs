using System.Collections.Immutable;
using Nnfs.Data;

namespace Nnfs;

/// <summary>
/// Brings each feature to mean 0 and standard deviation 1: <c>(x − mean) / deviation</c>. What it is measured on is usually the training
/// data alone; it is then applied to that, to test data, and to every input of the trained network.
/// </summary>
/// <remarks>A feature that is the same in all samples has deviation 0. It is divided by 1 instead, so it becomes 0.</remarks>
public sealed class Standardization
{
    /// <summary>A standardization that was measured before.</summary>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="standardDeviations">The standard deviation of each feature, not negative.</param>
    /// <exception cref="ArgumentException">There are no features, or the numbers of means and deviations differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A mean or a deviation is infinite or not a number, or a deviation is negative.</exception>
    public Standardization(ImmutableArray<double> means, ImmutableArray<double> standardDeviations)
    {
        if (means.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A standardization needs at least one feature.", nameof(means));
        }

        if (standardDeviations.IsDefault || standardDeviations.Length != means.Length)
        {
            int count = standardDeviations.IsDefault ? 0 : standardDeviations.Length;

            throw new ArgumentException($"{means.Length} features need as many standard deviations, but there are {count}.", nameof(standardDeviations));
        }

        for (int feature = 0; feature < means.Length; feature++)
        {
            if (!double.IsFinite(means[feature]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(means), means[feature], FormattableString.Invariant($"A mean must be finite, but that of feature {feature} is {means[feature]}."));
            }

            if (!(standardDeviations[feature] >= 0) || !double.IsFinite(standardDeviations[feature]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(standardDeviations),
                    standardDeviations[feature],
                    FormattableString.Invariant(
                        $"A standard deviation must be finite and at least 0, but that of feature {feature} is {standardDeviations[feature]}."));
            }
        }

        Means = means;
        StandardDeviations = standardDeviations;
    }

    /// <summary>The mean of each feature.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>The standard deviation of each feature, with <c>n</c> in the denominator; 0 where the feature is the same in all samples.</summary>
    public ImmutableArray<double> StandardDeviations { get; }

    /// <summary>Measures a data set.</summary>
    /// <param name="dataset">The data, at least one sample.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, or a feature is infinite or not a number: the message names it, its sample and its value.
    /// </exception>
    public static Standardization Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);

        return Of(dataset.Features, dataset.FeatureCount, "feature", nameof(dataset));
    }

    /// <summary>Measures features, in float64.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major, at least one sample.</param>
    /// <param name="featureCount">The number of features of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="features"/> is empty or not a whole number of samples, or a feature is infinite or not a number: the message names it, its sample and
    /// its value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="featureCount"/> is less than 1.</exception>
    public static Standardization Of(ReadOnlySpan<float> features, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);

        return Of(features, featureCount, "feature", nameof(features));
    }

    /// <summary>Measures features, or targets.</summary>
    /// <param name="features">[samples × <paramref name="featureCount"/>], row-major, at least one sample.</param>
    /// <param name="featureCount">The number of them for one sample, at least 1.</param>
    /// <param name="kind">What messages call one of them.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    internal static Standardization Of(ReadOnlySpan<float> features, int featureCount, string kind, string name)
    {
        if (features.IsEmpty)
        {
            throw new ArgumentException("There are no samples to measure.", name);
        }

        int samples = ShapeGuard.Samples(features.Length, featureCount, name);
        NotFinite.Refuse(features, featureCount, kind, name);
        double[] means = new double[featureCount];
        double[] deviations = new double[featureCount];

        for (int i = 0; i < features.Length; i++)
        {
            means[i % featureCount] += features[i];
        }

        for (int feature = 0; feature < featureCount; feature++)
        {
            means[feature] /= samples;
        }

        // A second pass, because Σx² − n·mean² loses all digits where the mean is large.
        for (int i = 0; i < features.Length; i++)
        {
            double difference = features[i] - means[i % featureCount];
            deviations[i % featureCount] += difference * difference;
        }

        for (int feature = 0; feature < featureCount; feature++)
        {
            deviations[feature] = Math.Sqrt(deviations[feature] / samples);
        }

        return new Standardization([.. means], [.. deviations]);
    }

    /// <summary>A standardized copy of a data set.</summary>
    /// <param name="dataset">The data, with as many features as were measured.</param>
    /// <exception cref="ArgumentException">It has another number of features.</exception>
    public Dataset Apply(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);

        return new Dataset(Apply(dataset.Features, dataset.FeatureCount, nameof(dataset)), [.. dataset.Labels], dataset.FeatureCount, dataset.ClassCount)
            .WithWeightsOf(dataset);
    }

    /// <summary>A copy of a data set with standardized features; the targets stay as they are.</summary>
    /// <param name="dataset">The data, with as many features as were measured.</param>
    /// <exception cref="ArgumentException">It has another number of features.</exception>
    public RegressionDataset Apply(RegressionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);

        return new RegressionDataset(
            Apply(dataset.Features, dataset.FeatureCount, nameof(dataset)),
            [.. dataset.Targets],
            dataset.FeatureCount,
            dataset.TargetCount)
            .WithWeightsOf(dataset);
    }

    /// <summary>Standardizes features where they are.</summary>
    /// <param name="features">[samples × features], row-major, any whole number of samples.</param>
    /// <exception cref="ArgumentException">It is not a whole number of samples.</exception>
    public void Apply(Span<float> features)
    {
        ShapeGuard.Samples(features.Length, Means.Length, nameof(features));

        for (int i = 0; i < features.Length; i++)
        {
            int feature = i % Means.Length;
            double deviation = StandardDeviations[feature];
            features[i] = (float)((features[i] - Means[feature]) / (deviation == 0 ? 1 : deviation));
        }
    }

    private float[] Apply(ReadOnlySpan<float> features, int featureCount, string name)
    {
        if (featureCount != Means.Length)
        {
            throw new ArgumentException($"{Means.Length} features were measured, but the data has {featureCount}.", name);
        }

        float[] standardized = features.ToArray();
        Apply(standardized);

        return standardized;
    }
}
