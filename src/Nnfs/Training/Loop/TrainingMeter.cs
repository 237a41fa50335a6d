using System.Diagnostics.Metrics;

namespace Nnfs.Training;

/// <summary>
/// The meter <c>Nnfs</c>: <c>nnfs.training.loss</c>, the mean loss of the last batch; <c>nnfs.training.samples</c>, the samples trained
/// on; <c>nnfs.training.step.duration</c>, the seconds that each batch took. Nothing is allocated to report them.
/// </summary>
internal static class TrainingMeter
{
    private static readonly Meter s_meter = new("Nnfs");

    private static readonly Gauge<float> s_loss =
        s_meter.CreateGauge<float>("nnfs.training.loss", description: "The mean loss of the last batch.");

    private static readonly Counter<long> s_samples =
        s_meter.CreateCounter<long>("nnfs.training.samples", "{sample}", "The samples trained on.");

    private static readonly Histogram<double> s_stepDuration =
        s_meter.CreateHistogram<double>("nnfs.training.step.duration", "s", "The time that a batch took.");

    /// <summary>Reports a batch.</summary>
    public static void Record(float loss, int samples, TimeSpan duration)
    {
        s_loss.Record(loss);
        s_samples.Add(samples);
        s_stepDuration.Record(duration.TotalSeconds);
    }
}
