using System.Text;

namespace Nnfs.Training;

/// <summary>The bar of one training: a line that is drawn over the one before. Nothing is allocated but to draw it.</summary>
/// <param name="bar">Where it goes.</param>
/// <param name="epochs">The number of epochs.</param>
/// <param name="samples">The number of samples of an epoch.</param>
internal sealed class ProgressBarRun(ProgressBar bar, int epochs, int samples) : IProgressRun
{
    private const int LongestBar = 30;
    private const int ShortestBar = 5;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly ProgressPace _pace = new(bar.TimeProvider, epochs, samples);
    private long _lastDrawn = bar.TimeProvider.GetTimestamp();
    private int _lengthDrawn;
    private (float Loss, float Accuracy)? _validation;

    /// <inheritdoc/>
    public void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate)
    {
        _pace.Add(batch.Samples);

        if (batch.Batch < batch.Batches && bar.TimeProvider.GetElapsedTime(_lastDrawn) >= s_interval)
        {
            // Where nothing counts so far, there is no sum either.
            double loss = state.LossSum / (weight == 0 ? 1 : weight);
            double share = (batch.Epoch - 1 + ((double)count / samples)) / epochs;
            Draw(batch.Epoch, share, ProgressText.Batch(batch), loss, accuracy, _pace.Left(batch.Epoch - 1, count));
        }
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochReport report)
    {
        if (report is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy })
        {
            _validation = (loss, accuracy);
        }

        if (report.Epoch == epochs || bar.TimeProvider.GetElapsedTime(_lastDrawn) >= s_interval)
        {
            Draw(report.Epoch, (double)report.Epoch / epochs, "", report.Loss, report.Accuracy, _pace.Left(report.Epoch, 0));
        }
    }

    /// <inheritdoc/>
    public void End(TrainingHistory history)
    {
        EndLine();
        bar.Write(ProgressText.End(history, _pace.Elapsed) + bar.NewLine);
    }

    /// <inheritdoc/>
    public void Fail() => EndLine();

    private void EndLine()
    {
        if (_lengthDrawn > 0)
        {
            bar.Write(bar.NewLine);
            _lengthDrawn = 0;
        }
    }

    private void Draw(int epoch, double share, string batch, double loss, float accuracy, TimeSpan? left)
    {
        // The last column stays free: there, many terminals begin a new line.
        int width = Math.Max(1, bar.CurrentWidth - 1);
        string[] parts =
        [
            ProgressText.Epoch(epoch, epochs),
            batch.Length == 0 ? "" : ", " + batch,
            $", loss {ProgressText.Number(loss)}",
            $", accuracy {ProgressText.Share(accuracy)}",
            _validation is { } v ? $", validation loss {ProgressText.Number(v.Loss)}, validation accuracy {ProgressText.Share(v.Accuracy)}" : "",
            left is { } time ? $", {ProgressText.Time(time)} left" : "",
        ];

        // What is missed least goes first.
        foreach (int part in (ReadOnlySpan<int>)[4, 1, 3, 5, 2])
        {
            if (Length(parts) + ShortestBar + 1 > width)
            {
                parts[part] = "";
            }
        }

        StringBuilder line = new("\r");
        int barLength = Math.Min(LongestBar, width - Length(parts) - 1);

        if (barLength >= ShortestBar)
        {
            int full = (int)(Math.Clamp(share, 0, 1) * barLength);
            line.Append(bar.Full, full).Append(bar.Empty, barLength - full).Append(' ');
        }

        line.AppendJoin("", parts);
        line.Length = Math.Min(line.Length, width + 1);
        int length = line.Length - 1;

        // Spaces cover what is left of a longer line before.
        line.Append(' ', Math.Clamp(_lengthDrawn - length, 0, width - length));
        bar.Write(line.ToString());
        _lengthDrawn = length;
        _lastDrawn = bar.TimeProvider.GetTimestamp();
    }

    private static int Length(string[] parts)
    {
        int length = 0;

        foreach (string part in parts)
        {
            length += part.Length;
        }

        return length;
    }
}
