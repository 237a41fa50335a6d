using System.Diagnostics;
using Nnfs.Optimizers;
using Nnfs.RandomNumbers;
using Nnfs.Training.Checkpoints;
using Nnfs.Training.Images;

namespace Nnfs.Training;

/// <summary>The loop over epochs and batches. After the first batch, none allocates.</summary>
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

        _network = network;
        _options = options;
        _training = training;
        _validation = validation;
        _order = new EpochOrder(trainingOrder, count, options.Shuffle, options.Seed);
        _augmenter = augmenter;
        _batchSize = options.BatchSize == 0 ? count : Math.Min(options.BatchSize, count);
        _batches = (int)(((count - 1L) / _batchSize) + 1);
        _workspace = network.CreateWorkspace(_batchSize, options.Threads);
        _stateful = _workspace as IStatefulWorkspace;

        if (_stateful is not null && options.Shuffle)
        {
            throw new ArgumentException(
                $"Expected {nameof(options.Shuffle)} to be false, because each batch of '{TNetwork.Name}' goes on from the states that the one before it " +
                "left, but it is true.",
                nameof(options));
        }

        _passes = new Passes<TNetwork, TWorkspace, TTarget>(network, _workspace);
        _accuracy = Accuracy.For<TNetwork, TTarget>(training.Targets);
        _weights = BatchWeights.Of<TTarget, TTargets>(trainingOrder is null ? training : training.In(trainingOrder), validation, _accuracy, options);
        _outputs = OutputMeters.Of<TNetwork, TTarget>(_workspace, training.Targets);
        _state.Outputs = _outputs?.Training;
        _averages = new RunningAverages<TNetwork>();
        _steps = new GradientSteps(
            options,
            options.Optimizer ?? new Adam(),
            network.Parameters.Length,
            _batches,
            (_workspace as IGradients<TNetwork>)?.Team,
            ParameterRuns<TNetwork>.All);
        _best = new BestEpoch(options.EarlyStopping, network.Parameters.Length, keepsParameters: options.Checkpoint?.BestPath is not null);
        _progress = options.Progress is null ? null : ReportRun.Begin(options.Progress, options.Epochs, count);
        _state.Reports.Capacity = Math.Min(options.Epochs, 1 << 16);
        bool isSeeded = options.Shuffle || augmenter is not null || TNetwork.Layers.Any(static layer => layer.Definition.DrawsInTraining);
        TrainingSettings settings = new(options, _steps.Optimizer, count, validation.Count, _batchSize, isSeeded, training.HasWeights);
        _checkpoint = new Checkpoint<TNetwork>(network, _state, _steps, _best, _stateful, settings);
        _files = options.Checkpoint is null ? null : new CheckpointFiles<TNetwork>(options.Checkpoint, _checkpoint, _best);
    }

    /// <summary>Trains until something ends it.</summary>
    /// <param name="resume">Whether to go on from the checkpoint.</param>
    /// <param name="cancellationToken">Ends it before the next batch.</param>
    public TrainingHistory Run(bool resume, CancellationToken cancellationToken)
    {
        StopReason reason;

        if (resume)
        {
            _checkpoint.Read(_options.Checkpoint!.ResumeFrom ?? _options.Checkpoint.Path);
            _state.Reports.ForEach(_steps.EndEpoch);
        }
        else
        {
            _steps.Begin(_network.Parameters);
        }

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
        _steps.Averages?.Values.CopyTo(_network.Parameters);
        _best.Restore(_network.Parameters);

        TrainingHistory history = new([.. _state.Reports], reason, _best.Epoch, Stopwatch.GetElapsedTime(_start));
        _progress?.End(history);

        return history;
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

        if (_state.Batches == 0)
        {
            _stateful?.ResetState();
        }

        while (_state.Epoch == epoch)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return StopReason.Cancelled;
            }

            BatchReport batch = RunWholeBatch(samples);
            bool goesOn = _options.ContinueAfterBatch?.Invoke(batch) ?? true;
            ShowBatch(batch, samples);

            if (_state.Batches == _batches)
            {
                goesOn &= EndEpoch(samples.Counted(_accuracy, samples.Count), epochStart);
            }
            else
            {
                _files?.AfterBatch();
            }

            if (!goesOn)
            {
                return StopReason.Callback;
            }

            if (_options.MaxTime is { } most && Stopwatch.GetElapsedTime(_start) > most)
            {
                return StopReason.MaxTime;
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
            return RunBatch(samples);
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
        int right = _outputs is null ? _accuracy.CountRight<TTarget, TTargets>(_workspace.Outputs, targets) : 0;
        _outputs?.Add(_outputs.Training, targets, count);

        Step(report, samples, first);
        _state.Add(report, right, _accuracy.Weight(_accuracy.Counted(targets, count)));
        TrainingMeter.Record(loss, count, Stopwatch.GetElapsedTime(start));

        return report;
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
            throw divergence.OfBatch(gradients, samples.FirstNotFinite(first, report.Samples));
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

    /// <summary>Measures and reports an epoch; returns whether training goes on.</summary>
    /// <param name="counted">How much of its samples was counted.</param>
    /// <param name="epochStart">When it began.</param>
    private bool EndEpoch(int counted, long epochStart)
    {
        double weight = _accuracy.Weight(counted);
        (float Loss, float Accuracy)? validation = _validation.Count == 0 ? null : Validate();
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

    private void ShowBatch(BatchReport batch, Samples<TTarget> samples)
    {
        if (_progress is not (null or ReportRun))
        {
            int count = Math.Min(batch.Batch * _batchSize, samples.Count);
            int counted = samples.Counted(_accuracy, count);
            float accuracy = _outputs?.Training.MeanAccuracy ?? Accuracy.Share(_state.Right, counted);
            _progress.AfterBatch(batch, _state, count, _accuracy.Weight(counted), accuracy, _steps.LastLearningRate);
        }
    }

    /// <summary>Measures the validation samples, with the averages of the parameters where there are some.</summary>
    private (float Loss, float Accuracy) Validate()
    {
        _steps.Averages?.Exchange(_network.Parameters);

        try
        {
            return Measure(_validation);
        }
        finally
        {
            _steps.Averages?.Exchange(_network.Parameters);
        }
    }

    private (float Loss, float Accuracy) Measure(Samples<TTarget> samples)
    {
        double lossSum = 0;
        int right = 0;
        int counted = 0;
        _outputs?.Validation.Clear();

        for (int first = 0; first < samples.Count; first += _batchSize)
        {
            int count = Math.Min(_batchSize, samples.Count - first);
            samples.Read(first, count, _buffer, out ReadOnlySpan<float> inputs, out ReadOnlySpan<TTarget> targets);
            int countedHere = _accuracy.Counted(targets, count);

            if (_weights is not null)
            {
                _workspace.SampleWeights = _weights.OfValidation(samples, first, count);
            }

            lossSum += _passes.Measure(inputs, targets) * _accuracy.Weight(countedHere);
            counted += countedHere;
            right += _outputs is null ? _accuracy.CountRight<TTarget, TTargets>(_workspace.Outputs, targets) : 0;
            _outputs?.Add(_outputs.Validation, targets, count);
        }

        if (_outputs is not null)
        {
            return (_outputs.ValidationLoss, _outputs.Validation.MeanAccuracy);
        }

        return (Mean(lossSum, _accuracy.Weight(counted)), Accuracy.Share(right, counted));
    }

    /// <summary>A mean; 0 where nothing was counted.</summary>
    private static float Mean(double sum, double weight) => weight == 0 ? 0f : (float)(sum / weight);
}
