namespace Nnfs.Tests.Training;

/// <summary>The optimizer's learning rate while and after a training runs.</summary>
public sealed class LearningRateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-rate-");
    private readonly Problem _problem = new(30);

    private static TrainingOptions InOrder => new() { Shuffle = false, Epochs = 3, BatchSize = 10 };

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Rate_that_a_callback_sets_is_followed_and_stays()
    {
        Sgd optimizer = new(0.5f);
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(_problem.Features, _problem.Labels, InOrder with
        {
            Optimizer = optimizer,
            ContinueAfterEpoch = _ =>
            {
                optimizer.LearningRate /= 2f;

                return true;
            },
        });

        // Steps of 0.5, 0.25 and 0.125, three each.
        Sgd plain = new(0.5f);
        SmallNetwork expected = TrainPlainly(plain, step => plain.LearningRate = step < 3 ? 0.5f : step < 6 ? 0.25f : 0.125f, 9);
        Assert.Equal([0.5f, 0.25f, 0.125f], history.Epochs.Select(static epoch => epoch.LearningRate));
        Assert.Equal(0.0625f, optimizer.LearningRate);
        TrainTests.AssertSame(expected, network);
    }

    [Fact]
    public void Rate_that_a_callback_sets_after_a_batch_is_followed_at_the_next()
    {
        Sgd optimizer = new(0.5f);
        SmallNetwork network = new(seed: 7);
        network.Train(_problem.Features, _problem.Labels, InOrder with
        {
            Epochs = 1,
            Optimizer = optimizer,
            ContinueAfterBatch = report =>
            {
                optimizer.LearningRate = report.Batch == 1 ? 0.1f : 0.2f;

                return true;
            },
        });

        Sgd plain = new(0.5f);
        TrainTests.AssertSame(TrainPlainly(plain, step => plain.LearningRate = ((float[])[0.5f, 0.1f, 0.2f])[step], 3), network);
    }

    [Fact]
    public void Schedule_multiplies_the_rate_that_a_callback_sets()
    {
        Sgd optimizer = new(0.5f);
        TrainingHistory history = new SmallNetwork().Train(_problem.Features, _problem.Labels, InOrder with
        {
            Optimizer = optimizer,
            Schedule = LearningRateSchedule.Step(0.5f, epochs: 1),
            ContinueAfterEpoch = report =>
            {
                optimizer.LearningRate = report.Epoch == 1 ? 0.2f : 0.4f;

                return true;
            },
        });

        Assert.Equal([0.5f, 0.1f, 0.1f], history.Epochs.Select(static epoch => epoch.LearningRate));
        Assert.Equal(0.4f, optimizer.LearningRate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Resumed_training_goes_on_with_the_rate_that_a_callback_had_set(int batches)
    {
        SmallNetwork expected = new(seed: 7);
        TrainingHistory expectedHistory = expected.Train(_problem.Features, _problem.Labels, Halving(new Adam(0.01f)));
        int done = 0;
        TrainingOptions stopped = Halving(new Adam(0.01f)) with { Checkpoint = new(File), ContinueAfterBatch = _ => ++done < batches };
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, stopped);

        // With an optimizer as at first, and with the one that the callback has changed meanwhile.
        byte[] checkpoint = System.IO.File.ReadAllBytes(File);

        foreach (TrainingOptions options in (TrainingOptions[])[Halving(new Adam(0.01f)), stopped with { ContinueAfterBatch = null }])
        {
            System.IO.File.WriteAllBytes(File, checkpoint);
            SmallNetwork resumed = new();
            TrainingHistory history = resumed.Resume(_problem.Features, _problem.Labels, options with { Checkpoint = new(File) });

            Assert.Equal(TrainTests.Measured(expectedHistory), TrainTests.Measured(history));
            TrainTests.AssertSame(expected, resumed);
        }
    }

    /// <summary>The optimizer's rate is halved after each epoch.</summary>
    private static TrainingOptions Halving(Adam optimizer) => InOrder with
    {
        Optimizer = optimizer,
        ContinueAfterEpoch = _ =>
        {
            optimizer.LearningRate /= 2f;

            return true;
        },
    };

    /// <summary>A plain loop that is told of each step before it is taken.</summary>
    private SmallNetwork TrainPlainly(Sgd optimizer, Action<int> beforeStep, int steps)
    {
        SmallNetwork network = new(seed: 7);
        SmallNetwork.Workspace pass = network.CreateWorkspace(10);

        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> inputs = _problem.Features.AsSpan(40 * (step % 3), 40);
            ReadOnlySpan<int> labels = _problem.Labels.AsSpan(10 * (step % 3), 10);
            network.ForwardBackward(inputs, labels, pass);
            beforeStep(step);
            optimizer.Step(network.Parameters, pass.Gradients);
        }

        return network;
    }
}
