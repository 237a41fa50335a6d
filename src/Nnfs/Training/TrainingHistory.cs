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
    /// each epoch, each ended by <c>\n</c>. A network with several inputs or outputs has four more for each output with a loss, such as <c>policy_loss</c>,
    /// <c>policy_accuracy</c>, <c>policy_validation_loss</c> and <c>policy_validation_accuracy</c>. Numbers are the shortest that read back as the same; what
    /// was not measured is empty.
    /// </summary>
    public string ToCsv()
    {
        StringBuilder text = new("epoch,loss,regularization_loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds");

        foreach (OutputReport output in _epochs.Length == 0 ? OutputReports.Empty : _epochs[0].Outputs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $",{output.Name}_loss,{output.Name}_accuracy,{output.Name}_validation_loss,{output.Name}_validation_accuracy");
        }

        text.Append('\n');

        foreach (EpochReport epoch in _epochs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{epoch.Epoch},{epoch.Loss},{epoch.RegularizationLoss},{epoch.Accuracy},{epoch.ValidationLoss},{epoch.ValidationAccuracy}," +
                $"{epoch.LearningRate},{epoch.Duration.TotalSeconds}");

            foreach (OutputReport output in epoch.Outputs)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $",{output.Loss},{output.Accuracy},{output.ValidationLoss},{output.ValidationAccuracy}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
