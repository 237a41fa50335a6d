using System.Globalization;

namespace Nnfs.Tests.Training;

public class TrainingHistoryTests
{
    [Fact]
    public void ToCsv_writes_numbers_that_read_back_the_same_in_any_culture()
    {
        EpochReport[] epochs =
        [
            new(1, 1.25f, 0.25f, 0.5f, 0.1f, 0.333333343f, 0.001f, TimeSpan.FromSeconds(2.5)),
            new(2, 1e-20f, 0f, 1f, null, null, 1f / 3, TimeSpan.Zero),
        ];
        TrainingHistory history = new(epochs, StopReason.Completed, bestEpoch: 1, TimeSpan.FromSeconds(3));
        CultureInfo culture = CultureInfo.CurrentCulture;

        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal(
                """
                epoch,loss,regularization_loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds
                1,1.25,0.25,0.5,0.1,0.33333334,0.001,2.5
                2,1E-20,0,1,,,0.33333334,0

                """,
                history.ToCsv());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Equal(epochs, history.Epochs);
        Assert.Equal(1f, epochs[0].DataLoss);
        Assert.Equal((StopReason.Completed, 1, TimeSpan.FromSeconds(3)), (history.StopReason, history.BestEpoch, history.Duration));
    }

    [Fact]
    public void Durations_are_within_that_of_the_training()
    {
        Problem problem = new(64);
        TrainingHistory history = new SmallNetwork().Train(problem.Features, problem.Labels, new TrainingOptions { Epochs = 3 });

        Assert.All(history.Epochs, static epoch => Assert.True(epoch.Duration > TimeSpan.Zero));
        Assert.True(history.Epochs.Sum(static epoch => epoch.Duration.Ticks) <= history.Duration.Ticks);
    }
}
