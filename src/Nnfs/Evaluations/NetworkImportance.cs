using System.Globalization;
using Nnfs.Data;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>Which features a network makes use of.</summary>
public static class NetworkImportance
{
    /// <summary>
    /// Measures how much worse a network does when the values of a feature are shuffled among the samples, so that they tell nothing of their sample any
    /// more (Breiman 2001, "Random Forests"). What two features both tell, neither loses alone: put them into one group.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The samples, at least one; better ones that the network was not trained on.</param>
    /// <param name="repeats">How often each feature is shuffled, at least 1.</param>
    /// <param name="seed">The seed of the random orders, not negative.</param>
    /// <param name="groups">Features that are shuffled together; each feature by itself where it is null.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="repeats"/> is less than 1, <paramref name="seed"/> is negative, or there is no such feature as a group has.
    /// </exception>
    public static FeatureImportances PermutationImportance<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, Dataset dataset, int repeats = 5, int seed = 0, IReadOnlyList<FeatureGroup>? groups = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return Measure(dataset.Features, dataset.FeatureCount, repeats, seed, groups, features =>
        {
            Evaluation evaluation = network.Evaluate(features, dataset.Labels);

            return (evaluation.Loss, evaluation.Accuracy);
        });
    }

    /// <summary>Measures how much worse a regression does when the values of a feature are shuffled among the samples.</summary>
    /// <inheritdoc
    ///     cref="PermutationImportance{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, Dataset, int, int, IReadOnlyList{FeatureGroup})"
    ///     path="/typeparam | /param | /exception"/>
    public static FeatureImportances PermutationImportance<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset dataset,
        int repeats = 5,
        int seed = 0,
        IReadOnlyList<FeatureGroup>? groups = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return Measure(dataset.Features, dataset.FeatureCount, repeats, seed, groups, features =>
        {
            RegressionEvaluation evaluation = network.Evaluate(features, dataset.Targets);

            return (evaluation.Loss, evaluation.Accuracy);
        });
    }

    /// <summary>
    /// Measures how much worse a network does when the values of a feature are dealt out anew among the samples. All that a feature is written as, such as the
    /// values of an enum, are dealt out together; they are scaled as the network scales them.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="samples">The samples, at least one, each with a label; better ones that the network was not trained on.</param>
    /// <param name="repeats">How often each feature is dealt out anew, at least 1.</param>
    /// <param name="seed">The seed of the random orders, not negative.</param>
    /// <returns>The importance of each feature of the samples, in the order of <see cref="SampleSchema.Features"/>.</returns>
    /// <exception cref="ArgumentException">There are no samples, or a value or label of one is missing or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is less than 1, or <paramref name="seed"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static FeatureImportances PermutationImportance<TNetwork, TWorkspace, TSample>(
        this ISampleClassifier<TNetwork, TWorkspace, TSample> network, IReadOnlyList<TSample> samples, int repeats = 5, int seed = 0)
        where TNetwork : class, ISampleClassifier<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        SampleScaling scaling = SampleEvaluation.ScalingOf(network, samples);
        int[] labels = SampleData.Labels(samples, nameof(samples));
        float[] given = SampleData.Features(samples, scaling, out _, nameof(samples));

        return Measure(given, TNetwork.InputSize, repeats, seed, GroupsOf(TSample.Schema), features =>
        {
            Evaluation evaluation = network.Evaluate(features, labels);

            return (evaluation.Loss, evaluation.Accuracy);
        });
    }

    /// <summary>
    /// Measures how much worse a regression does when the values of a feature are dealt out anew among the samples, all that a feature is written as together.
    /// </summary>
    /// <inheritdoc
    ///     cref="PermutationImportance{TNetwork, TWorkspace, TSample}(ISampleClassifier{TNetwork, TWorkspace, TSample}, IReadOnlyList{TSample}, int, int)"
    ///     path="/typeparam | /param | /returns | /exception"/>
    public static FeatureImportances PermutationImportance<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network, IReadOnlyList<TSample> samples, int repeats = 5, int seed = 0)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        SampleScaling scaling = SampleEvaluation.ScalingOf(network, samples);
        float[] given = SampleData.Features(samples, scaling, out float[] targets, nameof(samples));

        return Measure(given, TNetwork.InputSize, repeats, seed, GroupsOf(TSample.Schema), features =>
        {
            RegressionEvaluation evaluation = NetworkEvaluation.Regression(network, features, nameof(samples), targets, precision: null, scaling);

            return (evaluation.Loss, evaluation.Accuracy);
        });
    }

    /// <summary>The values of each feature of a sample.</summary>
    private static FeatureGroup[] GroupsOf(SampleSchema schema) =>
        [.. schema.Features.Select(static feature => new FeatureGroup(feature.Name, [.. Enumerable.Range(feature.Start, feature.Count)]))];

    private static FeatureImportances Measure(
        ReadOnlySpan<float> features,
        int featureCount,
        int repeats,
        int seed,
        IReadOnlyList<FeatureGroup>? groups,
        Func<float[], (float Loss, float Accuracy)> evaluate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        NumpyRandom random = new(seed);
        groups ??= [.. Enumerable.Range(0, featureCount).Select(static feature => new FeatureGroup(feature.ToString(CultureInfo.InvariantCulture), feature))];

        foreach (FeatureGroup group in groups)
        {
            if (group.Features.Any(feature => feature < 0 || feature >= featureCount))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(groups), $"Expected features from 0 to {featureCount - 1}, but the group '{group.Name}' has {string.Join(", ", group.Features)}.");
            }
        }

        float[] given = features.ToArray();
        float[] changed = [.. given];
        int[] order = [.. Enumerable.Range(0, given.Length / featureCount)];
        (float loss, float accuracy) = evaluate(given);
        FeatureImportance[] importances = new FeatureImportance[groups.Count];

        for (int i = 0; i < importances.Length; i++)
        {
            double[] rises = new double[repeats];
            double[] drops = new double[repeats];

            for (int repeat = 0; repeat < repeats; repeat++)
            {
                Permutation.Shuffle(order, random);

                foreach (int feature in groups[i].Features)
                {
                    for (int sample = 0; sample < order.Length; sample++)
                    {
                        changed[(sample * featureCount) + feature] = given[(order[sample] * featureCount) + feature];
                    }
                }

                (float changedLoss, float changedAccuracy) = evaluate(changed);
                rises[repeat] = (double)changedLoss - loss;
                drops[repeat] = (double)accuracy - changedAccuracy;
            }

            given.CopyTo(changed, 0);
            importances[i] = new(groups[i].Name, MeanAndDeviation.Of(drops), MeanAndDeviation.Of(rises));
        }

        return new(importances);
    }
}
