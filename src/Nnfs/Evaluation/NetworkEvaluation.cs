namespace Nnfs;

/// <summary>Evaluation of any generated network with a loss.</summary>
public static class NetworkEvaluation
{
    /// <summary>The samples that are computed at once.</summary>
    private const int BatchSize = 256;

    /// <summary>Measures a network on samples with a class each.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="labels">The class of each sample, from 0 to <see cref="INetwork{TSelf}.OutputSize"/> − 1.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Run<TNetwork, TWorkspace, int, LabelTruth>(network, features, labels, nameof(labels));

    /// <summary>Measures a network on samples with targets; the class of a sample is where its largest target is.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Run<TNetwork, TWorkspace, float, TargetTruth>(network, features, targets, nameof(targets));

    /// <summary>Measures a network on a data set.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The samples, at least one, with as many features as the network takes and no more classes than it has outputs.</param>
    /// <exception cref="ArgumentException">The data set does not suit the network.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(this IClassifier<TNetwork, TWorkspace> network, Dataset dataset)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);

        return network.Evaluate(dataset.Features, dataset.Labels);
    }

    private static Evaluation Run<TNetwork, TWorkspace, TValue, TTruth>(
        ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<TValue> values, string valuesName)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
        where TValue : unmanaged
        where TTruth : IGroundTruth<TValue>
    {
        ArgumentNullException.ThrowIfNull(network);
        Samples<TValue> samples = Samples<TValue>.Of<TNetwork, TTruth>(features, values, nameof(features), valuesName);

        if (samples.Count == 0)
        {
            throw new ArgumentException("Expected at least one sample, but there is none.", nameof(features));
        }

        Accuracy accuracy = Accuracy.Of<TNetwork>();
        int classes = accuracy.ClassCount;
        int valueCount = TTruth.ValuesPerSample(TNetwork.OutputSize);
        int[] confusion = new int[checked(classes * classes)];
        int[] ranks = new int[classes];
        double lossSum = 0;
        int batchSize = Math.Min(BatchSize, samples.Count);
        TWorkspace workspace = network.CreateWorkspace(batchSize);
        Passes<TNetwork, TWorkspace, TValue> passes = new((TNetwork)network, workspace);

        for (int first = 0; first < samples.Count; first += batchSize)
        {
            int count = Math.Min(batchSize, samples.Count - first);
            ReadOnlySpan<float> batch = features.Slice(first * TNetwork.InputSize, count * TNetwork.InputSize);
            ReadOnlySpan<TValue> truth = values.Slice(first * valueCount, count * valueCount);
            lossSum += (double)passes.Measure(batch, truth) * count;

            for (int i = 0; i < count; i++)
            {
                int label = TTruth.ClassOf(samples.ValuesOf(first + i));
                ReadOnlySpan<float> outputs = workspace.Outputs.Slice(i * TNetwork.OutputSize, TNetwork.OutputSize);
                confusion[(label * classes) + accuracy.ClassOf(outputs)]++;
                ranks[Rank(outputs, label)]++;
            }
        }

        return new Evaluation((float)(lossSum / samples.Count), confusion, ranks);
    }

    /// <summary>How many outputs are larger than that of a class, or as large and before it. What is not a number is larger than all, as in an arg-max.</summary>
    private static int Rank(ReadOnlySpan<float> outputs, int label)
    {
        float own = outputs[label];
        int rank = 0;

        for (int i = 0; i < outputs.Length; i++)
        {
            bool isLarger = outputs[i].Equals(own) ? i < label : !float.IsNaN(own) && !(outputs[i] <= own);
            rank += isLarger ? 1 : 0;
        }

        return rank;
    }
}
