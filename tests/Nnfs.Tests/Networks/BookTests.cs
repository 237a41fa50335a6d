using System.Globalization;
using System.Text.Json;
using Book;

namespace Nnfs.Tests.Networks;

/// <summary>
/// The networks of the book's later chapters, against NumPy by the book's formulas from the same weights and data. In float32 two trainings drift
/// apart, slowly at first: so early losses are compared closely, and later ones in bands.
/// </summary>
public sealed class BookTests
{
    [Fact]
    public void Spiral_with_L2_learns_as_in_NumPy()
    {
        TrainingHistory history = Result.SpiralWithL2(epochs: 301).History;

        AssertFirstLosses("spiral_with_l2", history);
        AssertReached("spiral_with_l2", history, epoch: 100, lossBand: 0.02, accuracyBand: 0.02);
        AssertReached("spiral_with_l2", history, epoch: 300, lossBand: 0.05, accuracyBand: 0.05);
    }

    /// <summary>The masks are others than NumPy's, which changes every loss: the first one little, since the weights are small.</summary>
    [Fact]
    public void Spiral_with_dropout_learns_as_in_NumPy()
    {
        TrainingHistory history = Result.SpiralWithDropout(epochs: 101).History;

        AssertReached("spiral_with_dropout", history, epoch: 0, lossBand: 1e-4, accuracyBand: 0.1);
        AssertReached("spiral_with_dropout", history, epoch: 100, lossBand: 0.1, accuracyBand: 0.1);
    }

    [Fact]
    public void Binary_spiral_learns_as_in_NumPy()
    {
        TrainingHistory history = Result.BinarySpiral(epochs: 1001).History;

        AssertFirstLosses("binary_spiral", history);
        AssertReached("binary_spiral", history, epoch: 100, lossBand: 1e-4, accuracyBand: 0.01);
        AssertReached("binary_spiral", history, epoch: 300, lossBand: 0.01, accuracyBand: 0.02);
        AssertReached("binary_spiral", history, epoch: 1000, lossBand: 0.05, accuracyBand: 0.05);
    }

    [Fact]
    public void Sine_is_learned_as_in_NumPy()
    {
        TrainingHistory history = Result.Sine(epochs: 301).History;

        AssertFirstLosses("sine", history);
        AssertReached("sine", history, epoch: 100, lossBand: 0.01, accuracyBand: 0.01);
        AssertReached("sine", history, epoch: 300, lossBand: 0.5, accuracyBand: 0.2);
    }

    /// <summary>
    /// Float32 holds a loss to 6e-8, and ten steps add little to that. What regularisation adds is less sure: the first steps of Adam are of the same
    /// length for any gradient, so that the roundings of tiny ones show in the weights, and more so without fused multiply-add.
    /// </summary>
    private static void AssertFirstLosses(string name, TrainingHistory history)
    {
        const double LossTolerance = 1e-6;
        const double RegularizationTolerance = 1e-5;

        for (int epoch = 0; epoch < 10; epoch++)
        {
            JsonElement expected = At(name, epoch);
            EpochReport actual = history.Epochs[epoch];

            AssertClose(expected.GetProperty("loss").GetDouble(), actual.Loss, LossTolerance, $"loss {epoch}");
            AssertClose(expected.GetProperty("regularization_loss").GetDouble(), actual.RegularizationLoss, RegularizationTolerance, $"regularisation {epoch}");
        }
    }

    /// <summary>The bands are a share of the loss, and a difference of accuracies.</summary>
    private static void AssertReached(string name, TrainingHistory history, int epoch, double lossBand, double accuracyBand)
    {
        JsonElement expected = At(name, epoch);

        AssertClose(expected.GetProperty("loss").GetDouble(), history.Epochs[epoch].Loss, lossBand, $"loss {epoch}");
        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), history.Epochs[epoch].Accuracy, accuracyBand);
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{what}: {actual}, but NumPy has {expected}");

    private static JsonElement At(string name, int epoch) =>
        GoldenData.Book.GetProperty(name).GetProperty("epochs").GetProperty(epoch.ToString(CultureInfo.InvariantCulture));
}
