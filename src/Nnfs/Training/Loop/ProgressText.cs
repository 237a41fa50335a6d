using System.Globalization;

namespace Nnfs.Training;

/// <summary>The parts of a line of progress as text, whatever the culture.</summary>
internal static class ProgressText
{
    /// <summary>Losses, accuracies and the learning rate of an epoch.</summary>
    public static string Of(EpochReport report)
    {
        string training = Measured(report.Loss, report.DataLoss, report.RegularizationLoss, report.Accuracy);
        string validation = report is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy }
            ? $", validation loss {Number(loss)}, validation accuracy {Share(accuracy)}"
            : "";

        return $"{training}{OutputsOf(report)}{validation}, learning rate {Number(report.LearningRate)}";
    }

    /// <summary>What there is to say of each output, where there are several: <c> (policy 0.91, accuracy 0.62; value 0.04, accuracy 0.11)</c>.</summary>
    private static string OutputsOf(EpochReport report)
    {
        IEnumerable<string> outputs = report.Outputs.Select(static output => $"{output.Name} {Number(output.Loss)}, accuracy {Share(output.Accuracy)}");

        return report.Outputs.Count < 2 ? "" : $" ({string.Join("; ", outputs)})";
    }

    /// <summary>A loss, what of it is the data's where that is not all, and an accuracy.</summary>
    public static string Measured(double loss, double dataLoss, double regularizationLoss, float accuracy)
    {
        string data = regularizationLoss == 0 ? "" : $" (data {Number(dataLoss)})";

        return $"loss {Number(loss)}{data}, accuracy {Share(accuracy)}";
    }

    /// <summary>Why and when a training has ended, and which epoch was the best.</summary>
    /// <param name="history">How it went.</param>
    /// <param name="time">The time that it took.</param>
    public static string End(TrainingHistory history, TimeSpan time)
    {
        string reason = history.StopReason switch
        {
            StopReason.Completed => "completed",
            StopReason.EarlyStopping => "stopped early",
            StopReason.MaxTime => "out of time",
            StopReason.Callback => "stopped by a callback",
            _ => "cancelled",
        };
        string best = history.BestEpoch == 0 ? "" : $"; the best was epoch {Count(history.BestEpoch)}";
        string count = $"{Count(history.Epochs.Count)} {(history.Epochs.Count == 1 ? "epoch" : "epochs")}";

        return $"{reason} after {count} and {Time(time)}{best}";
    }

    /// <summary>The number of an epoch, among how many.</summary>
    public static string Epoch(int epoch, int epochs)
    {
        string all = Count(epochs);

        return $"epoch {Count(epoch).PadLeft(all.Length)}/{all}";
    }

    /// <summary>The number of a batch, among how many.</summary>
    public static string Batch(BatchReport batch) => $"batch {Count(batch.Batch)}/{Count(batch.Batches)}";

    /// <summary>Four digits.</summary>
    public static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits of a speed.</summary>
    public static string Speed(double samplesPerSecond)
    {
        if (samplesPerSecond < 100)
        {
            return samplesPerSecond.ToString("G3", CultureInfo.InvariantCulture);
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(samplesPerSecond)) - 2);

        return (Math.Round(samplesPerSecond / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A time in its two greatest units: <c>2 h 5 min</c>, <c>3 min 20 s</c>, <c>45 s</c>; less than ten seconds with a digit more.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 9.95 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : WholeSeconds(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)));

    private static string WholeSeconds(TimeSpan time) => time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s")
        : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
        : time.TotalDays < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h");

    /// <summary>Four decimals.</summary>
    public static string Share(float share) => share.ToString("0.0000", CultureInfo.InvariantCulture);
}
