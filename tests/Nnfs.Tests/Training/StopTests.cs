using Nnfs.Training;

namespace Nnfs.Tests.Training;

public class StopTests
{
    private static TrainingOptions InOrder => new() { Shuffle = false, Epochs = 20, BatchSize = 8, Optimizer = new Sgd(0.1f) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Early_stopping_waits_for_its_patience_and_restores_the_best(bool restoreBest)
    {
        // What is measured contradicts what is learned, so that its loss rises from the first epoch on.
        Problem problem = new(32);
        int[] opposite = [.. problem.Labels.Select(static label => (label + 1) % 3)];
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(problem.Features, problem.Labels, InOrder with
        {
            ValidationData = new(problem.Features, opposite),
            EarlyStopping = new() { Patience = 3, RestoreBest = restoreBest },
        });

        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.Equal((4, 1), (history.Epochs.Count, history.BestEpoch));
        TrainTests.AssertSame(problem.TrainPlainly(restoreBest ? 4 : 16, 8, new Sgd(0.1f)), network);
    }

    [Fact]
    public void Early_stopping_without_validation_waits_for_the_training_loss()
    {
        // No improvement is large enough but the first epoch's.
        Problem problem = new(32);
        TrainingHistory history = new SmallNetwork(seed: 7).Train(
            problem.Features, problem.Labels, InOrder with { EarlyStopping = new() { Patience = 5, MinImprovement = 10f } });

        Assert.Equal((StopReason.EarlyStopping, 6, 1), (history.StopReason, history.Epochs.Count, history.BestEpoch));
        Assert.True(history.Epochs[5].Loss < history.Epochs[0].Loss);
    }

    [Fact]
    public void Early_stopping_may_watch_the_training_loss_though_there_is_validation()
    {
        // The training loss falls from epoch to epoch while the validation loss rises.
        Problem problem = new(32);
        int[] opposite = [.. problem.Labels.Select(static label => (label + 1) % 3)];
        TrainingHistory history = new SmallNetwork(seed: 7).Train(problem.Features, problem.Labels, InOrder with
        {
            ValidationData = new(problem.Features, opposite),
            EarlyStopping = new() { Patience = 1, WatchTrainingLoss = true },
        });

        Assert.Equal((StopReason.Completed, 20), (history.StopReason, history.BestEpoch));
        Assert.True(history.Epochs[19].ValidationLoss > history.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void Early_stopping_that_never_comes_restores_the_best_epoch()
    {
        // Steps that are far too long, so that the loss goes up and down.
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        SmallNetwork expected = new(seed: 7);
        TrainingOptions options = InOrder with { Optimizer = new Sgd(1f), ValidationSplit = 0.25f };
        TrainingHistory history = network.Train(problem.Features, problem.Labels, options with { EarlyStopping = new() { Patience = 100 } });
        int best = history.Epochs.MinBy(static epoch => epoch.ValidationLoss).Epoch;
        expected.Train(problem.Features, problem.Labels, options with { Epochs = best, Optimizer = new Sgd(1f) });

        Assert.InRange(best, 2, 19);
        Assert.Equal((StopReason.Completed, best), (history.StopReason, history.BestEpoch));
        TrainTests.AssertSame(expected, network);
    }

    [Fact]
    public void Early_stopping_prefers_a_number_to_none()
    {
        BestEpoch best = new(new EarlyStopping { Patience = 2 }, parameterLength: 1);
        float[] losses = [float.NaN, float.PositiveInfinity, 3f, float.NaN, 3f];
        int[] expected = [1, 2, 3, 3, 3];

        for (int i = 0; i < losses.Length; i++)
        {
            Assert.False(best.IsExhausted);
            best.Add(new EpochReport(i + 1, 0f, 0f, 0f, losses[i], 0f, 0f, TimeSpan.Zero), [0f]);
            Assert.Equal(expected[i], best.Epoch);
        }

        Assert.True(best.IsExhausted);
    }

    [Fact]
    public void MaxTime_ends_training_after_the_first_batch_that_passes_it()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(problem.Features, problem.Labels, InOrder with { MaxTime = TimeSpan.FromTicks(1) });

        Assert.Equal((StopReason.MaxTime, 0, 0), (history.StopReason, history.Epochs.Count, history.BestEpoch));
        TrainTests.AssertSame(problem.TrainPlainly(1, 8, new Sgd(0.1f)), network);
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(2, 4, 2)]
    [InlineData(3, 1, 2)]
    public void Callback_of_a_batch_ends_training_after_it(int epoch, int batch, int epochs)
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(
            problem.Features, problem.Labels, InOrder with { ContinueAfterBatch = report => report.Epoch != epoch || report.Batch != batch });

        Assert.Equal((StopReason.Callback, epochs), (history.StopReason, history.Epochs.Count));
        TrainTests.AssertSame(problem.TrainPlainly(((epoch - 1) * 4) + batch, 8, new Sgd(0.1f)), network);
    }

    [Fact]
    public void Callback_of_an_epoch_ends_training_after_it()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(problem.Features, problem.Labels, InOrder with { ContinueAfterEpoch = static report => report.Epoch < 3 });

        Assert.Equal((StopReason.Callback, 3), (history.StopReason, history.Epochs.Count));
        TrainTests.AssertSame(problem.TrainPlainly(12, 8, new Sgd(0.1f)), network);
    }

    [Fact]
    public void Cancellation_ends_training_between_batches()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        using CancellationTokenSource source = new();
        TrainingHistory history = network.Train(
            problem.Features,
            problem.Labels,
            InOrder with
            {
                ContinueAfterBatch = report =>
                {
                    if (report is { Epoch: 2, Batch: 3 })
                    {
                        source.Cancel();
                    }

                    return true;
                },
            },
            source.Token);

        Assert.Equal((StopReason.Cancelled, 1), (history.StopReason, history.Epochs.Count));
        TrainTests.AssertSame(problem.TrainPlainly(7, 8, new Sgd(0.1f)), network);
    }

    [Fact]
    public void Cancellation_before_the_start_changes_nothing()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(problem.Features, problem.Labels, InOrder, new CancellationToken(canceled: true));

        Assert.Equal((StopReason.Cancelled, 0), (history.StopReason, history.Epochs.Count));
        TrainTests.AssertSame(new SmallNetwork(seed: 7), network);
    }

    [Fact]
    public void Exception_of_a_callback_comes_through_and_gives_the_learning_rate_back()
    {
        Problem problem = new(32);
        Sgd optimizer = new(0.1f);

        Assert.Throws<InvalidOperationException>(() => new SmallNetwork().Train(problem.Features, problem.Labels, InOrder with
        {
            Optimizer = optimizer,
            Schedule = LearningRateSchedule.InverseTime(1f),
            ContinueAfterBatch = static report => report.Batch < 3 ? true : throw new InvalidOperationException("enough"),
        }));
        Assert.Equal((0.1f, 3L), (optimizer.LearningRate, optimizer.Steps));
    }
}
