namespace Nnfs.Tests.Training;

/// <summary>Trainings that are stopped and resumed, against the same ones that never stop.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int BatchesPerEpoch = 6;
    private const int Epochs = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-resume-");
    private readonly Problem _problem = new(60);

    public static TheoryData<string> Optimizers => OptimizerCase.All;

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Resume_after_every_batch_gives_the_bits_of_a_training_that_never_stopped(string optimizer)
    {
        // 54 samples are trained on: batches of 10, the last of 4, two to a step. Steps of the cases' sizes are scaled down, so that none diverges.
        TrainingOptions options = new()
        {
            Epochs = Epochs,
            BatchSize = 10,
            AccumulationSteps = 2,
            Seed = 3,
            Schedule = LearningRateSchedule.Cosine().WithWarmUp(4),
            ClipNorm = 0.05f,
            ValidationSplit = 0.1f,
            EarlyStopping = new() { Patience = 100 },
        };
        AssertSameAfterStops<SmallNetwork, SmallNetwork.Workspace>(
            options, () => OptimizerCase.Create(optimizer), Enumerable.Range(1, Epochs * BatchesPerEpoch));

        // Running averages, what is dropped and what regularisation adds go on too, with and without shuffling.
        AssertSameAfterStops<MixedNetwork, MixedNetwork.Workspace>(
            options, () => OptimizerCase.Create(optimizer), Enumerable.Range(1, Epochs * BatchesPerEpoch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(29)]
    public void Resume_after_one_stop_gives_the_bits_of_a_training_that_never_stopped(int batches)
    {
        TrainingOptions options = new() { Epochs = Epochs, BatchSize = 10, StratifyValidation = true, ValidationSplit = 0.1f };

        AssertSameAfterStops<SmallNetwork, SmallNetwork.Workspace>(options, static () => new Adam(0.01f), [batches]);
        AssertSameAfterStops<MixedNetwork, MixedNetwork.Workspace>(options, static () => new Adam(0.01f), [batches]);
        AssertSameAfterStops<MixedNetwork, MixedNetwork.Workspace>(options with { Shuffle = false }, static () => new Adam(0.01f), [batches]);
        AssertSameAfterStops<SmallNetwork, SmallNetwork.Workspace>(
            options with { Shuffle = false, EarlyStopping = new() { Patience = 2, MinImprovement = 1f } }, static () => new Adam(0.01f), [batches]);
        AssertSameAfterStops<SmallNetwork, SmallNetwork.Workspace>(
            options with { ValidationSplit = 0f }, static () => new Sgd(0.1f) { Momentum = 0.9f }, [batches]);
    }

    [Fact]
    public void Resume_with_targets_goes_on_too()
    {
        float[] targets = Numbers.OneHot(_problem.Labels, 3);
        SmallNetwork expected = new(seed: 7);
        SmallNetwork network = new(seed: 7);
        TrainingOptions options = new() { Epochs = 3 };
        expected.Train(_problem.Features, targets, options);
        network.Train(_problem.Features, targets, options with { Checkpoint = new(File), ContinueAfterBatch = static _ => false });
        SmallNetwork resumed = new(seed: 8);
        resumed.Resume(_problem.Features, targets, options with { Checkpoint = new(File) });

        TrainTests.AssertSame(expected, resumed);
    }

    [Fact]
    public void Resume_of_a_regression_goes_on_too()
    {
        RegressionDataset data = new(_problem.Features, Numbers.Gaussians(120, seed: 5), 4, 2);
        CurveNetwork expected = new(seed: 7);
        TrainingOptions options = new() { Epochs = 3, ValidationSplit = 0.2f };
        TrainingHistory history = expected.Train(data, options);
        new CurveNetwork(seed: 7).Train(data, options with { Checkpoint = new(File), ContinueAfterBatch = static report => report.Epoch < 2 });
        CurveNetwork resumed = new(seed: 8);
        TrainingHistory resumedHistory = resumed.Resume(data, options with { Checkpoint = new(File) });

        Numbers.AssertSameBits(expected.Parameters, resumed.Parameters, "parameters");
        Assert.Equal(TrainTests.Measured(history), TrainTests.Measured(resumedHistory));
        Assert.Throws<ArgumentNullException>("dataset", () => resumed.Resume((RegressionDataset)null!, options));
    }

    [Fact]
    public void Resume_with_another_seed_of_dropout_throws_though_nothing_is_shuffled()
    {
        TrainingOptions options = new() { Epochs = 2, Shuffle = false, Checkpoint = new(File) };
        new MixedNetwork(seed: 7).Train(_problem.Features, _problem.Labels, options);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(options), () => new MixedNetwork().Resume(_problem.Features, _problem.Labels, options with { Seed = 1 }));

        Assert.Contains("\nSeed: 0 in the checkpoint, 1 given\n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_of_a_training_that_is_done_gives_its_end_and_with_more_epochs_goes_on()
    {
        Dataset data = new(_problem.Features, _problem.Labels, 4, 3);
        SmallNetwork network = new(seed: 7);
        TrainingOptions options = new() { Epochs = 3, Checkpoint = new(File) };
        TrainingHistory history = network.Train(data, options);
        SmallNetwork resumed = new();
        TrainingHistory same = resumed.Resume(data, options);

        TrainTests.AssertSame(network, resumed);
        Assert.Equal(history.Epochs, same.Epochs);
        Assert.Equal(StopReason.Completed, same.StopReason);

        SmallNetwork expected = new(seed: 7);
        expected.Train(data, new TrainingOptions { Epochs = 5 });
        Assert.Equal([1, 2, 3, 4, 5], resumed.Resume(data, options with { Epochs = 5 }).Epochs.Select(static epoch => epoch.Epoch));
        TrainTests.AssertSame(expected, resumed);
    }

    [Fact]
    public void Resume_after_early_stopping_stays_stopped_and_restores_the_best()
    {
        TrainingOptions options = new() { Checkpoint = new(File), EarlyStopping = new() { Patience = 2, MinImprovement = 10f }, Optimizer = new Sgd(0.1f) };
        SmallNetwork network = new(seed: 7);
        network.Train(_problem.Features, _problem.Labels, options);
        SmallNetwork resumed = new();
        TrainingHistory history = resumed.Resume(_problem.Features, _problem.Labels, options with { Optimizer = new Sgd(0.1f) });

        Assert.Equal((StopReason.EarlyStopping, 3, 1), (history.StopReason, history.Epochs.Count, history.BestEpoch));
        TrainTests.AssertSame(network, resumed);
    }

    [Fact]
    public void Checkpoint_is_written_every_few_epochs_and_at_the_end()
    {
        List<string> written = [];
        TrainingOptions options = new()
        {
            Epochs = 5,
            Checkpoint = new(File) { EveryEpochs = 2 },
            ContinueAfterEpoch = report =>
            {
                written.Add($"{report.Epoch} {System.IO.File.Exists(File)}");
                System.IO.File.Delete(File);

                return true;
            },
        };
        new SmallNetwork().Train(_problem.Features, _problem.Labels, options);

        Assert.Equal(["1 False", "2 True", "3 False", "4 True", "5 False"], written);
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Checkpoint_into_a_folder_that_is_missing_throws_before_training()
    {
        SmallNetwork network = new(seed: 7);
        TrainingOptions options = new() { Checkpoint = new(Path.Combine(_folder.FullName, "missing", "run.safetensors")) };

        Assert.Throws<DirectoryNotFoundException>(() => network.Train(_problem.Features, _problem.Labels, options));
        TrainTests.AssertSame(new SmallNetwork(seed: 7), network);
    }

    public static TheoryData<TrainingOptions, string[]> Differences
    {
        get
        {
            // What the first training has is in Trained.
            TheoryData<TrainingOptions, string[]> data = [];
            Add(Trained with { BatchSize = 31 }, "BatchSize: 32 in the checkpoint, 31 given");
            Add(Trained with { BatchSize = 0 }, "BatchSize: 32 in the checkpoint, 45 given");
            Add(Trained with { AccumulationSteps = 3 }, "AccumulationSteps: 2 in the checkpoint, 3 given");
            Add(Trained with { Seed = -1 }, "Seed: 5 in the checkpoint, -1 given");
            Add(Trained with { Shuffle = false }, "Shuffle: True in the checkpoint, False given", "Seed: 5 in the checkpoint, none given");
            Add(Trained with { ClipNorm = 0.1f }, "ClipNorm: 0.5 in the checkpoint, 0.1 given");
            Add(Trained with { ClipNorm = null }, "ClipNorm: 0.5 in the checkpoint, none given");
            Add(Trained with { Schedule = LearningRateSchedule.Constant }, "Schedule: Cosine(0.1).WithWarmUp(4) in the checkpoint, Constant given");
            Add(Trained with { Schedule = LearningRateSchedule.Cosine(0.1f) }, "Schedule: Cosine(0.1).WithWarmUp(4) in the checkpoint, Cosine(0.1) given");
            Add(Trained with { StratifyValidation = false }, "StratifyValidation: True in the checkpoint, False given");

            // Two of the three classes have an odd number of samples; halves are rounded up.
            Add(
                Trained with { ValidationSplit = 0.5f },
                "Samples: 45 in the checkpoint, 29 given",
                "ValidationSamples: 15 in the checkpoint, 31 given",
                "BatchSize: 32 in the checkpoint, 29 given",
                "ValidationSplit: 0.25 in the checkpoint, 0.5 given");
            Add(Trained with { EarlyStopping = null }, "EarlyStopping.RestoreBest: True in the checkpoint, False given");
            Add(Trained with { EarlyStopping = new() { WatchTrainingLoss = true } }, "EarlyStopping.WatchTrainingLoss: False in the checkpoint, True given");
            Add(
                Trained with { Optimizer = new Adam(0.02f) { Decay = 1e-3f, Epsilon = 1e-8f, Beta1 = 0.8f, Beta2 = 0.99f } },
                "Optimizer.LearningRate: 0.01 in the checkpoint, 0.02 given",
                "Optimizer.Decay: 0 in the checkpoint, 0.001 given",
                "Optimizer.Epsilon: 1E-07 in the checkpoint, 1E-08 given",
                "Optimizer.Beta1: 0.9 in the checkpoint, 0.8 given",
                "Optimizer.Beta2: 0.999 in the checkpoint, 0.99 given");
            Add(
                Trained with { Seed = 6, Optimizer = new RmsProp(0.01f) { Rho = 0.7f } },
                "Seed: 5 in the checkpoint, 6 given",
                "Optimizer: Adam in the checkpoint, RmsProp given",
                "Optimizer.Rho: nothing in the checkpoint, 0.7 given");

            return data;

            void Add(TrainingOptions options, params string[] differences) => data.Add(options, differences);
        }
    }

    private static TrainingOptions Trained => new()
    {
        Epochs = 2,
        AccumulationSteps = 2,
        Seed = 5,
        ClipNorm = 0.5f,
        Schedule = LearningRateSchedule.Cosine(0.1f).WithWarmUp(4),
        ValidationSplit = 0.25f,
        StratifyValidation = true,
        EarlyStopping = new(),
        Optimizer = new Adam(0.01f),
    };

    [Theory]
    [MemberData(nameof(Differences), DisableDiscoveryEnumeration = true)]
    public void Resume_with_other_options_lists_every_difference_and_changes_nothing(TrainingOptions options, string[] differences)
    {
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, Trained with { Checkpoint = new(File) });
        byte[] checkpoint = System.IO.File.ReadAllBytes(File);
        SmallNetwork network = new(seed: 9);
        float rate = options.Optimizer!.LearningRate;

        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(options), () => network.Resume(_problem.Features, _problem.Labels, options with { Checkpoint = new(File) }));

        Assert.Equal(
            ["The training of the checkpoint had other options, or other numbers of samples:", .. differences, " (Parameter 'options')"],
            exception.Message.Split('\n'));
        TrainTests.AssertSame(new SmallNetwork(seed: 9), network);
        Assert.Equal(checkpoint, System.IO.File.ReadAllBytes(File));

        // The optimizer is as new: it may serve a network of another size.
        Assert.Equal((0L, rate), (options.Optimizer.Steps, options.Optimizer.LearningRate));
        options.Optimizer.Step([1f], [1f]);
    }

    [Fact]
    public void Resume_on_another_number_of_samples_throws()
    {
        TrainingOptions options = new() { Epochs = 2, Checkpoint = new(File) };
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, options);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(options), () => new SmallNetwork().Resume(_problem.Features.AsSpan(4), _problem.Labels.AsSpan(1), options));

        Assert.Contains("\nSamples: 60 in the checkpoint, 59 given\n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_with_other_limits_threads_and_callbacks_goes_on()
    {
        SmallNetwork network = new(seed: 7);
        SmallNetwork expected = new(seed: 7);
        expected.Train(_problem.Features, _problem.Labels, Trained with { Epochs = 4, Schedule = LearningRateSchedule.Step(0.5f, 1) });
        network.Train(_problem.Features, _problem.Labels, Trained with { Checkpoint = new(File), Schedule = LearningRateSchedule.Step(0.5f, 1) });
        string moved = Path.Combine(_folder.FullName, "moved.safetensors");
        System.IO.File.Move(File, moved);
        SmallNetwork resumed = new();

        TrainingHistory history = resumed.Resume(_problem.Features, _problem.Labels, Trained with
        {
            Epochs = 4,
            MaxTime = TimeSpan.FromHours(1),
            Threads = 2,
            Checkpoint = new(moved) { EveryEpochs = 3 },
            EarlyStopping = new() { Patience = 3, MinImprovement = 1e-6f },
            Schedule = LearningRateSchedule.Step(0.5f, 1),
            ContinueAfterBatch = static _ => true,
            ContinueAfterEpoch = static _ => true,
            Progress = new Progress<EpochReport>(),
        });

        Assert.Equal((StopReason.Completed, 4), (history.StopReason, history.Epochs.Count));
        TrainTests.AssertSame(expected, resumed);
    }

    [Fact]
    public void Resume_of_what_does_not_suit_throws_and_changes_nothing()
    {
        TrainingOptions options = new() { Epochs = 2, Checkpoint = new(File) };

        // A saved network is not a checkpoint, and a checkpoint of another network is none of this one.
        new SmallNetwork().Save(File);
        AssertRefused(options, "Expected a checkpoint with '3' under 'checkpoint' in its metadata, but it is ''");
        new NamedNetwork().Train(new float[120], new int[60], options);
        AssertRefused(options, "'dense1.weights': expected F32 [4, 9], found nothing");

        // Its tensors may be the same, but not what lies between them.
        new SmallLinearNetwork().Train(_problem.Features, _problem.Labels, options);
        AssertRefused(options, "'ReLU1': expected ReLU, found nothing");

        // Neither is half of one.
        new SmallNetwork().Train(_problem.Features, _problem.Labels, options);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..(bytes.Length / 2)]);
        AssertRefused(options, "bytes");

        System.IO.File.Delete(File);
        Assert.Throws<FileNotFoundException>(() => new SmallNetwork().Resume(_problem.Features, _problem.Labels, options));
        Assert.Throws<ArgumentException>(
            nameof(options), () => new SmallNetwork().Resume(_problem.Features, _problem.Labels, options with { Checkpoint = null }));
    }

    [Theory]
    [InlineData("epoch", "0")]
    [InlineData("epoch", "4")]
    [InlineData("batches", "2")]
    [InlineData("batches", "-1")]
    [InlineData("loss_sum", "NaN")]
    [InlineData("regularization_loss_sum", "")]
    [InlineData("optimizer_steps", "6.5")]
    [InlineData("best_epoch", "")]
    public void Resume_of_a_number_that_can_not_be_throws(string name, string value)
    {
        TrainingOptions options = new() { Epochs = 2, Checkpoint = new(File) };
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, options);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int length = BitConverter.ToInt32(bytes);
        string header = System.Text.Encoding.UTF8.GetString(bytes, 8, length).TrimEnd();
        string changed = System.Text.RegularExpressions.Regex.Replace(header, $"\"{name}\":\"[^\"]*\"", $"\"{name}\":\"{value}\"");
        byte[] text = System.Text.Encoding.UTF8.GetBytes(changed);
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes[(8 + length)..]]);

        Assert.NotEqual(header, changed);
        AssertRefused(options, name == "epoch" && value == "4" ? "training.history" : $"under '{name}'");
    }

    private void AssertRefused(TrainingOptions options, string message)
    {
        SmallNetwork network = new(seed: 9);
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => network.Resume(_problem.Features, _problem.Labels, options));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        TrainTests.AssertSame(new SmallNetwork(seed: 9), network);
    }

    /// <summary>
    /// Trains once without a stop, and once with a stop after each of the given numbers of batches; each part with a new network and optimizer.
    /// </summary>
    private void AssertSameAfterStops<TNetwork, TWorkspace>(TrainingOptions options, Func<Optimizer> createOptimizer, IEnumerable<int> stops)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        Optimizer expectedOptimizer = createOptimizer();
        TNetwork expected = TNetwork.Create(new NumpyRandom(7));
        TrainingHistory expectedHistory = expected.Train(_problem.Features, _problem.Labels, options with { Optimizer = expectedOptimizer });

        int batches = 0;
        bool isFirst = true;
        TNetwork network;
        Optimizer optimizer;
        TrainingHistory history;
        Queue<int> ends = new(stops);

        do
        {
            // What is resumed begins with other parameters: all must come from the file.
            network = TNetwork.Create(new NumpyRandom(isFirst ? 7 : 100 + batches));
            optimizer = createOptimizer();
            int end = ends.Count == 0 ? int.MaxValue : ends.Dequeue();
            TrainingOptions part = options with
            {
                Optimizer = optimizer,
                Checkpoint = new(File) { EveryEpochs = 1000 },
                ContinueAfterBatch = _ => ++batches < end,
            };
            history = isFirst ? network.Train(_problem.Features, _problem.Labels, part) : network.Resume(_problem.Features, _problem.Labels, part);
            isFirst = false;
        }
        while (history.StopReason == StopReason.Callback);

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
        Assert.Equal(TrainTests.Measured(expectedHistory), TrainTests.Measured(history));
        Assert.Equal((expectedHistory.StopReason, expectedHistory.BestEpoch), (history.StopReason, history.BestEpoch));
        Assert.Equal((expectedOptimizer.Steps, expectedOptimizer.LearningRate), (optimizer.Steps, optimizer.LearningRate));
        Assert.All(expectedOptimizer.StateNames, name => Numbers.AssertSameBits(expectedOptimizer.GetState(name), optimizer.GetState(name), name));
        System.IO.File.Delete(File);
    }
}
