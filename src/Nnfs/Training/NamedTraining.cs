using System.Collections.Immutable;
using Nnfs.Evaluations;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Training and evaluation of networks with several inputs or outputs, on data sets that have them by name.</summary>
/// <remarks>
/// Everything that <see cref="NetworkTraining"/> says holds for them too: epochs, batches and orders, checkpoints, schedules and threads. The loss is the
/// weighted sum of the losses of the outputs; <see cref="EpochReport.Outputs"/> has loss and accuracy of each.
/// </remarks>
public static class NamedTraining
{
    /// <summary>The samples that are computed at once.</summary>
    private const int BatchSize = 256;

    /// <summary>Trains a network on a data set that it has made.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">The samples, at least one, from the network's <c>CreateDataset</c>.</param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// The data set is one of another network, or the options do not fit the network and its data. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        NamedDataset dataset,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        dataset.Check<TNetwork>(nameof(dataset));

        return network.Train(dataset.Features, dataset.Targets, options, cancellationToken);
    }

    /// <summary>
    /// Continues a training on a data set from its checkpoint, and ends with the bits that it would have ended with if it had never stopped.
    /// </summary>
    /// <remarks>
    /// Data and options must be those of the training that wrote the checkpoint, with an optimizer of the same hyperparameters; what may differ is what
    /// <see cref="NetworkTraining"/> lists for its methods of that name.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">The samples, at least one, from the network's <c>CreateDataset</c>.</param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// The data set is one of another network, or the options do not fit the network and its data, or they are not those of the checkpoint: then the message
    /// has a line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        NamedDataset dataset,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        dataset.Check<TNetwork>(nameof(dataset));

        return network.Resume(dataset.Features, dataset.Targets, options, cancellationToken);
    }

    /// <summary>Measures how each output of a network with a loss does, as the network predicts.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="dataset">The samples, at least one, from the network's <c>CreateDataset</c>.</param>
    /// <exception cref="ArgumentException">The data set is one of another network, or has no samples.</exception>
    public static NamedEvaluation Evaluate<TNetwork, TWorkspace>(this ITrainableNetwork<TNetwork, TWorkspace> network, NamedDataset dataset)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        dataset.Check<TNetwork>(nameof(dataset));

        if (dataset.Count == 0)
        {
            throw new ArgumentException("Expected at least one sample, but there are none.", nameof(dataset));
        }

        int batchSize = Math.Min(BatchSize, dataset.Count);
        TWorkspace workspace = network.CreateWorkspace(batchSize);
        IPortsWorkspace ports = (IPortsWorkspace)workspace;
        Samples<float> samples = Samples<float>.Of<TNetwork, FloatTargets>(dataset.Features, dataset.Targets, nameof(dataset), nameof(dataset));
        Passes<TNetwork, TWorkspace, float> passes = new((TNetwork)network, workspace);
        OutputMeters meters = OutputMeters.Of<TNetwork, float>(workspace, dataset.Targets, Accuracy.Precision)!;
        BatchBuffer<float> unused = new();
        OutputCollector[] collectors = [.. dataset.Outputs.Select((output, i) => new OutputCollector(output, TargetsOf(dataset, i)))];
        int[] numbers = [.. Enumerable.Range(0, TNetwork.Outputs.Length).Where(static i => TNetwork.Outputs[i].Loss is not null)];

        for (int first = 0; first < samples.Count; first += batchSize)
        {
            int count = Math.Min(batchSize, samples.Count - first);
            samples.Read(first, count, unused, out ReadOnlySpan<float> inputs, out ReadOnlySpan<float> targets);
            passes.Measure(inputs, targets);
            meters.Add(workspace, meters.Validation, targets, count);

            for (int i = 0; i < numbers.Length; i++)
            {
                collectors[i].Add(ports.GetOutputs(numbers[i]));
            }
        }

        ImmutableArray<(string, object)> outputs =
            [.. collectors.Select((collector, i) => (dataset.Outputs[i].Name, collector.Evaluate((float)meters.Validation.LossOf(i))))];

        return new NamedEvaluation(meters.ValidationLoss, dataset.Count, outputs);
    }

    private static float[] TargetsOf(NamedDataset dataset, int output)
    {
        float[] targets = new float[dataset.Count * dataset.Outputs[output].TargetSize];
        PackedPass.TargetsOf(dataset.Outputs.AsSpan()).Read(output, dataset.Targets, targets);

        return targets;
    }
}
