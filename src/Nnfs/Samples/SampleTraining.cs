using Nnfs.Samples;
using Nnfs.Training;
using Nnfs.Training.Groups;

namespace Nnfs;

/// <summary>Training of networks on samples of a type of your own.</summary>
/// <remarks>
/// The first training measures how samples are scaled, on those that it trains on and not on those that it only measures; later ones keep that. A network that
/// is loaded has the scaling of its file.
/// </remarks>
public static class SampleTraining
{
    /// <summary>Trains a network on samples. Where their label is numbers, losses are those of the scaled numbers.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="samples">The samples, at least one, each with a label.</param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, nothing can be learnt from a value or label of one, or the options do not fit the network and its data. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample> => Run(network, samples, options ?? new TrainingOptions(), resume: false, cancellationToken);

    /// <summary>
    /// Continues a training from its checkpoint, and ends with the bits that it would have ended with if it had never stopped. Samples and options must be
    /// those of that training; the scaling is the checkpoint's.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <typeparam name="TSample">The type of its samples.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="samples">The samples, at least one, each with a label.</param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, nothing can be learnt from a value or label of one, or samples and options are not those of the checkpoint: then the message has a
    /// line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network or of other samples. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace, TSample>(
        this ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample> => Run(network, samples, options, resume: true, cancellationToken);

    private static TrainingHistory Run<TNetwork, TWorkspace, TSample>(
        ISampleNetwork<TNetwork, TWorkspace, TSample> network,
        IReadOnlyList<TSample> samples,
        TrainingOptions options,
        bool resume,
        CancellationToken cancellationToken)
        where TNetwork : class, ISampleNetwork<TNetwork, TWorkspace, TSample>
        where TWorkspace : class, IWorkspace
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);

        int[]? labels;
        SampleScaling scaling;
        float[] features;
        float[] targets;

        try
        {
            // A class is a label, which only such a network takes.
            labels = network is IClassifier<TNetwork, TWorkspace> ? SampleData.Labels(samples, nameof(samples)) : null;
            HoldOutSplit? split = SplitOf<TNetwork>(labels, samples.Count, options);
            scaling = ScalingOf(network, samples, options, split, resume);
            features = SampleData.Features(samples, scaling, out targets, nameof(samples));

            if (options.ValidationData?.Source is { } source)
            {
                options = options with { ValidationData = source.Encode(TSample.Schema, scaling, nameof(options)) };
            }
        }
        catch
        {
            GroupStart.Refuse(options.Group);

            throw;
        }

        GroupStart.RequireAll(options.Group);

        if (options.Group is not null)
        {
            GroupSettings.RequireSame(options.Group, [new(nameof(network.Scaling), ScalingTable.Write(scaling))], nameof(options));
        }

        // The checkpoint that training goes on from has its scaling.
        SampleScaling? measured = resume ? null : scaling;

        return labels is null
            ? NetworkTraining.WithTargets(network, features, nameof(samples), targets, options, resume, cancellationToken, scaling: measured)
            : NetworkTraining.WithLabels(
                (IClassifier<TNetwork, TWorkspace>)network, features, nameof(samples), labels, options, resume, cancellationToken, scaling: measured);
    }

    private static HoldOutSplit? SplitOf<TNetwork>(int[]? labels, int samples, TrainingOptions options)
        where TNetwork : INetwork<TNetwork>
    {
        if (labels is not null)
        {
            return HoldOutSplit.Of<TNetwork, int, LabelTargets>(new Samples<int>([], labels, featureCount: 0, targetCount: 1), options);
        }

        // Of numbers only how many there are counts.
        return HoldOutSplit.Of<TNetwork, float, FloatTargets>(new Samples<float>([], new float[samples], featureCount: 0, targetCount: 1), options);
    }

    /// <summary>The scaling that the network has, or the one of the checkpoint, or else what the samples that it is trained on give.</summary>
    private static SampleScaling ScalingOf<TNetwork, TSample>(
        ISampleNetwork<TNetwork, TSample> network, IReadOnlyList<TSample> samples, TrainingOptions options, HoldOutSplit? split, bool resume)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        if (resume && options.Checkpoint is { } checkpoint)
        {
            string path = checkpoint.ResumeFrom ?? checkpoint.Path;

            return NetworkScaling.OfFile(network, path) ?? throw new SafetensorsException(
                $"Expected the checkpoint of a training on samples, but '{path}' does not say how they are scaled: it is of a training on numbers.");
        }

        if (network.Scaling is null && options is { OwnSamples: true, Group: not null })
        {
            throw new ArgumentException(
                $"Expected a network with a scaling, because each process would measure one on samples of its own ({nameof(options.OwnSamples)}), but " +
                $"'{TNetwork.Name}' has none: set its {nameof(network.Scaling)} to the same in all processes, such as that of samples that all have " +
                $"({nameof(SampleScaling)}.{nameof(SampleScaling.Of)}).",
                nameof(options));
        }

        return network.Scaling ?? SampleMeasurement.Measure(samples, split?.Training, split?.TrainingCount ?? samples.Count, nameof(samples));
    }
}
