using System.Globalization;

namespace Nnfs.Training;

/// <summary>The lines of one training. Nothing is allocated but for a line.</summary>
/// <param name="lines">Where they go, and how often.</param>
/// <param name="epochs">The number of epochs.</param>
/// <param name="samples">The number of samples of an epoch.</param>
internal sealed class ProgressRun(ProgressLines lines, int epochs, int samples)
{
    private readonly int _width = ProgressText.Count(epochs).Length;
    private readonly long _start = lines.TimeProvider.GetTimestamp();
    private long _lastLine = lines.TimeProvider.GetTimestamp();
    private long _samplesDone;

    /// <summary>Takes note of a batch, and writes a line if one is due in the middle of its epoch.</summary>
    /// <param name="batch">How the batch went.</param>
    /// <param name="state">How far the training has come with it.</param>
    /// <param name="count">The samples of the epoch's batches so far.</param>
    /// <param name="weight">How many samples they count as.</param>
    /// <param name="accuracy">The share of them that was right.</param>
    /// <param name="learningRate">The learning rate of the last step.</param>
    public void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate)
    {
        _samplesDone += batch.Samples;

        if (batch.Batch == batch.Batches || lines.Interval == TimeSpan.Zero || !IsDue())
        {
            return;
        }

        // Where nothing counts so far, there is no sum either.
        double divisor = weight == 0 ? 1 : weight;
        string measured = ProgressText.Measured(state.LossSum / divisor, state.DataLossSum / divisor, state.RegularizationLossSum / divisor, accuracy);
        string place = string.Create(
            CultureInfo.InvariantCulture, $"{Epoch(batch.Epoch)}, batch {ProgressText.Count(batch.Batch)}/{ProgressText.Count(batch.Batches)}");

        Write($"{place}: {measured}, learning rate {ProgressText.Number(learningRate)}{Pace(batch.Epoch - 1, count)}");
    }

    /// <summary>Writes the line of an epoch, if one is due.</summary>
    public void AfterEpoch(EpochReport report)
    {
        if (lines.Interval == TimeSpan.Zero || report.Epoch == epochs || IsDue())
        {
            Write($"{Epoch(report.Epoch)}: {ProgressText.Of(report)}{Pace(report.Epoch, 0)}");
        }
    }

    /// <summary>Writes the last line.</summary>
    /// <param name="history">How training went.</param>
    public void End(TrainingHistory history)
    {
        string reason = history.StopReason switch
        {
            StopReason.Completed => "completed",
            StopReason.EarlyStopping => "stopped early",
            StopReason.MaxTime => "out of time",
            StopReason.Callback => "stopped by a callback",
            _ => "cancelled",
        };
        string best = history.BestEpoch == 0 ? "" : $"; the best was epoch {ProgressText.Count(history.BestEpoch)}";
        string count = $"{ProgressText.Count(history.Epochs.Count)} {(history.Epochs.Count == 1 ? "epoch" : "epochs")}";

        Write($"{reason} after {count} and {ProgressText.Time(lines.TimeProvider.GetElapsedTime(_start))}{best}");
    }

    private bool IsDue() => lines.TimeProvider.GetElapsedTime(_lastLine) >= lines.Interval;

    private string Epoch(int epoch) => $"epoch {ProgressText.Count(epoch).PadLeft(_width)}/{ProgressText.Count(epochs)}";

    /// <summary>The speed so far, and how long the samples that are left take at it.</summary>
    private string Pace(int epochsDone, long samplesOfEpoch)
    {
        double seconds = lines.TimeProvider.GetElapsedTime(_start).TotalSeconds;

        if (seconds <= 0 || _samplesDone == 0)
        {
            return "";
        }

        double speed = _samplesDone / seconds;
        double left = (((double)epochs - epochsDone) * samples) - samplesOfEpoch;
        double secondsLeft = left / speed;
        string time = left <= 0 || secondsLeft > TimeSpan.MaxValue.TotalSeconds / 2 ? "" : $", {ProgressText.Time(TimeSpan.FromSeconds(secondsLeft))} left";

        return $", {ProgressText.Speed(speed)} samples/s{time}";
    }

    private void Write(string line)
    {
        lines.Write(line);
        _lastLine = lines.TimeProvider.GetTimestamp();
    }
}
