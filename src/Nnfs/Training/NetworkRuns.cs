using Nnfs.Data;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>Several trainings of new networks of a class, which tell how good it is, and how much that depends on chance.</summary>
public static class NetworkRuns
{
    /// <summary>
    /// Cross-validation: trains a new network for each of several parts of the samples, on all other parts, and evaluates it on that part, so that every sample
    /// is predicted once by a network that has not seen it.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="dataset">The samples, as many as there are folds at least.</param>
    /// <param name="folds">The number of parts, at least 2.</param>
    /// <param name="options">How each network is trained, without checkpoints; the defaults where it is null.</param>
    /// <param name="seed">What is drawn from: the parts, and by <c>seed + number of the fold</c> the weights of each network. Not negative.</param>
    /// <param name="stratify">Whether each part has its share of every class, to a whole sample.</param>
    /// <param name="standardize">Whether features are standardized, by what is measured on the training samples of each fold.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network, the options do not fit, or they name a checkpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> or <paramref name="seed"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<Evaluation> CrossValidate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        Dataset dataset,
        int folds,
        TrainingOptions? options = null,
        int seed = 0,
        bool stratify = true,
        bool standardize = false,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));
        RefuseUnscaledValidation(options, standardize);
        TrainingOptions ofFolds = WithoutWeights(options, ref dataset, static (samples, weights) => samples.WithWeights(weights));

        return OfClasses([.. dataset.Folds(folds, seed, stratify).Select((fold, number) =>
        {
            Standardization? standardization = null;
            Dataset training = standardize ? fold.Training.Standardize(out standardization) : fold.Training;
            Dataset test = standardization is null ? fold.Test : standardization.Apply(fold.Test);

            return Run<TNetwork, TWorkspace>(number, seed, training, test, ofFolds, cancellationToken);
        })]);
    }

    /// <summary>
    /// Cross-validation of a regression: trains a new network for each of several parts of the samples, on all other parts, and evaluates it on that part. An
    /// output is right as for those targets that the network was trained on.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="dataset">The samples, as many as there are folds at least.</param>
    /// <param name="folds">The number of parts, at least 2.</param>
    /// <param name="options">How each network is trained, without checkpoints; the defaults where it is null.</param>
    /// <param name="seed">What is drawn from: the parts, and by <c>seed + number of the fold</c> the weights of each network. Not negative.</param>
    /// <param name="standardize">Whether features are standardized, by what is measured on the training samples of each fold. Targets stay as they are.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">The data set does not fit the network, the options do not fit, or they name a checkpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> or <paramref name="seed"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<RegressionEvaluation> CrossValidate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset dataset,
        int folds,
        TrainingOptions? options = null,
        int seed = 0,
        bool standardize = false,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));
        RefuseUnscaledValidation(options, standardize);
        TrainingOptions ofFolds = WithoutWeights(options, ref dataset, static (samples, weights) => samples.WithWeights(weights));

        return OfTargets([.. dataset.Folds(folds, seed).Select((fold, number) =>
        {
            Standardization? standardization = null;
            RegressionDataset training = standardize ? fold.Training.Standardize(out standardization) : fold.Training;
            RegressionDataset test = standardization is null ? fold.Test : standardization.Apply(fold.Test);

            return Run<TNetwork, TWorkspace>(number, seed, training, test, ofFolds, cancellationToken);
        })]);
    }

    /// <summary>Trains several new networks on the same samples, each from a seed of its own, and evaluates them on others.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="training">The samples to train on.</param>
    /// <param name="test">The samples to evaluate with.</param>
    /// <param name="runs">The number of networks, at least 1.</param>
    /// <param name="options">How each is trained, without checkpoints; the defaults where it is null. Its seed grows by 1 from run to run.</param>
    /// <param name="seed">The seed of the weights of the first network, not negative. It grows by 1 from run to run.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">A data set does not fit the network, the options do not fit, or they name a checkpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is less than 1, or <paramref name="seed"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<Evaluation> TrainRepeatedly<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        Dataset training,
        Dataset test,
        int runs,
        TrainingOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        DatasetGuard.Suits<TNetwork>(test, nameof(test));
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        TrainingOptions first = Checked(options);

        return OfClasses([.. Enumerable.Range(0, runs).Select(number =>
            Run<TNetwork, TWorkspace>(number, seed, training, test, first with { Seed = first.Seed + number }, cancellationToken))]);
    }

    /// <summary>Trains several new networks on the same samples with targets, each from a seed of its own, and evaluates them on others.</summary>
    /// <inheritdoc
    ///     cref="TrainRepeatedly{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, Dataset, Dataset, int, TrainingOptions, int, CancellationToken)"
    ///     path="/typeparam | /param | /exception"/>
    public static TrainingRuns<RegressionEvaluation> TrainRepeatedly<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset training,
        RegressionDataset test,
        int runs,
        TrainingOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        DatasetGuard.Suits<TNetwork>(test, nameof(test));
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        TrainingOptions first = Checked(options);

        return OfTargets([.. Enumerable.Range(0, runs).Select(number =>
            Run<TNetwork, TWorkspace>(number, seed, training, test, first with { Seed = first.Seed + number }, cancellationToken))]);
    }

    /// <summary>
    /// Cross-validation of a network of samples: trains a new network for each of several parts of the samples, on all other parts, and evaluates it on that
    /// part. How samples are scaled is measured on those that each network is trained on.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="samples">The samples, each with a label: as many as there are folds at least.</param>
    /// <param name="folds">The number of parts, at least 2.</param>
    /// <param name="options">How each network is trained, without checkpoints; the defaults where it is null.</param>
    /// <param name="seed">What is drawn from: the parts, and by <c>seed + number of the fold</c> the weights of each network. Not negative.</param>
    /// <param name="stratify">Whether each part has its share of every class, to a whole sample.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">
    /// Nothing can be learnt from a value or label of a sample, the options do not fit, or they name a checkpoint.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> or <paramref name="seed"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<Evaluation> CrossValidate<TNetwork, TWorkspace, TSample>(
        this ISampleClassifier<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        int folds,
        TrainingOptions? options = null,
        int seed = 0,
        bool stratify = true,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleClassifier<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        int[] labels = SampleData.Labels(samples, nameof(samples));

        return OfClasses([.. Folds(samples, stratify ? labels : [], folds, options, seed).Select((fold, number) =>
            RunClasses<TNetwork, TWorkspace, TSample>(number, seed, fold.Training, fold.Test, fold.Options, cancellationToken))]);
    }

    /// <summary>
    /// Cross-validation of a regression on samples: trains a new network for each of several parts of the samples, on all other parts, and evaluates it on that
    /// part. How samples are scaled is measured on those that each network is trained on. A number is right as for those that the network was trained on.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="samples">The samples, each with a label: as many as there are folds at least.</param>
    /// <param name="folds">The number of parts, at least 2.</param>
    /// <param name="options">How each network is trained, without checkpoints; the defaults where it is null.</param>
    /// <param name="seed">What is drawn from: the parts, and by <c>seed + number of the fold</c> the weights of each network. Not negative.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">
    /// Nothing can be learnt from a value or label of a sample, the options do not fit, or they name a checkpoint.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> or <paramref name="seed"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<RegressionEvaluation> CrossValidate<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        int folds,
        TrainingOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);

        return OfTargets([.. Folds(samples, [], folds, options, seed).Select((fold, number) =>
            RunTargets<TNetwork, TWorkspace, TSample>(number, seed, fold.Training, fold.Test, fold.Options, cancellationToken))]);
    }

    /// <summary>Trains several new networks on the same samples, each from a seed of its own, and evaluates them on others.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="training">The samples to train on, each with a label.</param>
    /// <param name="test">The samples to evaluate with, each with a label.</param>
    /// <param name="runs">The number of networks, at least 1.</param>
    /// <param name="options">How each is trained, without checkpoints; the defaults where it is null. Its seed grows by 1 from run to run.</param>
    /// <param name="seed">The seed of the weights of the first network, not negative. It grows by 1 from run to run.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, nothing can be learnt from a value or label of one, the options do not fit, or they name a checkpoint.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is less than 1, or <paramref name="seed"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<Evaluation> TrainRepeatedly<TNetwork, TWorkspace, TSample>(
        this ISampleClassifier<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> training,
        IReadOnlyList<TSample> test,
        int runs,
        TrainingOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleClassifier<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        TrainingOptions first = Checked(options);

        return OfClasses([.. Enumerable.Range(0, runs).Select(number => RunClasses<TNetwork, TWorkspace, TSample>(
            number, seed, training, test, first with { Seed = first.Seed + number }, cancellationToken))]);
    }

    /// <summary>Trains several new regressions on the same samples, each from a seed of its own, and evaluates them on others.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">A network of the class; it is not used itself.</param>
    /// <param name="training">The samples to train on, each with a label.</param>
    /// <param name="test">The samples to evaluate with, each with a label.</param>
    /// <param name="runs">The number of networks, at least 1.</param>
    /// <param name="options">How each is trained, without checkpoints; the defaults where it is null. Its seed grows by 1 from run to run.</param>
    /// <param name="seed">The seed of the weights of the first network, not negative. It grows by 1 from run to run.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, nothing can be learnt from a value or label of one, the options do not fit, or they name a checkpoint.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="runs"/> is less than 1, or <paramref name="seed"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRuns<RegressionEvaluation> TrainRepeatedly<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> training,
        IReadOnlyList<TSample> test,
        int runs,
        TrainingOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        TrainingOptions first = Checked(options);

        return OfTargets([.. Enumerable.Range(0, runs).Select(number => RunTargets<TNetwork, TWorkspace, TSample>(
            number, seed, training, test, first with { Seed = first.Seed + number }, cancellationToken))]);
    }

    /// <summary>Validation data is not standardized as the samples of a fold are, so that what it measures would mean nothing.</summary>
    private static void RefuseUnscaledValidation(TrainingOptions? options, bool standardize)
    {
        if (standardize && options?.ValidationData is not null)
        {
            throw new ArgumentException(
                $"Expected no {nameof(options.ValidationData)} where folds are standardized, because it is not: use {nameof(options.ValidationSplit)}.",
                nameof(options));
        }
    }

    private static TrainingRun<Evaluation> Run<TNetwork, TWorkspace>(
        int number, int seed, Dataset training, Dataset test, TrainingOptions options, CancellationToken cancellationToken)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        IClassifier<TNetwork, TWorkspace> network = (IClassifier<TNetwork, TWorkspace>)TNetwork.Create(new NumpyRandom(seed + number));
        TrainingHistory history = network.Train(training, options, cancellationToken);
        ThrowIfCancelled(history, cancellationToken);

        return new(number, history, network.Evaluate(test));
    }

    private static TrainingRun<RegressionEvaluation> Run<TNetwork, TWorkspace>(
        int number, int seed, RegressionDataset training, RegressionDataset test, TrainingOptions options, CancellationToken cancellationToken)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ITrainableNetwork<TNetwork, TWorkspace> network = TNetwork.Create(new NumpyRandom(seed + number));
        TrainingHistory history = network.Train(training, options, cancellationToken);
        ThrowIfCancelled(history, cancellationToken);

        return new(number, history, network.Evaluate(test, RegressionEvaluation.PrecisionOf(training.Targets)));
    }

    private static TrainingRun<Evaluation> RunClasses<TNetwork, TWorkspace, TSample>(
        int number,
        int seed,
        IReadOnlyList<TSample> training,
        IReadOnlyList<TSample> test,
        TrainingOptions options,
        CancellationToken cancellationToken)
        where TNetwork : class, ISampleClassifier<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ISampleClassifier<TNetwork, TWorkspace, TSample> network = TNetwork.Create(new NumpyRandom(seed + number));
        TrainingHistory history = network.Train(training, options, cancellationToken);
        ThrowIfCancelled(history, cancellationToken);

        return new(number, history, network.Evaluate(test));
    }

    private static TrainingRun<RegressionEvaluation> RunTargets<TNetwork, TWorkspace, TSample>(
        int number,
        int seed,
        IReadOnlyList<TSample> training,
        IReadOnlyList<TSample> test,
        TrainingOptions options,
        CancellationToken cancellationToken)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ISampleNetwork<TNetwork, TWorkspace, TSample> network = TNetwork.Create(new NumpyRandom(seed + number));
        TrainingHistory history = network.Train(training, options, cancellationToken);
        ThrowIfCancelled(history, cancellationToken);

        // The numbers that it was trained on, scaled as it learns them, say how far off is right.
        SampleScaling scaling = SampleEvaluation.ScalingOf(network, training);
        SampleData.Features(training, scaling, out float[] targets, nameof(training));

        return new(number, history, SampleEvaluation.Regression(network, test, RegressionEvaluation.PrecisionOf(targets)));
    }

    /// <summary>The samples of each fold, and the options with the weights of those that are trained on.</summary>
    private static IEnumerable<(TSample[] Training, TSample[] Test, TrainingOptions Options)> Folds<TSample>(
        IReadOnlyList<TSample> samples, int[] labels, int folds, TrainingOptions? options, int seed)
    {
        TrainingOptions given = Checked(options);
        float[] weights = given.SampleWeights.ToArray();

        if (weights.Length > 0)
        {
            ShapeGuard.CheckWeights(weights, samples.Count, positions: 1, nameof(options));
        }

        return SampleFolds.Of(labels, samples.Count, folds, seed).Select(split => (
            Array.ConvertAll(split.Training, sample => samples[sample]),
            Array.ConvertAll(split.Test, sample => samples[sample]),
            weights.Length == 0 ? given : given with { SampleWeights = Array.ConvertAll(split.Training, sample => weights[sample]) }));
    }

    /// <summary>The options without weights of samples, which go to the samples, so that each fold has its own.</summary>
    private static TrainingOptions WithoutWeights<TDataset>(
        TrainingOptions? options, ref TDataset dataset, Func<TDataset, ReadOnlySpan<float>, TDataset> weigh)
    {
        TrainingOptions given = Checked(options);

        if (!given.SampleWeights.IsEmpty)
        {
            dataset = weigh(dataset, given.SampleWeights.Span);
        }

        return given with { SampleWeights = default };
    }

    /// <summary>In a group, another process may have been cancelled: the history says so in all of them.</summary>
    private static void ThrowIfCancelled(TrainingHistory history, CancellationToken cancellationToken)
    {
        if (history.StopReason == StopReason.Cancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static TrainingOptions Checked(TrainingOptions? options) => options switch
    {
        { Checkpoint: not null } => throw new ArgumentException(
            "Expected options without a checkpoint, because several trainings would write the same file.", nameof(options)),
        { OwnSamples: true, Group: not null } => throw new ArgumentException(
            $"Expected {nameof(options.OwnSamples)} to be false, because each process would evaluate the networks on other samples: give all samples to all.",
            nameof(options)),
        _ => options ?? new TrainingOptions(),
    };

    private static TrainingRuns<Evaluation> OfClasses(TrainingRun<Evaluation>[] runs) =>
        new(runs, static evaluation => evaluation.Loss, static evaluation => evaluation.Accuracy);

    private static TrainingRuns<RegressionEvaluation> OfTargets(TrainingRun<RegressionEvaluation>[] runs) =>
        new(runs, static evaluation => evaluation.Loss, static evaluation => evaluation.Accuracy);
}
