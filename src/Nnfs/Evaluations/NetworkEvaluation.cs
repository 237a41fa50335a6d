using System.Runtime.CompilerServices;
using Nnfs.Data;
using Nnfs.Evaluations;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Evaluation of any generated network with a loss: as it predicts, without dropout and with the running averages of batch normalisation.</summary>
public static class NetworkEvaluation
{
    /// <summary>The samples that are computed at once.</summary>
    private const int BatchSize = 256;

    /// <summary>Receives the outputs of a batch and what they are compared with.</summary>
    private delegate void BatchVisitor<TTarget>(ReadOnlySpan<float> outputs, ReadOnlySpan<TTarget> targets);

    /// <summary>
    /// Measures how a network tells classes apart, on samples with a class each. Where each sample has several positions with a class, such as the pixels
    /// of a mask, each position counts.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="labels">
    /// The class of each sample or position, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1, or for a single binary output 0 or 1.
    /// </param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has several binary outputs: see <c>EvaluateOutputs</c>.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Classes<TNetwork, TWorkspace, int, LabelTargets>(network, features, nameof(features), labels, nameof(labels));

    /// <summary>
    /// Measures how a network tells classes apart, on samples with targets: the class of a sample is where its largest target is, or for a single binary output
    /// whether its target is more than one half.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="InvalidOperationException">The network has several binary outputs: see <c>EvaluateOutputs</c>.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Classes<TNetwork, TWorkspace, float, FloatTargets>(network, features, nameof(features), targets, nameof(targets));

    /// <summary>Measures how a network tells classes apart, on a data set.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">
    /// The samples, at least one, with as many features as the network takes and no more classes than it has outputs, or two for a single binary output.
    /// </param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    public static Evaluation Evaluate<TNetwork, TWorkspace>(this IClassifier<TNetwork, TWorkspace> network, Dataset dataset)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return network.Evaluate(dataset.Features, dataset.Labels);
    }

    /// <summary>
    /// Measures how a regression meets its targets. An output is right if it is off by less than a 250th of the standard deviation of these targets.
    /// </summary>
    /// <remarks>For a network with labels the compiler takes the overload that gives an <see cref="Evaluation"/>.</remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is a cross-entropy: its targets are classes or labels.</exception>
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Regression(network, features, nameof(features), targets, precision: null);

    /// <summary>Measures how a regression meets its targets.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="precision">
    /// How far an output may be off to be right, at least 0: <see cref="RegressionEvaluation.PrecisionOf"/> gives what training takes.
    /// </param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is a cross-entropy: its targets are classes or labels.</exception>
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<float> targets, double precision)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Regression(network, features, nameof(features), targets, precision);

    /// <summary>
    /// Measures how a regression meets the targets of a data set. An output is right if it is off by less than a 250th of the standard deviation of these
    /// targets.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The samples, at least one, with as many features as the network takes and as many targets as it has outputs.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is a cross-entropy: its targets are classes or labels.</exception>
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(this ITrainableNetwork<TNetwork, TWorkspace> network, RegressionDataset dataset)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Regression(network, dataset, precision: null);

    /// <summary>Measures how a regression meets the targets of a data set.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The samples, at least one, with as many features as the network takes and as many targets as it has outputs.</param>
    /// <param name="precision">
    /// How far an output may be off to be right, at least 0: <see cref="RegressionEvaluation.PrecisionOf"/> gives what training takes.
    /// </param>
    /// <exception cref="ArgumentException">The data set does not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is a cross-entropy: its targets are classes or labels.</exception>
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, RegressionDataset dataset, double precision)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Regression(network, dataset, precision);

    /// <summary>Measures each output of a binary network on its own, on samples with a label for each output.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="labels">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major, each 0 or 1.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    /// <exception cref="InvalidOperationException">The network's loss is not a binary cross-entropy.</exception>
    public static MultiLabelEvaluation EvaluateOutputs<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace => Outputs(network, features, nameof(features), labels);

    /// <summary>Measures how a network tells classes apart, on samples of indices with a class each, or one for each of their positions.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="labels">
    /// The class of each sample or position, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1, or −1 for a position that does not
    /// count; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <inheritdoc
    ///     cref="Evaluate{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{int})"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<int> indices, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Classes<TNetwork, TWorkspace, int, LabelTargets>(network, IndexFeatures.Of(indices, nameof(indices)), nameof(indices), labels, nameof(labels));

    /// <summary>Measures how a network tells classes apart, on samples of indices with targets.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <inheritdoc
    ///     cref="Evaluate{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{float})"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static Evaluation Evaluate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<int> indices, ReadOnlySpan<float> targets)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Classes<TNetwork, TWorkspace, float, FloatTargets>(network, IndexFeatures.Of(indices, nameof(indices)), nameof(indices), targets, nameof(targets));

    /// <summary>Measures how a regression of indices meets its targets.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <inheritdoc
    ///     cref="Evaluate{TNetwork, TWorkspace}(ITrainableNetwork{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{float})"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<int> indices, ReadOnlySpan<float> targets)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Regression(network, IndexFeatures.Of(indices, nameof(indices)), nameof(indices), targets, precision: null);

    /// <summary>Measures how a regression of indices meets its targets.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="precision">
    /// How far an output may be off to be right, at least 0: <see cref="RegressionEvaluation.PrecisionOf"/> gives what training takes.
    /// </param>
    /// <inheritdoc
    ///     cref="Evaluate{TNetwork, TWorkspace}(ITrainableNetwork{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{float}, double)"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static RegressionEvaluation Evaluate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network, ReadOnlySpan<int> indices, ReadOnlySpan<float> targets, double precision)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Regression(network, IndexFeatures.Of(indices, nameof(indices)), nameof(indices), targets, precision);

    /// <summary>Measures each output of a binary network on its own, on samples of indices with a label for each output.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="labels">
    /// The class of each sample or position, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1, or −1 for a position that does not
    /// count; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <inheritdoc
    ///     cref="EvaluateOutputs{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{int})"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static MultiLabelEvaluation EvaluateOutputs<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<int> indices, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        Outputs(network, IndexFeatures.Of(indices, nameof(indices)), nameof(indices), labels);

    private static MultiLabelEvaluation Outputs<TNetwork, TWorkspace>(
        IClassifier<TNetwork, TWorkspace> network, ReadOnlySpan<float> features, string featuresName, ReadOnlySpan<int> labels)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        if (Accuracy.Of<TNetwork>().Kind != AccuracyKind.Binary)
        {
            throw new InvalidOperationException(
                $"Expected a binary cross-entropy, whose outputs each have a label, but with '{TNetwork.Layers[^1].Name}' each sample has a " +
                "class: see Evaluate.");
        }

        Samples<int> samples = SamplesOf<TNetwork, TWorkspace, int, LabelTargets>(network, features, featuresName, labels, nameof(labels));
        OutputCounts counts = new(TNetwork.OutputSize);
        float[] probabilities = new float[labels.Length];
        int first = 0;
        float loss = Run<TNetwork, TWorkspace, int>(network, samples, (outputs, batchLabels) =>
        {
            counts.Add(outputs, batchLabels);
            outputs[..batchLabels.Length].CopyTo(probabilities.AsSpan(first));
            first += batchLabels.Length;
        });

        return new MultiLabelEvaluation(loss, samples.Count, counts.Accuracy, counts.ExactAccuracy, counts.Scores, probabilities, labels.ToArray());
    }

    private static RegressionEvaluation Regression<TNetwork, TWorkspace>(
        ITrainableNetwork<TNetwork, TWorkspace> network, RegressionDataset dataset, double? precision)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return Regression(network, dataset.Features, nameof(dataset), dataset.Targets, precision);
    }

    /// <summary>Measures a regression.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="features">[samples × features], row-major.</param>
    /// <param name="featuresName">The parameter that they were passed as.</param>
    /// <param name="targets">[samples × outputs], row-major.</param>
    /// <param name="precision">How far an output may be off to be right; <see langword="null"/> for what training takes.</param>
    /// <param name="scaling">How the targets are scaled: errors are in the units that they had before. <see langword="null"/> where they are not.</param>
    internal static RegressionEvaluation Regression<TNetwork, TWorkspace>(
        ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        string featuresName,
        ReadOnlySpan<float> targets,
        double? precision,
        SampleScaling? scaling = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        if (Accuracy.Of<TNetwork>().Kind != AccuracyKind.Regression)
        {
            throw new InvalidOperationException(
                $"Expected the loss of a regression, but '{TNetwork.Layers[^1].Name}' compares with classes or labels: evaluate the network as an " +
                "IClassifier.");
        }

        if (precision is { } given && !(given >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), given, "Expected a precision of at least 0.");
        }

        Samples<float> samples = SamplesOf<TNetwork, TWorkspace, float, FloatTargets>(network, features, featuresName, targets, nameof(targets));
        double within = precision ?? Accuracy.Precision(targets, TNetwork.OutputSize);
        Accuracy accuracy = Accuracy.Of<TNetwork>(within);
        RegressionErrors errors = new(targets, TNetwork.OutputSize);
        int right = 0;
        float loss = Run<TNetwork, TWorkspace, float>(network, samples, (outputs, batchTargets) =>
        {
            right += accuracy.CountRight<float, FloatTargets>(outputs, batchTargets);
            errors.Add(outputs, batchTargets);
        });

        float share = Accuracy.Share(right, samples.Count * accuracy.CountsPerSample);

        if (scaling is null)
        {
            return new RegressionEvaluation(loss, samples.Count, share, within, errors.Scores, errors.Overall);
        }

        // Errors of scaled numbers keep their digits where the numbers themselves are far from 0; their unit is that of the scaled numbers.
        RegressionScore[] scores = [.. errors.Scores.Select((score, i) => InUnits(score, scaling.Targets[i].Scale))];
        bool isOne = scores.Length == 1;

        return new RegressionEvaluation(
            loss, samples.Count, share, isOne ? within * scaling.Targets[0].Scale : within, scores, isOne ? scores[0] : errors.Overall)
        {
            TargetNames = [.. scaling.Schema.Label!.Targets.Select(static target => target.Name)],
        };
    }

    private static RegressionScore InUnits(RegressionScore score, double unit) => score with
    {
        MeanAbsoluteError = score.MeanAbsoluteError * unit,
        RootMeanSquaredError = score.RootMeanSquaredError * unit,
    };

    private static Evaluation Classes<TNetwork, TWorkspace, TTarget, TTargets>(
        ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        string featuresName,
        ReadOnlySpan<TTarget> targets,
        string targetsName)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        Accuracy accuracy = Accuracy.Of<TNetwork>();
        int classes = accuracy.ClassCount;

        if (classes == 0)
        {
            throw new InvalidOperationException(
                $"Expected samples with a class each, but with '{TNetwork.Layers[^1].Name}' each of the {TNetwork.OutputSize} outputs has a " +
                "label: see EvaluateOutputs.");
        }

        Samples<TTarget> samples = SamplesOf<TNetwork, TWorkspace, TTarget, TTargets>(network, features, featuresName, targets, targetsName);
        int[] confusion = new int[checked(classes * classes)];
        int[] ranks = new int[classes];
        ClassPredictions? predictions = ClassPredictions.For(accuracy, samples.Count);
        float loss = Run<TNetwork, TWorkspace, TTarget>(
            network, samples, (outputs, batchTargets) => Count<TTarget, TTargets>(accuracy, outputs, batchTargets, confusion, ranks, predictions));

        return new Evaluation(loss, confusion, ranks, predictions);
    }

    /// <summary>The evaluation of one output of a network with several inputs or outputs.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="accuracy">How it tells classes apart.</param>
    /// <param name="outputs">Its values for all samples.</param>
    /// <param name="labels">The labels of all samples.</param>
    internal static Evaluation OfClasses(float loss, Accuracy accuracy, ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int[] confusion = new int[checked(accuracy.ClassCount * accuracy.ClassCount)];
        int[] ranks = new int[accuracy.ClassCount];
        ClassPredictions? predictions = ClassPredictions.For(accuracy, labels.Length);
        Count<int, LabelTargets>(accuracy, outputs, labels, confusion, ranks, predictions);

        return new Evaluation(loss, confusion, ranks, predictions);
    }

    /// <summary>Counts which class each row has, which it was predicted to have, and how many outputs are larger than that of its class.</summary>
    private static void Count<TTarget, TTargets>(
        Accuracy accuracy, ReadOnlySpan<float> outputs, ReadOnlySpan<TTarget> targets, int[] confusion, int[] ranks, ClassPredictions? predictions)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        int targetCount = TTargets.TargetsPerRow(accuracy.RowSize, accuracy.Kind);

        for (int i = 0; i < targets.Length / targetCount; i++)
        {
            ReadOnlySpan<float> output = outputs.Slice(i * accuracy.RowSize, accuracy.RowSize);
            int label = TTargets.ClassOf(targets.Slice(i * targetCount, targetCount), accuracy.Kind);

            if (label == ShapeGuard.LeftOut)
            {
                continue;
            }

            int predicted = Accuracy.ClassOf(output, accuracy.Kind);
            predictions?.Add(output, label);
            confusion[(label * ranks.Length) + predicted]++;
            ranks[accuracy.Kind == AccuracyKind.Binary ? Math.Abs(label - predicted) : Rank(output, label)]++;
        }
    }

    private static Samples<TTarget> SamplesOf<TNetwork, TWorkspace, TTarget, TTargets>(
        ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        string featuresName,
        ReadOnlySpan<TTarget> targets,
        string targetsName)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        ArgumentNullException.ThrowIfNull(network);
        Samples<TTarget> samples = Samples<TTarget>.Of<TNetwork, TTargets>(features, targets, featuresName, targetsName);

        return samples.Count > 0 ? samples : throw new ArgumentException("Expected at least one sample, but there are none.", featuresName);
    }

    /// <summary>Shows the outputs of all samples, batch by batch, and returns their mean loss.</summary>
    private static float Run<TNetwork, TWorkspace, TTarget>(
        ITrainableNetwork<TNetwork, TWorkspace> network, Samples<TTarget> samples, BatchVisitor<TTarget> visit)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
        where TTarget : unmanaged
    {
        int batchSize = Math.Min(BatchSize, samples.Count);
        TWorkspace workspace = network.CreateWorkspace(batchSize);
        Passes<TNetwork, TWorkspace, TTarget> passes = new((TNetwork)network, workspace);
        BatchBuffer<TTarget> unused = new();
        Accuracy accuracy = Accuracy.Of<TNetwork>();
        double lossSum = 0;
        double weights = 0;

        for (int first = 0; first < samples.Count; first += batchSize)
        {
            int count = Math.Min(batchSize, samples.Count - first);
            samples.Read(first, count, unused, out ReadOnlySpan<float> inputs, out ReadOnlySpan<TTarget> targets);
            double weight = accuracy.Weight(accuracy.Counted(targets, count));
            lossSum += passes.Measure(inputs, targets) * weight;
            weights += weight;
            visit(workspace.Outputs, targets);
        }

        return weights == 0 ? 0f : (float)(lossSum / weights);
    }

    /// <summary>
    /// How many outputs are larger than that of a class, or as large and before it. What is not a number is larger than all, as in an arg-max.
    /// </summary>
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
