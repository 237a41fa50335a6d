using System.Globalization;
using System.Text;

namespace Nnfs.Tests.Training;

/// <summary>The bar while a training runs, by a clock that each batch moves, as a terminal shows it.</summary>
public sealed class ProgressBarTests : IDisposable
{
    private readonly Problem _problem = new(40);
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly ManualTime _time = new();

    /// <summary>What was drawn, one after the other.</summary>
    private string[] Drawn => [.. _text.ToString().Split('\n')[0].Split('\r', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.TrimEnd())];

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Bar_shows_epoch_batch_loss_accuracy_and_time_left()
    {
        // 4 batches of 10 samples, one second each: the bar is drawn after each batch, and after each epoch with what it measured.
        List<BatchReport> batches = [];
        TrainingHistory history = Train(TimeSpan.FromSeconds(1), epochs: 3, width: 200, batches.Add);
        EpochReport last = history.Epochs[2];

        Assert.Equal(12, Drawn.Length);
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"██░░░░░░░░░░░░░░░░░░░░░░░░░░░░ epoch 1/3, batch 1/4, loss {batches[0].Loss:G4}, accuracy "),
            Drawn[0],
            StringComparison.Ordinal);
        Assert.EndsWith(", 11 s left", Drawn[0], StringComparison.Ordinal);
        Assert.Contains("epoch 2/3, batch 2/4, loss ", Drawn[5], StringComparison.Ordinal);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{new string('█', 30)} epoch 3/3, loss {last.Loss:G4}, accuracy {last.Accuracy:0.0000}, validation loss {last.ValidationLoss:G4}, " +
                $"validation accuracy {last.ValidationAccuracy:0.0000}"),
            Drawn[^1]);
        Assert.Equal($"completed after 3 epochs and 12 s; the best was epoch {history.BestEpoch}", _text.ToString().Split('\n')[1]);
    }

    [Fact]
    public void Bar_is_drawn_at_most_ten_times_a_second_and_at_the_end()
    {
        Train(TimeSpan.FromMilliseconds(1), epochs: 100, width: 80);

        // 400 batches in 0.4 s: after 0.1, 0.2 and 0.3 s, and the last epoch at 0.4 s.
        Assert.Equal(4, Drawn.Length);
        Assert.Contains("epoch 100/100", Drawn[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "batch", "loss", "accuracy", "validation", "left")]
    [InlineData(80, "batch", "loss", "accuracy", "left")]
    [InlineData(60, "loss", "accuracy", "left")]
    [InlineData(40, "loss", "left")]
    [InlineData(22)]
    [InlineData(8)]
    [InlineData(1)]
    public void Line_fits_into_the_terminal_and_keeps_what_matters_most(int width, params string[] parts)
    {
        Train(TimeSpan.FromSeconds(1), epochs: 3, width);
        string line = Drawn[6];

        Assert.All(_text.ToString().Split('\n')[0].Split('\r'), drawn => Assert.InRange(drawn.Length, 0, Math.Max(1, width - 1)));
        Assert.All((string[])["batch", "loss", "accuracy", "validation", "left"], part =>
            Assert.Equal(parts.Contains(part), line.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(width > 20, line.Contains('█', StringComparison.Ordinal));
    }

    [Fact]
    public void Shorter_line_covers_a_longer_one()
    {
        Train(TimeSpan.FromSeconds(1), epochs: 3, width: 100);
        string[] drawn = _text.ToString().Split('\n')[0].Split('\r', StringSplitOptions.RemoveEmptyEntries);

        for (int i = 1; i < drawn.Length; i++)
        {
            Assert.True(drawn[i].Length >= drawn[i - 1].TrimEnd().Length);
        }
    }

    [Fact]
    public void Text_that_is_no_Unicode_has_a_bar_of_other_characters_and_no_escape_sequences()
    {
        using MemoryStream stream = new();
        using (StreamWriter writer = new(stream, Encoding.Latin1, leaveOpen: true))
        {
            new SmallNetwork(seed: 7).Train(
                _problem.Features, _problem.Labels, new TrainingOptions { Epochs = 2, Progress = new ProgressBar(writer) { TimeProvider = _time } });
        }

        string text = Encoding.Latin1.GetString(stream.ToArray());
        Assert.Contains("###### epoch 2/2", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Training_that_fails_ends_the_line()
    {
        Assert.Throws<InvalidOperationException>(() => new SmallNetwork().Train(_problem.Features, _problem.Labels, new TrainingOptions
        {
            Epochs = 1,
            Progress = new ProgressBar(_text) { TimeProvider = _time },
            ContinueAfterEpoch = static _ => throw new InvalidOperationException(),
        }));

        Assert.EndsWith("\n", _text.ToString(), StringComparison.Ordinal);
        Assert.Single(Drawn);
    }

    [Fact]
    public void Output_that_is_redirected_gets_lines()
    {
        // The console of a test run is no terminal.
        TextWriter console = Console.Out;
        Console.SetOut(_text);

        try
        {
            new SmallNetwork().Train(_problem.Features, _problem.Labels, new TrainingOptions { Epochs = 1, Progress = ProgressBar.ToConsole() });
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Contains("epoch 1/1: loss ", _text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\r', _text.ToString());
    }

    [Fact]
    public void Combined_progress_tells_each_of_its_parts()
    {
        List<int> epochs = [];
        using StringWriter lines = new();
        Train(TimeSpan.FromSeconds(1), Progress.Combine(Bar(80), new ProgressLines(lines), new Noting(epochs)), epochs: 3);

        Assert.Equal([1, 2, 3], epochs);
        Assert.Contains("epoch 3/3, loss ", Drawn[^1], StringComparison.Ordinal);
        Assert.Contains("epoch 3/3: loss ", lines.ToString(), StringComparison.Ordinal);
        Assert.Contains("completed after 3 epochs", lines.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("parts", static () => Progress.Combine(new Noting([]), null!));
    }

    [Fact]
    public void Combined_progress_reports_by_hand_to_each_of_its_parts()
    {
        List<int> epochs = [];
        EpochReport report = new(1234, 0.5f, 0f, 0.75f, null, null, 0.001f, TimeSpan.Zero);
        Progress.Combine(Bar(80), new Noting(epochs)).Report(report);

        Assert.Equal([1234], epochs);
        Assert.Equal("epoch 1,234: loss 0.5, accuracy 0.7500, learning rate 0.001\n", _text.ToString());
    }

    [Fact]
    public void Bad_settings_throw()
    {
        Assert.Throws<ArgumentNullException>("writer", static () => new ProgressBar(null!));
        Assert.Throws<ArgumentOutOfRangeException>("Width", static () => new ProgressBar(TextWriter.Null) { Width = 0 });
        Assert.Throws<ArgumentNullException>("TimeProvider", static () => new ProgressBar(TextWriter.Null) { TimeProvider = null! });
    }

    private ProgressBar Bar(int width) => new(_text) { Width = width, TimeProvider = _time };

    private TrainingHistory Train(TimeSpan batchTime, int epochs, int width, Action<BatchReport>? seeBatch = null) =>
        Train(batchTime, Bar(width), epochs, seeBatch);

    private TrainingHistory Train(TimeSpan batchTime, IProgress<EpochReport> progress, int epochs, Action<BatchReport>? seeBatch = null) =>
        new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 10,
            ValidationData = new(_problem.Features, _problem.Labels),
            Progress = progress,
            ContinueAfterBatch = report =>
            {
                // The batch that has just ended took that long.
                seeBatch?.Invoke(report);
                _time.Advance(batchTime);

                return true;
            },
        });

    private sealed class Noting(List<int> epochs) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => epochs.Add(value.Epoch);
    }
}
