using System.Globalization;
using System.Text;

namespace Nnfs;

/// <summary>How a training went, epoch by epoch, and why it ended.</summary>
public sealed class TrainingHistory
{
    private readonly EpochReport[] _epochs;

    internal TrainingHistory(ReadOnlySpan<EpochReport> epochs, StopReason stopReason, int bestEpoch, TimeSpan duration)
    {
        _epochs = [.. epochs];
        StopReason = stopReason;
        BestEpoch = bestEpoch;
        Duration = duration;
    }

    /// <summary>The epochs in their order. One that was not finished is not among them.</summary>
    public IReadOnlyList<EpochReport> Epochs => _epochs;

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>
    /// The epoch, from 1, with the lowest loss of the validation samples, or of the training samples where there are none to validate
    /// on; with early stopping, the last that was an improvement to it. 0 where no epoch was finished.
    /// </summary>
    public int BestEpoch { get; }

    /// <summary>The time that training took; where it was resumed, since then.</summary>
    public TimeSpan Duration { get; }

    /// <summary>
    /// The epochs as comma-separated values, whatever the culture: a line of headings (<c>epoch</c>, <c>loss</c>,
    /// <c>regularization_loss</c>, <c>accuracy</c>, <c>validation_loss</c>, <c>validation_accuracy</c>, <c>learning_rate</c>, <c>seconds</c>) and a line for
    /// each epoch, each ended by <c>\n</c>. Numbers are the shortest that read back as the same; what was not measured is empty.
    /// </summary>
    public string ToCsv()
    {
        StringBuilder text = new("epoch,loss,regularization_loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds\n");

        foreach (EpochReport epoch in _epochs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss},{epoch.RegularizationLoss},{epoch.Accuracy},{epoch.ValidationLoss},{epoch.ValidationAccuracy}," +
                $"{epoch.LearningRate},{epoch.Duration.TotalSeconds}\n");
        }

        return text.ToString();
    }
}
