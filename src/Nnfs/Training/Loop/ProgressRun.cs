namespace Nnfs.Training;

/// <summary>The lines of one training. Nothing is allocated but for a line.</summary>
/// <param name="lines">Where they go, and how often.</param>
/// <param name="epochs">The number of epochs.</param>
/// <param name="samples">The number of samples of an epoch.</param>
internal sealed class ProgressRun(ProgressLines lines, int epochs, int samples) : IProgressRun
{
    private readonly ProgressPace _pace = new(lines.TimeProvider, epochs, samples);
    private long _lastLine = lines.TimeProvider.GetTimestamp();

    /// <summary>Takes note of a batch, and writes a line if one is due in the middle of its epoch.</summary>
    /// <inheritdoc/>
    public void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate)
    {
        _pace.Add(batch.Samples);

        if (batch.Batch == batch.Batches || lines.Interval == TimeSpan.Zero || !IsDue())
        {
            return;
        }

        // Where nothing counts so far, there is no sum either.
        double divisor = weight == 0 ? 1 : weight;
        string measured = ProgressText.Measured(state.LossSum / divisor, state.DataLossSum / divisor, state.RegularizationLossSum / divisor, accuracy);
        string place = $"{ProgressText.Epoch(batch.Epoch, epochs)}, {ProgressText.Batch(batch)}";

        Write($"{place}: {measured}, learning rate {ProgressText.Number(learningRate)}{Pace(batch.Epoch - 1, count)}");
    }

    /// <summary>Writes the line of an epoch, if one is due.</summary>
    /// <inheritdoc/>
    public void AfterEpoch(EpochReport report)
    {
        if (lines.Interval == TimeSpan.Zero || report.Epoch == epochs || IsDue())
        {
            Write($"{ProgressText.Epoch(report.Epoch, epochs)}: {ProgressText.Of(report)}{Pace(report.Epoch, 0)}");
        }
    }

    /// <summary>Writes the last line.</summary>
    /// <inheritdoc/>
    public void End(TrainingHistory history) => Write(ProgressText.End(history, _pace.Elapsed));

    /// <summary>Writes nothing: the exception tells all.</summary>
    public void Fail()
    {
    }

    private bool IsDue() => lines.TimeProvider.GetElapsedTime(_lastLine) >= lines.Interval;

    /// <summary>The speed so far, and how long the samples that are left take at it.</summary>
    private string Pace(int epochsDone, long samplesOfEpoch)
    {
        double speed = _pace.SamplesPerSecond;

        if (speed == 0)
        {
            return "";
        }

        string time = _pace.Left(epochsDone, samplesOfEpoch) is { } left ? $", {ProgressText.Time(left)} left" : "";

        return $", {ProgressText.Speed(speed)} samples/s{time}";
    }

    private void Write(string line)
    {
        lines.Write(line);
        _lastLine = lines.TimeProvider.GetTimestamp();
    }
}
