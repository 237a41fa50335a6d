namespace Nnfs.Tests.Training;

/// <summary>Trainings whose weights are averaged, against averages of the parameters that a callback sees after each step.</summary>
public sealed class AveragedWeightsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-averaged-");
    private readonly Problem _problem = new(60);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0.9f, true)]
    [InlineData(0.9f, false)]
    [InlineData(0.3f, true)]
    [InlineData(0f, false)]
    public void Network_ends_with_the_averages_of_its_parameters_after_each_step(float decay, bool warmUp)
    {
        // Six batches of ten, two to a step, of a network with running averages.
        MixedNetwork network = new(seed: 7);
        double[] expected = Numbers.ToDoubles(network.Parameters);
        int step = 0;

        network.Train(
            _problem.Features,
            _problem.Labels,
            new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 10,
                AccumulationSteps = 2,
                AveragedWeights = new(decay) { WarmUp = warmUp },
                ContinueAfterBatch = report =>
                {
                    if (report.Batch % 2 == 0)
                    {
                        step++;
                        double kept = warmUp ? Math.Min(decay, (1.0 + step) / (10.0 + step)) : decay;
                        expected = [.. expected.Zip(network.Parameters.ToArray(), (average, value) => (kept * average) + ((1.0 - kept) * value))];
                    }

                    return true;
                },
            });

        Assert.Equal(12, step);
        Numbers.AssertClose(expected, network.Parameters, 2e-6 * expected.Max(Math.Abs), "averages");
    }

    [Fact]
    public void Averages_change_nothing_of_what_is_trained()
    {
        List<float> losses = [];
        List<float> averagedLosses = [];
        TrainingOptions options = new() { Epochs = 5, ValidationSplit = 0.2f };
        new MixedNetwork(seed: 7).Train(
            _problem.Features, _problem.Labels, options with { ContinueAfterBatch = Noting(losses) });
        new MixedNetwork(seed: 7).Train(
            _problem.Features,
            _problem.Labels,
            options with { AveragedWeights = new(), ContinueAfterBatch = Noting(averagedLosses) });

        Assert.Equal(losses, averagedLosses);

        static Func<BatchReport, bool> Noting(List<float> losses) => report =>
        {
            losses.Add(report.Loss);

            return true;
        };
    }

    [Fact]
    public void Validation_measures_the_averages_and_the_best_of_them_are_restored()
    {
        // The training without early stopping is the same up to each of its epochs.
        TrainingOptions options = new()
        {
            Epochs = 8,
            Optimizer = new Adam(0.1f),
            AveragedWeights = new(0.8f),
            ValidationData = new(_problem.Features.AsMemory(0, 80), _problem.Labels.AsMemory(0, 20)),
        };
        MixedNetwork stopped = new(seed: 7);
        TrainingHistory history = stopped.Train(
            _problem.Features,
            _problem.Labels,
            options with { EarlyStopping = new() { Patience = 3 }, Checkpoint = new(File) { BestPath = File + ".best" } });

        foreach (EpochReport report in history.Epochs)
        {
            MixedNetwork network = new(seed: 7);
            network.Train(_problem.Features, _problem.Labels, options with { Epochs = report.Epoch });
            Evaluation evaluation = network.Evaluate(_problem.Features.AsSpan(0, 80), _problem.Labels.AsSpan(0, 20));

            Assert.Equal(evaluation.Loss, report.ValidationLoss!.Value, 1e-6f);
            Assert.Equal((float)evaluation.Accuracy, report.ValidationAccuracy!.Value, 1e-6f);

            if (report.Epoch == history.BestEpoch)
            {
                AssertSame(network, stopped);
                AssertSame(network, MixedNetwork.Load(File + ".best"));
                AssertSame(network, MixedNetwork.LoadCheckpoint(File, best: true));
            }
        }
    }

    [Fact]
    public void Resume_after_every_batch_gives_the_bits_of_a_training_that_never_stopped()
    {
        TrainingOptions options = new()
        {
            Epochs = 3,
            BatchSize = 10,
            AccumulationSteps = 2,
            AveragedWeights = new(0.9f),
            ValidationSplit = 0.1f,
            EarlyStopping = new() { Patience = 100, RestoreBest = false },
        };
        MixedNetwork expected = new(seed: 7);
        TrainingHistory expectedHistory = expected.Train(_problem.Features, _problem.Labels, options);

        MixedNetwork network = new(seed: 7);
        TrainingOptions part = options with { Checkpoint = new(File), ContinueAfterBatch = static _ => false };
        TrainingHistory history = network.Train(_problem.Features, _problem.Labels, part);

        while (history.StopReason == StopReason.Callback)
        {
            // The network ended with the averages; the parameters that are trained come from the file.
            AssertSame(network, MixedNetwork.LoadCheckpoint(File));
            network = new MixedNetwork(seed: 8);
            history = network.Resume(_problem.Features, _problem.Labels, part);
        }

        AssertSame(expected, network);
        Assert.Equal(TrainTests.Measured(expectedHistory), TrainTests.Measured(history));
    }

    [Fact]
    public void Resume_with_other_averages_throws()
    {
        TrainingOptions options = new() { Epochs = 1, Checkpoint = new(File) };
        new SmallNetwork(seed: 7).Train(
            _problem.Features, _problem.Labels, options with { AveragedWeights = new(0.9f) { WarmUp = false } });

        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(options),
            () => new SmallNetwork().Resume(
                _problem.Features, _problem.Labels, options with { AveragedWeights = new(0.99f) }));
        ArgumentException none = Assert.Throws<ArgumentException>(
            nameof(options), () => new SmallNetwork().Resume(_problem.Features, _problem.Labels, options));

        Assert.Contains("AveragedWeights: 0.9 in the checkpoint, 0.99 given\nAveragedWeights.WarmUp: False", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AveragedWeights: 0.9 in the checkpoint, none given", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_that_diverges_leaves_the_parameters_that_were_trained()
    {
        // The feature of the last sample is infinite: the second batch fails.
        float[] features = [.. _problem.Features];
        features[^1] = float.PositiveInfinity;
        TrainingOptions options = new() { BatchSize = 30, Shuffle = false, Optimizer = new Adam(0.1f) };
        MixedNetwork network = new(seed: 7);
        Assert.Throws<TrainingDivergedException>(() => network.Train(
            features, _problem.Labels, options with { AveragedWeights = new() }));
        MixedNetwork expected = new(seed: 7);
        expected.Train(
            _problem.Features, _problem.Labels, options with { ContinueAfterBatch = static _ => false });

        AssertSame(expected, network);
    }

    [Fact]
    public void Threads_give_the_same_averages()
    {
        Dataset data = new(Numbers.Gaussians(64 * 70, seed: 1), [.. Enumerable.Range(0, 64).Select(static i => i % 10)], 70, 10);
        TrainingOptions options = new() { Epochs = 2, AveragedWeights = new(0.5f) };
        WideMixedNetwork expected = new(seed: 7);
        WideMixedNetwork actual = new(seed: 7);
        expected.Train(data, options);
        actual.Train(data, options with { Threads = 3 });

        Numbers.AssertSameBits(expected.Parameters, actual.Parameters, "averages");
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void Decay_out_of_range_throws(float decay)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(decay), () => new AveragedWeights(decay));

        Assert.Contains("decay must be at least 0 and less than 1", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(MixedNetwork expected, MixedNetwork actual) =>
        Numbers.AssertSameBits(expected.Parameters, actual.Parameters, "parameters");
}
