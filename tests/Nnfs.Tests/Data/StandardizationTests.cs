using System.Text.Json;

namespace Nnfs.Tests;

public class StandardizationTests
{
    [Fact]
    public void Of_data_agrees_with_NumPy()
    {
        JsonElement golden = GoldenData.Datasets.GetProperty("vertical");
        Standardization standardization = Standardization.Of(golden.GetProperty("x").Floats(), featureCount: 2);

        // Sums of 30 float64 numbers, in another order than NumPy's.
        Assert.All(golden.GetProperty("means").Doubles().Zip(standardization.Means), static pair => Assert.Equal(pair.First, pair.Second, 1e-15));
        Assert.All(
            golden.GetProperty("standard_deviations").Doubles().Zip(standardization.StandardDeviations),
            static pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void Apply_gives_mean_0_and_deviation_1()
    {
        Dataset dataset = new([1f, 100f, 2f, 300f, 3f, 200f, 6f, 1000f], [0, 1, 0, 1], featureCount: 2, classCount: 2);

        Dataset standardized = Standardization.Of(dataset).Apply(dataset);

        Assert.Equal([0, 1, 0, 1], standardized.Labels.ToArray());

        for (int feature = 0; feature < 2; feature++)
        {
            double[] values = [.. Enumerable.Range(0, 4).Select(i => (double)standardized.GetSample(i)[feature])];
            Assert.Equal(0, values.Average(), 1e-7);
            Assert.Equal(1, values.Average(static value => value * value), 1e-6);
        }

        // (1 − 3) / √3.5
        Assert.Equal(-1.0690449676, standardized.Features[0], 1e-7);
    }

    [Fact]
    public void Standardize_gives_the_copy_and_what_was_measured()
    {
        // Means 2 and 5, deviations 1 and 3.
        Dataset standardized = new Dataset([1f, 2f, 3f, 8f], [0, 1], featureCount: 2, classCount: 2).Standardize(out Standardization measured);
        RegressionDataset regression = new RegressionDataset([1f, 2f, 3f, 8f], [7f, 9f], featureCount: 2, targetCount: 1).Standardize(out Standardization same);

        Assert.Equal([-1f, -1f, 1f, 1f], standardized.Features);
        Assert.Equal([0, 1], standardized.Labels);
        Assert.Equal([-1f, -1f, 1f, 1f], regression.Features);
        Assert.Equal([7f, 9f], regression.Targets);
        Assert.All([measured, same], static standardization =>
        {
            Assert.Equal([2.0, 5.0], standardization.Means);
            Assert.Equal([1.0, 3.0], standardization.StandardDeviations);
        });

        Assert.Throws<InvalidOperationException>(static () => new Dataset([], [], 2, 2).Standardize(out _));
        Assert.Throws<InvalidOperationException>(static () => new RegressionDataset([], [], 2, 1).Standardize(out _));
    }

    [Fact]
    public void Apply_to_new_data_uses_what_was_measured()
    {
        Standardization measured = Standardization.Of([1f, 3f], featureCount: 1);
        Standardization kept = new(measured.Means, measured.StandardDeviations);
        float[] features = [5f, 2f];

        kept.Apply(features);
        RegressionDataset regression = kept.Apply(new RegressionDataset([5f], [7f], 1, 1));

        // Mean 2, deviation 1.
        Assert.Equal([3f, 0f], features);
        Assert.Equal(3f, regression.Features[0]);
        Assert.Equal(7f, regression.Targets[0]);
    }

    [Fact]
    public void Apply_to_a_feature_that_is_always_the_same_gives_0()
    {
        Standardization standardization = Standardization.Of([0.1f, 1f, 0.1f, 2f, 0.1f, 3f], featureCount: 2);
        float[] features = [0.1f, 2f, 0.6f, 2f];

        standardization.Apply(features);

        Assert.Equal(0, standardization.StandardDeviations[0]);
        Assert.Equal([0f, 0f, 0.5f, 0f], features);
    }

    [Fact]
    public void Of_large_numbers_keeps_the_digits_of_the_deviation()
    {
        // The mean of the squares minus the square of the mean would lose them all.
        Standardization standardization = Standardization.Of([1e7f, 1e7f + 1, 1e7f + 2], featureCount: 1);

        Assert.Equal(Math.Sqrt(2.0 / 3), standardization.StandardDeviations[0], 1e-15);
    }

    [Fact]
    public void Standardization_of_what_does_not_fit_throws()
    {
        Standardization two = new([0, 0], [1, 1]);

        Assert.Throws<ArgumentException>("features", static () => Standardization.Of([], 1));
        Assert.Throws<ArgumentException>("features", static () => Standardization.Of(new float[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>("featureCount", static () => Standardization.Of(new float[3], 0));
        Assert.Throws<ArgumentException>("means", static () => new Standardization([], []));
        Assert.Throws<ArgumentException>("standardDeviations", static () => new Standardization([1], [1, 2]));
        Assert.Throws<ArgumentException>("standardDeviations", static () => new Standardization([1], default));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviations", static () => new Standardization([1], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviations", static () => new Standardization([1], [double.NaN]));
        Assert.Throws<ArgumentException>("features", () => two.Apply(new float[3]));
        Assert.Throws<ArgumentException>("dataset", () => two.Apply(Datasets.Sine(3)));
        Assert.Throws<ArgumentNullException>("dataset", () => two.Apply((Dataset)null!));
    }
}
