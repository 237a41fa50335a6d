using Nnfs.Optimizers;
using Nnfs.Samples;
using Nnfs.Training.Schedules;

namespace Nnfs;

/// <summary>The learning-rate range test of Smith (2015, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186).</summary>
public static class LearningRateTest
{
    /// <summary>How much of the mean of the losses so far is kept with each.</summary>
    private const double Smoothing = 0.9;

    /// <summary>How many times the least loss the test goes on to.</summary>
    private const double Divergence = 4;

    /// <summary>
    /// Finds a learning rate to begin with: trains for some batches while the rate rises by the same factor from step to step, and looks where the loss falls
    /// fastest. It ends early when the loss is more than four times its least, or training diverges.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network. Its parameters are changed, and set back to what they were in the end. No other thread may use it meanwhile.</param>
    /// <param name="dataset">The samples.</param>
    /// <param name="options">
    /// How it is trained: batches, weights, clipping and the optimizer, of which a new copy with the same settings is made. Each batch is a step; epochs,
    /// schedule, validation, early stopping, checkpoints and callbacks don't count. The defaults where it is null.
    /// </param>
    /// <param name="lowest">The learning rate of the first step, greater than 0.</param>
    /// <param name="highest">That of the last step, greater than <paramref name="lowest"/>.</param>
    /// <param name="steps">The number of steps, at least 2.</param>
    /// <exception cref="ArgumentException">The data set or the options do not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate or the number of steps is out of its range.</exception>
    public static LearningRateRange FindLearningRate<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        Dataset dataset,
        TrainingOptions? options = null,
        float lowest = 1e-6f,
        float highest = 1f,
        int steps = 100)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);

        return Run(network.Parameters, dataset.Count, options, lowest, highest, steps, ofTest => network.Train(dataset, ofTest));
    }

    /// <summary>Finds a learning rate to begin with, for a network that is trained with targets.</summary>
    /// <inheritdoc
    ///     cref="FindLearningRate{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, Dataset, TrainingOptions, float, float, int)"
    ///     path="/typeparam | /param | /exception"/>
    public static LearningRateRange FindLearningRate<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset dataset,
        TrainingOptions? options = null,
        float lowest = 1e-6f,
        float highest = 1f,
        int steps = 100)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);

        return Run(network.Parameters, dataset.Count, options, lowest, highest, steps, ofTest => network.Train(dataset, ofTest));
    }

    /// <summary>
    /// Finds a learning rate to begin with, for a network of samples. They are scaled as the network scales them, or by what they measure where it was not
    /// trained yet; the network does not keep that.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">The network. Its parameters are changed, and set back to what they were in the end. No other thread may use it meanwhile.</param>
    /// <param name="samples">The samples, at least one, each with a label.</param>
    /// <param name="options">
    /// How it is trained: batches, weights, clipping and the optimizer, of which a new copy with the same settings is made. Each batch is a step; epochs,
    /// schedule, validation, early stopping, checkpoints and callbacks don't count. The defaults where it is null.
    /// </param>
    /// <param name="lowest">The learning rate of the first step, greater than 0.</param>
    /// <param name="highest">That of the last step, greater than <paramref name="lowest"/>.</param>
    /// <param name="steps">The number of steps, at least 2.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, nothing can be learnt from a value or label of one, or the options do not fit the network.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate or the number of steps is out of its range.</exception>
    public static LearningRateRange FindLearningRate<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        TrainingOptions? options = null,
        float lowest = 1e-6f,
        float highest = 1f,
        int steps = 100)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);

        SampleScaling scaling = network.Scaling ?? SampleScaling.Of(samples);
        int[]? labels = network is IClassifier<TNetwork, TWorkspace> ? SampleData.Labels(samples, nameof(samples)) : null;
        float[] features = SampleData.Features(samples, scaling, out float[] targets, nameof(samples));

        return Run(network.Parameters, samples.Count, options, lowest, highest, steps, ofTest => _ = labels is null
            ? network.Train(features, targets, ofTest)
            : ((IClassifier<TNetwork, TWorkspace>)network).Train(features, labels, ofTest));
    }

    private static LearningRateRange Run(
        Span<float> parameters, int samples, TrainingOptions? options, float lowest, float highest, int steps, Action<TrainingOptions> train)
    {
        Hyperparameter.Positive(lowest, nameof(lowest));
        Hyperparameter.Positive(highest, nameof(highest));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);

        TrainingOptions given = options ?? new TrainingOptions();

        if (given is { OwnSamples: true, Group: not null })
        {
            throw new ArgumentException(
                $"Expected {nameof(given.OwnSamples)} to be false, because each process would find the rate for other samples: give all samples to all.",
                nameof(options));
        }

        Optimizer optimizer = given.Optimizer?.CreateNew() ?? new Adam();

        if (optimizer.LearningRate == 0f)
        {
            optimizer.LearningRate = 1f;
        }

        RisingSchedule schedule = new(optimizer.LearningRate, lowest, highest, steps);
        List<LearningRatePoint> points = new(steps);
        double mean = 0;
        double least = double.PositiveInfinity;
        int batch = given.BatchSize == 0 ? samples : Math.Min(given.BatchSize, samples);
        float[] before = parameters.ToArray();

        try
        {
            train(given with
            {
                Epochs = (int)Math.Max(1, ((long)steps * batch / Math.Max(1, samples)) + 1),
                AccumulationSteps = 1,
                Optimizer = optimizer,
                Schedule = schedule,
                ValidationSplit = 0f,
                ValidationData = null,
                EarlyStopping = null,
                AveragedWeights = null,
                MaxTime = null,
                Checkpoint = null,
                Progress = null,
                ContinueAfterEpoch = null,
                ContinueAfterBatch = Add,
            });
        }
        catch (TrainingDivergedException)
        {
            // What was seen until then is the result.
        }
        finally
        {
            before.CopyTo(parameters);
        }

        return new([.. points]);

        bool Add(BatchReport report)
        {
            // The mean of a few losses is not yet drawn to the 0 that it began with.
            mean = (Smoothing * mean) + ((1 - Smoothing) * report.Loss);
            double smoothed = mean / (1 - Math.Pow(Smoothing, points.Count + 1));
            points.Add(new((float)schedule.RateOf(points.Count), report.Loss, (float)smoothed));
            least = Math.Min(least, smoothed);

            return points.Count < steps && smoothed <= Divergence * least;
        }
    }
}
