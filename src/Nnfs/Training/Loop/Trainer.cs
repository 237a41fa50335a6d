using System.Diagnostics;
using System.Numerics.Tensors;
using Nnfs.Optimizers;
using Nnfs.RandomNumbers;
using Nnfs.Training.Checkpoints;
using Nnfs.Training.Groups;
using Nnfs.Training.Images;

namespace Nnfs.Training;

/// <summary>
/// The loop over epochs and batches. After the first batch, none allocates, but those of several shards of this process that share statistics.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <typeparam name="TTarget">The type of a target: <see cref="float"/>, or <see cref="int"/> for labels.</typeparam>
/// <typeparam name="TTargets">Which form the targets have.</typeparam>
internal readonly ref struct Trainer<TNetwork, TWorkspace, TTarget, TTargets>
    where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace
    where TTarget : unmanaged
    where TTargets : ITargets<TTarget>
{
    /// <summary>What is measured of samples: the sum of their losses, how much was counted, and how much was right.</summary>
    private const int MeasuredNumbers = 3;

    private readonly TNetwork _network;
    private readonly TWorkspace _workspace;
    private readonly IStatefulWorkspace? _stateful;
    private readonly Passes<TNetwork, TWorkspace, TTarget> _passes;
    private readonly TrainingOptions _options;
    private readonly Samples<TTarget> _training;
    private readonly Samples<TTarget> _validation;
    private readonly BatchBuffer<TTarget> _buffer = new();
    private readonly EpochOrder _order;
    private readonly ImageAugmenter? _augmenter;
    private readonly BatchWeights? _weights;
    private readonly GradientSteps _steps;
    private readonly BestEpoch _best;
    private readonly Accuracy _accuracy;
    private readonly OutputMeters? _outputs;
    private readonly RunningAverages<TNetwork> _averages;
    private readonly TrainingState _state = new();
    private readonly Checkpoint<TNetwork> _checkpoint;
    private readonly CheckpointFiles<TNetwork>? _files;
    private readonly IProgressRun? _progress;
    private readonly GroupRun<TNetwork>? _group;
    private readonly SharedPasses<TNetwork, TWorkspace, TTarget>? _shared;
    private readonly double[] _counted = [];
    private readonly double[] _measured = [];
    private readonly int _count;
    private readonly int _validationCount;
    private readonly int _batchSize;
    private readonly int _batches;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Prepares a training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The samples that it is trained on.</param>
    /// <param name="trainingOrder">Which of them, where it is not all.</param>
    /// <param name="validation">The samples that it is measured with; there may be none.</param>
    /// <param name="augmenter">What changes the images that it is trained on, if anything does.</param>
    /// <param name="options">How it is trained.</param>
    public Trainer(
        TNetwork network,
        Samples<TTarget> training,
        int[]? trainingOrder,
        Samples<TTarget> validation,
        ImageAugmenter? augmenter,
        TrainingOptions options)
    {
        int count = trainingOrder?.Length ?? training.Count;

        if (options.Group is not null)
        {
            _group = new GroupRun<TNetwork>(options, network, trainingOrder ?? [.. Enumerable.Range(0, count)]);
            count = _group.Plan.Samples;
        }

        _network = network;
        _options = options;
        _training = training;
        _validation = validation;
        _order = new EpochOrder(trainingOrder, _group is null ? count : 0, options.Shuffle, options.Seed);
        _augmenter = augmenter;
        _batchSize = _group is not null ? _group.Plan.Capacity : options.BatchSize == 0 ? count : Math.Min(options.BatchSize, count);
        _batches = _group is not null ? _group.Plan.Batches : (int)(((count - 1L) / _batchSize) + 1);
        _workspace = network.CreateWorkspace(_batchSize, options.Threads);
        _stateful = _workspace as IStatefulWorkspace;

        if (_stateful is not null && options.Shuffle)
        {
            throw new ArgumentException(
                $"Expected {nameof(options.Shuffle)} to be false, because each batch of '{TNetwork.Name}' goes on from the states that the one before it " +
                "left, but it is true.",
                nameof(options));
        }

        if (_stateful is not null && _group is not null)
        {
            throw new ArgumentException(
                $"Expected no {nameof(options.Group)}, because each batch of '{TNetwork.Name}' goes on from the states of the one before it, in one process.",
                nameof(options));
        }

        if (options.SharedStatistics)
        {
            RefuseUnshared();
            _shared = new SharedPasses<TNetwork, TWorkspace, TTarget>(network, _workspace, options.Group!, _group!.Own);
        }

        _passes = new Passes<TNetwork, TWorkspace, TTarget>(network, _workspace);
        _averages = new RunningAverages<TNetwork>();
        _steps = new GradientSteps(
            options,
            options.Optimizer ?? new Adam(),
            network.Parameters.Length,
            _batches,
            (_workspace as IGradients<TNetwork>)?.Team,
            ParameterRuns<TNetwork>.All);
        _best = new BestEpoch(options.EarlyStopping, network.Parameters.Length, keepsParameters: options.Checkpoint?.BestPath is not null);
        _count = count;
        _validationCount = _group is not null && options.OwnSamples ? _group.SumOf(validation.Count) : validation.Count;
        bool isSeeded = options.Shuffle || augmenter is not null || TNetwork.Layers.Any(static layer => layer.Definition.DrawsInTraining);
        int batchSize = _group is null ? _batchSize : options.BatchSize;
        TrainingSettings settings = new(options, _steps.Optimizer, count, _validationCount, batchSize, isSeeded, training.HasWeights);
        _group?.RequireSame(settings.All, nameof(options));

        Func<ReadOnlySpan<float>, int, double> precisionOf = _group is null ? Accuracy.Precision : _group.PrecisionOf;
        _accuracy = Accuracy.For<TNetwork, TTarget>(training.Targets, precisionOf);
        _outputs = OutputMeters.Of<TNetwork, TTarget>(_workspace, training.Targets, precisionOf);
        _weights = BatchWeights.Of<TTarget, TTargets>(
            trainingOrder is null ? training : training.In(trainingOrder), validation, _accuracy, options, _group is null ? null : _group.SumOfShares);

        if (_group is not null)
        {
            _group.RefuseLeftOut<TTarget>(_outputs, training.Targets, nameof(training));
            _group.Begin(network.Parameters, _outputs?.Shard.Width ?? 0);
            _counted = new double[_group.Own];
            _measured = new double[_group.Own * (MeasuredNumbers + (_outputs?.Shard.Width ?? 0))];
        }

        _state.Outputs = _outputs?.Training;
        _state.Reports.Capacity = Math.Min(options.Epochs, 1 << 16);
        _progress = options.Progress is null || !IsFirst ? null : ReportRun.Begin(options.Progress, options.Epochs, count);

        if (_group is not null && augmenter is not null && options.OwnSamples)
        {
            augmenter.FirstSample = _group.SumBefore(training.Count);
        }

        _checkpoint = new Checkpoint<TNetwork>(network, _state, _steps, _best, _stateful, settings);
        _files = options.Checkpoint is null || !IsFirst ? null : new CheckpointFiles<TNetwork>(options.Checkpoint, _checkpoint, _best);
    }

    /// <summary>Whether this process writes files and shows progress.</summary>
    private bool IsFirst => _group is null || _group.IsFirst;

    /// <summary>Trains until something ends it.</summary>
    /// <param name="resume">Whether to go on from the checkpoint.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    public TrainingHistory Run(bool resume, CancellationToken cancellationToken)
    {
        _group?.RequireSame([new("Resume", resume.ToString())], "options");

        if (resume)
        {
            ReadCheckpoint(_options.Checkpoint!.ResumeFrom ?? _options.Checkpoint.Path);
            _state.Reports.ForEach(_steps.EndEpoch);
        }
        else
        {
            _steps.Begin(_network.Parameters);
        }

        _group?.BeginTraining(
            cancellationToken.CanBeCanceled
            || _options.MaxTime is not null
            || _options.ContinueAfterBatch is not null
            || _options.ContinueAfterEpoch is not null);

        try
        {
            return RunToEnd(cancellationToken);
        }
        catch (Exception exception) when (exception is not TrainingDivergedException)
        {
            // What diverges does so in all processes; of anything else the others may not know.
            _options.Group?.Leave();

            throw;
        }
    }

    private TrainingHistory RunToEnd(CancellationToken cancellationToken)
    {
        StopReason reason;

        try
        {
            reason = RunEpochs(cancellationToken);
        }
        catch
        {
            _progress?.Fail();

            throw;
        }
        finally
        {
            _steps.End();
        }

        _files?.Write();

        // Where one process goes on, the checkpoint of all is written.
        _group?.Meet();
        _steps.Averages?.Values.CopyTo(_network.Parameters);
        _best.Restore(_network.Parameters);

        TrainingHistory history = new([.. _state.Reports], reason, _best.Epoch, Stopwatch.GetElapsedTime(_start));
        _progress?.End(history);

        return history;
    }

    /// <summary>Goes on from a checkpoint: all processes of a group, or none.</summary>
    private void ReadCheckpoint(string path)
    {
        try
        {
            _checkpoint.Read(path);
        }
        catch
        {
            GroupStart.Refuse(_options.Group);

            throw;
        }

        GroupStart.RequireAll(_options.Group);
        _group?.RequireSame(CheckpointPosition.Of(_state, _steps, _best).ToMetadata(), "options");
    }

    private StopReason RunEpochs(CancellationToken cancellationToken)
    {
        while (_state.Epoch <= _options.Epochs)
        {
            if (_best.IsExhausted)
            {
                return StopReason.EarlyStopping;
            }

            if (RunEpoch(cancellationToken) is { } reason)
            {
                return reason;
            }
        }

        return StopReason.Completed;
    }

    /// <summary>Runs what is left of an epoch; returns why it stopped on the way or at its end, or null.</summary>
    private StopReason? RunEpoch(CancellationToken cancellationToken)
    {
        long epochStart = Stopwatch.GetTimestamp();
        int epoch = _state.Epoch;
        Samples<TTarget> samples = _training.In(_order.Of(epoch));
        _state.Counted = _group is null ? samples.Counted(_accuracy, Math.Min(_state.Batches * _batchSize, samples.Count)) : CountedOfGroup(_state.Batches);

        if (_state.Batches == 0)
        {
            _stateful?.ResetState();
        }

        // The processes of a group agree on this here, and then at the end of each batch.
        if (_group?.Agree(cancellationToken.IsCancellationRequested ? StopReason.Cancelled : null) is { } cancelled)
        {
            return cancelled;
        }

        while (_state.Epoch == epoch)
        {
            if (_group is null && cancellationToken.IsCancellationRequested)
            {
                return StopReason.Cancelled;
            }

            BatchReport batch = RunWholeBatch(samples);
            bool goesOn = _options.ContinueAfterBatch?.Invoke(batch) ?? true;
            ShowBatch(batch);

            if (_state.Batches == _batches)
            {
                goesOn &= EndEpoch(epochStart);
            }
            else
            {
                _files?.AfterBatch();
            }

            bool isTimeUp = _options.MaxTime is { } most && Stopwatch.GetElapsedTime(_start) > most;
            StopReason? here = !goesOn ? StopReason.Callback : isTimeUp ? StopReason.MaxTime : null;

            if (_group is not null)
            {
                bool isCancelled = _state.Epoch == epoch && cancellationToken.IsCancellationRequested;
                here = _group.Agree(here ?? (isCancelled ? StopReason.Cancelled : null));
            }

            if (here is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>Runs a batch; one that fails, by whatever exception, leaves parameters and running averages as they were.</summary>
    private BatchReport RunWholeBatch(Samples<TTarget> samples)
    {
        _averages.Keep(_network.Parameters);

        try
        {
            return _group is null ? RunBatch(samples) : RunShards();
        }
        catch
        {
            _steps.TakeBack(_network.Parameters);
            _averages.Restore(_network.Parameters);

            throw;
        }
    }

    private BatchReport RunBatch(Samples<TTarget> samples)
    {
        long start = Stopwatch.GetTimestamp();
        int first = _state.Batches * _batchSize;
        int count = Math.Min(_batchSize, samples.Count - first);
        BatchReport report = new(_state.Epoch, _state.Batches + 1, _batches, count, Loss: 0f, RegularizationLoss: 0f);
        samples.Read(first, count, _buffer, _augmenter, report.Epoch, out ReadOnlySpan<float> inputs, out ReadOnlySpan<TTarget> targets);

        if (_weights is not null)
        {
            _workspace.SampleWeights = _weights.OfTraining<TTarget, TTargets>(samples, first, count);
        }

        float loss = _passes.Train(inputs, targets, SplitMix64.DropoutSeed(_options.Seed, report.Epoch, report.Batch));
        report = report with { Loss = loss, RegularizationLoss = _workspace.RegularizationLoss, DataLoss = (float)_passes.DataLoss(loss) };
        int right = CountRight(_workspace, targets);
        int counted = _accuracy.Counted(targets, count);
        _outputs?.Add(_workspace, _outputs.Training, targets, count);

        Step(report, samples, first);
        _state.Add(report, right, counted, _accuracy.Weight(counted));
        TrainingMeter.Record(loss, count, Stopwatch.GetElapsedTime(start));

        return report;
    }

    /// <summary>Runs the shards of a batch that this process has, and adds up what all processes have of it.</summary>
    private BatchReport RunShards()
    {
        long start = Stopwatch.GetTimestamp();
        int epoch = _state.Epoch;
        int batch = _state.Batches + 1;
        int count = _group!.Plan.SamplesBefore(batch) - _group.Plan.SamplesBefore(batch - 1);
        bool leavesOut = _accuracy.LeavesOut<TTarget>();
        int own = 0;
        _group.BeginBatch(_network.Parameters);

        if (_shared is not null)
        {
            RunShared(_shared, epoch, batch, count);
        }

        for (int shard = 0; shard < _group.Own; shard++)
        {
            ReadOnlySpan<int> order = _group.SamplesOf(epoch, batch, shard);
            TWorkspace workspace = _shared is null ? _workspace : _shared.WorkspaceOf(shard);
            Span<float> gradients = workspace.Gradients;
            own += order.Length;

            if (order.IsEmpty)
            {
                gradients.Clear();
                _group.Add(shard, weight: 0, _network.Parameters, gradients);

                continue;
            }

            float loss = _shared is null
                ? RunShard(order, _group.DropoutSeed(epoch, batch, shard), out ReadOnlySpan<TTarget> targets)
                : _shared.LossOf(shard, out targets);
            int counted = _accuracy.Counted(targets, order.Length);
            double weight = _accuracy.Weight(counted);

            // Where all is counted, the shares are known before, and the sum of the gradients is their mean.
            Scale(gradients, leavesOut ? (float)weight : (float)((double)order.Length / count));
            _group.Totals.Set(
                shard,
                weight,
                loss,
                new Passes<TNetwork, TWorkspace, TTarget>(_network, workspace).DataLoss(loss),
                workspace.RegularizationLoss,
                CountRight(workspace, targets),
                counted);

            if (_outputs is not null)
            {
                _outputs.Shard.Clear();
                _outputs.Add(workspace, _outputs.Shard, targets, order.Length);
                _outputs.Shard.CopyTo(_group.Totals.OutputsOf(shard));
            }

            _group.Add(shard, weight, _network.Parameters, gradients);
        }

        // The last shard has the sum of this process.
        Span<float> sums = _workspace.Gradients;
        ShardTotals totals = _group.Sum(_network.Parameters, sums, _accuracy);
        _outputs?.Training.Add(totals.Outputs);
        double sum = _accuracy.Weight(totals.Counted);
        Scale(sums, leavesOut && sum > 0 ? (float)(1 / sum) : 1f);

        BatchReport report = new(
            epoch, batch, _batches, count, Loss: Mean(totals.LossSum, sum), RegularizationLoss: Mean(totals.RegularizationLossSum, sum))
        {
            DataLoss = Mean(totals.DataLossSum, sum),
        };

        Step(report, _training, first: 0);
        _state.Add(report, totals.Right, totals.Counted, sum);
        TrainingMeter.Record(report.Loss, own, Stopwatch.GetElapsedTime(start));

        return report;
    }

    /// <summary>Runs one shard by itself.</summary>
    private float RunShard(ReadOnlySpan<int> order, ulong dropoutSeed, out ReadOnlySpan<TTarget> targets)
    {
        Samples<TTarget> samples = _training.In(order);
        samples.Read(0, order.Length, _buffer, _augmenter, _state.Epoch, out ReadOnlySpan<float> inputs, out targets);

        if (_weights is not null)
        {
            _workspace.SampleWeights = _weights.OfTraining<TTarget, TTargets>(samples, 0, order.Length);
        }

        return _passes.Train(inputs, targets, dropoutSeed);
    }

    /// <summary>Runs all shards of this process side by side.</summary>
    private void RunShared(SharedPasses<TNetwork, TWorkspace, TTarget> shared, int epoch, int batch, int count)
    {
        for (int shard = 0; shard < _group!.Own; shard++)
        {
            ReadOnlySpan<int> order = _group.SamplesOf(epoch, batch, shard);
            Samples<TTarget> samples = _training.In(order);
            samples.Read(
                0, order.Length, shared.BufferOf(shard), _augmenter, epoch, out ReadOnlySpan<float> inputs, out ReadOnlySpan<TTarget> targets);
            shared.Give(
                shard,
                inputs.Length,
                targets.Length,
                _weights is null ? default : _weights.OfTraining<TTarget, TTargets>(samples, 0, order.Length),
                (double)order.Length / count,
                _group.DropoutSeed(epoch, batch, shard));
        }

        shared.Run();
    }

    /// <summary>Refuses what statistics of the whole batch can't be shared with.</summary>
    private void RefuseUnshared()
    {
        string? reason = _group is null ? $"there is no {nameof(_options.Group)} to share with"
            : _options.Threads > 1 ? $"each shard has one thread, but {nameof(_options.Threads)} is {_options.Threads}"
            : Accuracy.Of<TNetwork>().LeavesOut<TTarget>() ? "labels may leave positions out, so that the shares of the shards are not known before"
            : !_group.Plan.HasFullBatches() ? "some shards have no sample in some batches: use larger batches or fewer shards"
            : null;

        if (reason is not null)
        {
            throw new ArgumentException($"Expected {nameof(_options.SharedStatistics)} to be false, because {reason}.", "options");
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        if (factor != 1f)
        {
            TensorPrimitives.Multiply(values, factor, values);
        }
    }

    /// <summary>Checks what a batch gave, adds its gradients to those of others where they are summed, and makes a step where one is due.</summary>
    /// <param name="report">How the batch went.</param>
    /// <param name="samples">The samples of the epoch.</param>
    /// <param name="first">Where those of the batch begin.</param>
    private void Step(BatchReport report, Samples<TTarget> samples, int first)
    {
        Divergence<TNetwork> divergence = new(report);
        Span<float> parameters = _network.Parameters;
        Span<float> gradients = _workspace.Gradients;

        if (!float.IsFinite(report.Loss) || !_steps.AreFinite(gradients))
        {
            throw divergence.OfBatch(gradients, FirstNotFinite(report, samples, first));
        }

        if (_steps.Accumulates)
        {
            _steps.Add(gradients, report.Samples);
            divergence.CheckSum(_steps.Sum);
        }

        if (!_steps.IsDueAfter(report.Batch))
        {
            return;
        }

        bool isSurelyFinite = _steps.Accumulates
            ? _steps.StepAlongSum(parameters, report.Epoch, report.Batch)
            : _steps.Step(parameters, gradients, report.Epoch, report.Batch);

        if (!isSurelyFinite)
        {
            divergence.CheckStep(parameters, _steps.Optimizer);
        }

        _steps.Accept(parameters);
    }

    /// <summary>What of a batch's data is not finite, of the samples that this process has; <see langword="null"/> where all is.</summary>
    private string? FirstNotFinite(BatchReport report, Samples<TTarget> samples, int first)
    {
        string? found = _group is null ? samples.FirstNotFinite(first, report.Samples) : null;

        for (int shard = 0; found is null && shard < _group?.Own; shard++)
        {
            ReadOnlySpan<int> order = _group.SamplesOf(report.Epoch, report.Batch, shard);
            found = order.IsEmpty ? null : _training.In(order).FirstNotFinite(0, order.Length);
        }

        return found;
    }

    /// <summary>How much was counted of the first batches of the epoch that is under way, in all processes.</summary>
    private int CountedOfGroup(int batches)
    {
        Array.Clear(_counted);

        for (int batch = 1; batch <= batches; batch++)
        {
            for (int shard = 0; shard < _group!.Own; shard++)
            {
                ReadOnlySpan<int> order = _group.SamplesOf(_state.Epoch, batch, shard);
                _counted[shard] += order.IsEmpty ? 0 : _training.In(order).Counted(_accuracy, order.Length);
            }
        }

        _group!.Sum(_counted);

        return (int)_counted[0];
    }

    /// <summary>Measures and reports an epoch; returns whether training goes on.</summary>
    /// <param name="epochStart">When it began.</param>
    private bool EndEpoch(long epochStart)
    {
        _group?.RequireTogether(_state.Epoch, _network.Parameters, _steps.BaseLearningRate);
        int counted = _state.Counted;
        double weight = _accuracy.Weight(counted);
        (float Loss, float Accuracy)? validation = _validationCount == 0 ? null : Validate();
        EpochReport report = new(
            _state.Epoch,
            Mean(_state.LossSum, weight),
            Mean(_state.RegularizationLossSum, weight),
            _outputs?.Training.MeanAccuracy ?? Accuracy.Share(_state.Right, counted),
            validation?.Loss,
            validation?.Accuracy,
            _steps.LastLearningRate,
            Stopwatch.GetElapsedTime(epochStart))
        {
            DataLoss = Mean(_state.DataLossSum, weight),
            Outputs = _outputs?.Report(validation is not null) ?? OutputReports.Empty,
        };

        _best.Add(report, _steps.Averages is null ? _network.Parameters : _steps.Averages.Values);
        _state.EndEpoch(report);
        _steps.EndEpoch(report);

        _files?.AfterEpoch(report.Epoch);
        _progress?.AfterEpoch(report);
        bool goesOn = _options.ContinueAfterEpoch?.Invoke(report) ?? true;
        _files?.AfterCallback();

        return goesOn;
    }

    private void ShowBatch(BatchReport batch)
    {
        if (_progress is not (null or ReportRun))
        {
            int count = _group is null ? Math.Min(batch.Batch * _batchSize, _count) : _group.Plan.SamplesBefore(batch.Batch);
            int counted = _state.Counted;
            float accuracy = _outputs?.Training.MeanAccuracy ?? Accuracy.Share(_state.Right, counted);
            _progress.AfterBatch(batch, _state, count, _accuracy.Weight(counted), accuracy, _steps.LastLearningRate);
        }
    }

    /// <summary>Measures the validation samples, with the averages of the parameters where there are some.</summary>
    private (float Loss, float Accuracy) Validate()
    {
        _outputs?.Validation.Clear();
        _steps.Averages?.Exchange(_network.Parameters);

        try
        {
            return _group is null ? MeasureAll() : MeasureShards();
        }
        finally
        {
            _steps.Averages?.Exchange(_network.Parameters);
        }
    }

    private (float Loss, float Accuracy) MeasureAll()
    {
        Span<double> sums = stackalloc double[MeasuredNumbers];
        Measure(_validation, sums, _outputs?.Validation);

        return Measured(sums);
    }

    /// <summary>Measures the part that each shard of this process has, and adds up what all processes have.</summary>
    private (float Loss, float Accuracy) MeasureShards()
    {
        int width = _measured.Length / _group!.Own;
        Array.Clear(_measured);

        for (int shard = 0; shard < _group.Own; shard++)
        {
            (int start, int end) = _group.PartOf(_validation.Count, _options.OwnSamples, shard);
            Span<double> row = _measured.AsSpan(shard * width, width);
            _outputs?.Shard.Clear();

            if (end > start)
            {
                Measure(_validation.Part(start, end - start), row, _outputs?.Shard);
            }

            _outputs?.Shard.CopyTo(row[MeasuredNumbers..]);
        }

        _group.Sum(_measured);
        _outputs?.Validation.Add(_measured.AsSpan(MeasuredNumbers, width - MeasuredNumbers));

        return Measured(_measured);
    }

    private (float Loss, float Accuracy) Measured(ReadOnlySpan<double> sums) => _outputs is null
        ? (Mean(sums[0], _accuracy.Weight((int)sums[1])), Accuracy.Share((int)sums[2], (int)sums[1]))
        : (_outputs.ValidationLoss, _outputs.Validation.MeanAccuracy);

    /// <summary>Adds up the losses of samples, how much was counted, and how much was right; and the same of each output, where there are several.</summary>
    private void Measure(Samples<TTarget> samples, Span<double> sums, OutputSums? outputs)
    {
        for (int first = 0; first < samples.Count; first += _batchSize)
        {
            int count = Math.Min(_batchSize, samples.Count - first);
            samples.Read(first, count, _buffer, out ReadOnlySpan<float> inputs, out ReadOnlySpan<TTarget> targets);
            int counted = _accuracy.Counted(targets, count);

            if (_weights is not null)
            {
                _workspace.SampleWeights = _weights.OfValidation(samples, first, count);
            }

            sums[0] += _passes.Measure(inputs, targets) * _accuracy.Weight(counted);
            sums[1] += counted;
            sums[2] += CountRight(_workspace, targets);

            if (outputs is not null)
            {
                _outputs!.Add(_workspace, outputs, targets, count);
            }
        }
    }

    /// <summary>How much of the last pass of a workspace is right; of a network with several outputs, each has its own count.</summary>
    private int CountRight(TWorkspace workspace, ReadOnlySpan<TTarget> targets) =>
        _outputs is null ? _accuracy.CountRight<TTarget, TTargets>(workspace.Outputs, targets) : 0;

    /// <summary>A mean; 0 where nothing was counted.</summary>
    private static float Mean(double sum, double weight) => weight == 0 ? 0f : (float)(sum / weight);
}
