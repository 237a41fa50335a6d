using Nnfs.Samples;

namespace Nnfs;

/// <summary>Evaluation of networks on samples of a type of your own: as they predict.</summary>
public static class SampleEvaluation
{
    /// <summary>Measures how a network tells classes apart.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="samples">The samples, at least one, each with a label.</param>
    /// <exception cref="ArgumentException">There are no samples, or a value or label of one is missing or not finite.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace, TSample>(
        this ISampleClassifier<TNetwork, TWorkspace, TSample> network, IReadOnlyList<TSample> samples)
        where TNetwork : class, ISampleClassifier<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        SampleScaling scaling = ScalingOf(network, samples);
        int[] labels = SampleData.Labels(samples, nameof(samples));
        float[] features = SampleData.Features(samples, scaling, out _, nameof(samples));

        return network.Evaluate(features, labels).WithClassNames(TSample.Schema.Label!.Classes);
    }

    /// <summary>
    /// Measures how a regression meets the numbers of the labels, in their units. The loss is that of the scaled numbers, as in training; so is the accuracy,
    /// and where the label is several numbers, so are the errors of all together.
    /// </summary>
    /// <inheritdoc
    ///     cref="Evaluate{TNetwork, TWorkspace, TSample}(ISampleClassifier{TNetwork, TWorkspace, TSample}, IReadOnlyList{TSample})"
    ///     path="/typeparam | /param | /exception"/>
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network, IReadOnlyList<TSample> samples)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample> => Regression(network, samples, precision: null);

    /// <summary>Measures a regression.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="samples">The samples, at least one, each with a label.</param>
    /// <param name="precision">How far a scaled number may be off to be right; <see langword="null"/> for what these samples give.</param>
    internal static RegressionEvaluation Regression<TNetwork, TWorkspace, TSample>(
        ISampleNetwork<TNetwork, TWorkspace, TSample> network, IReadOnlyList<TSample> samples, double? precision)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        SampleScaling scaling = ScalingOf(network, samples);
        float[] features = SampleData.Features(samples, scaling, out float[] targets, nameof(samples));

        return NetworkEvaluation.Regression(network, features, nameof(samples), targets, precision, scaling);
    }

    /// <summary>How the network scales samples.</summary>
    /// <exception cref="InvalidOperationException">It was neither trained on samples nor loaded.</exception>
    internal static SampleScaling ScalingOf<TNetwork, TSample>(ISampleNetwork<TNetwork, TSample> network, IReadOnlyList<TSample> samples)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);

        return SamplePredictions.ScalingOf((TNetwork)network);
    }
}
