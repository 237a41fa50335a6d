using System.Globalization;

namespace Nnfs.Tests.Training;

/// <summary>Lines of text while a training runs, by a clock that each batch moves.</summary>
public sealed class ProgressLinesTests : IDisposable
{
    private readonly Problem _problem = new(40);
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly ManualClock _clock = new();

    private string[] Lines => _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Line_is_written_when_its_time_has_come_with_all_that_is_measured()
    {
        // 4 batches of 10 samples, half a second each: a line is due at every fourth batch, which is the end of an epoch; the last epoch has one anyway.
        TrainingHistory history = Train(TimeSpan.FromSeconds(0.5), epochs: 3);
        EpochReport first = history.Epochs[0];

        Assert.Equal(4, Lines.Length);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"epoch 1/3: loss {first.Loss:G4}, accuracy {first.Accuracy:0.0000}, validation loss {first.ValidationLoss:G4}, " +
                $"validation accuracy {first.ValidationAccuracy:0.0000}, learning rate 0.01, 20 samples/s, 4.0 s left"),
            Lines[0]);
        Assert.StartsWith("epoch 2/3: loss ", Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("20 samples/s, 2.0 s left", Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("20 samples/s", Lines[2], StringComparison.Ordinal);
        Assert.Equal("completed after 3 epochs and 6.0 s; the best was epoch " + history.BestEpoch, Lines[3]);
    }

    [Fact]
    public void Long_epoch_has_lines_in_its_middle_with_its_batch_and_the_means_so_far()
    {
        List<BatchReport> batches = [];
        Train(TimeSpan.FromSeconds(2), epochs: 2, batches.Add);

        // A line for each of the first three batches of both epochs, and one for each epoch.
        Assert.Equal(9, Lines.Length);
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"epoch 1/2, batch 2/4: loss {(batches[0].Loss + (double)batches[1].Loss) / 2:G4}, accuracy "),
            Lines[1],
            StringComparison.Ordinal);
        Assert.EndsWith(", learning rate 0.01, 5 samples/s, 12 s left", Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("epoch 1/2: loss ", Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_short_epochs_are_no_flood()
    {
        Train(TimeSpan.FromMilliseconds(1), epochs: 1000);

        // 4 seconds: a line after 2, the last epoch, and the end.
        Assert.Equal(3, Lines.Length);
        Assert.StartsWith("epoch   500/1,000: ", Lines[0], StringComparison.Ordinal);
        Assert.Contains("10,000 samples/s, 2.0 s left", Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("epoch 1,000/1,000: ", Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Interval_of_zero_gives_a_line_for_every_epoch_and_none_within()
    {
        Train(TimeSpan.FromHours(1), epochs: 3, interval: TimeSpan.Zero);

        Assert.Equal(4, Lines.Length);
        Assert.All(Lines[..3], static line => Assert.DoesNotContain("batch", line, StringComparison.Ordinal));
        Assert.Contains("8 h 0 min left", Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Regularisation_is_told_apart_from_the_data()
    {
        EpochReport epoch = new PenalizedNetwork(seed: 7).Train(
            _problem.Features, _problem.Labels, new TrainingOptions { Epochs = 1, Progress = new ProgressLines(_text) }).Epochs[0];

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"loss {epoch.Loss:G4} (data {epoch.DataLoss:G4})"), Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Training_that_stops_says_why()
    {
        new SmallNetwork().Train(
            _problem.Features, _problem.Labels, new TrainingOptions { Progress = new ProgressLines(_text), ContinueAfterEpoch = static _ => false });

        Assert.StartsWith("stopped by a callback after 1 epoch and ", Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Report_by_hand_is_a_line_without_the_training()
    {
        new ProgressLines(_text).Report(new EpochReport(1234, 0.5f, 0f, 0.75f, null, null, 0.001f, TimeSpan.Zero));

        Assert.Equal(["epoch 1,234: loss 0.5, accuracy 0.7500, learning rate 0.001"], Lines);
    }

    [Fact]
    public void Lines_change_nothing_of_the_training_and_bad_settings_throw()
    {
        SmallNetwork expected = new(seed: 7);
        SmallNetwork network = new(seed: 7);
        expected.Train(_problem.Features, _problem.Labels);
        network.Train(_problem.Features, _problem.Labels, new TrainingOptions { Progress = new ProgressLines(_text) { Interval = TimeSpan.Zero } });

        TrainTests.AssertSame(expected, network);
        Assert.Throws<ArgumentNullException>("writer", static () => new ProgressLines(null!));
        Assert.Throws<ArgumentOutOfRangeException>("Interval", static () => new ProgressLines(TextWriter.Null) { Interval = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentNullException>("TimeProvider", static () => new ProgressLines(TextWriter.Null) { TimeProvider = null! });
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Time_is_told_in_its_two_greatest_units(double seconds, string expected) =>
        Assert.Equal(expected, Nnfs.Training.ProgressText.Time(TimeSpan.FromSeconds(seconds)));

    private TrainingHistory Train(TimeSpan batchTime, int epochs, Action<BatchReport>? seeBatch = null, TimeSpan? interval = null) =>
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 10,
            Optimizer = new Adam(0.01),
            ValidationData = new(_problem.Features, _problem.Labels),
            Progress = new ProgressLines(_text) { Interval = interval ?? TimeSpan.FromSeconds(2), TimeProvider = _clock },
            ContinueAfterBatch = report =>
            {
                // The batch that has just ended took that long.
                seeBatch?.Invoke(report);
                _clock.Now += batchTime;

                return true;
            },
        });

    /// <summary>A clock that stands still but for the test.</summary>
    private sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
