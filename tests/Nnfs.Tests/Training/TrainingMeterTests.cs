using System.Diagnostics.Metrics;

namespace Nnfs.Tests.Training;

public class TrainingMeterTests
{
    [Fact]
    public void Meter_reports_loss_samples_and_time_of_each_batch()
    {
        // Other tests train at the same time on other threads; reports are made on the training thread.
        int thread = Environment.CurrentManagedThreadId;
        List<float> losses = [];
        List<long> samples = [];
        List<double> seconds = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Nnfs")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<float>((instrument, value, _, _) => Note(instrument, "nnfs.training.loss", losses, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, "nnfs.training.samples", samples, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, "nnfs.training.step.duration", seconds, value));
        listener.Start();

        Problem problem = new(30);
        List<float> expected = [];
        new SmallNetwork().Train(problem.Features, problem.Labels, new TrainingOptions
        {
            Epochs = 2,
            BatchSize = 12,
            ContinueAfterBatch = report =>
            {
                expected.Add(report.Loss);

                return true;
            },
        });

        Assert.Equal(expected, losses);
        Assert.Equal([12, 12, 6, 12, 12, 6], samples);
        Assert.Equal(6, seconds.Count);
        Assert.All(seconds, static value => Assert.True(value > 0));

        void Note<T>(Instrument instrument, string name, List<T> values, T value)
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                Assert.Equal(name, instrument.Name);
                values.Add(value);
            }
        }
    }
}
