using System.Text.Json;
using Nnfs.Data;

namespace Nnfs.Tests;

public class SplitTests
{
    [Fact]
    public void Shuffle_is_NumPys_permutation()
    {
        JsonElement golden = GoldenData.Datasets.GetProperty("permutation");
        NumpyRandom random = new(golden.GetProperty("seed").GetInt32());
        int[] values = [.. Enumerable.Range(0, golden.GetProperty("count").GetInt32())];

        Permutation.Shuffle(values, random);

        Assert.Equal(golden.GetProperty("values").Integers(), values);
        Assert.Equal(golden.GetProperty("next_random_sample").GetDouble(), random.NextDouble());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Split_has_every_sample_once_with_its_label(bool stratify)
    {
        Dataset dataset = Numbered(counts: [30, 11, 1, 0]);

        (Dataset training, Dataset test) = dataset.Split(0.3, seed: 5, stratify);

        // Each sample's feature is its number, and its second one its label.
        Assert.Equal(
            Enumerable.Range(0, 42).Select(static i => (float)i), Samples(training).Concat(Samples(test)).Select(static sample => sample.Number).Order());
        Assert.All(Samples(training).Concat(Samples(test)), static sample => Assert.Equal(sample.Label, sample.Expected));
        Assert.Equal(4, test.ClassCount);
        Assert.Equal(2, training.FeatureCount);
        Assert.NotEqual(Samples(training).Select(static sample => sample.Number).Order(), Samples(training).Select(static sample => sample.Number));
    }

    [Fact]
    public void Split_stratified_takes_the_share_of_every_class()
    {
        (Dataset training, Dataset test) = Numbered(counts: [30, 11, 1, 0]).Split(0.3, seed: 5);

        // 9, 3.3 and 0.3 samples.
        Assert.Equal([9, 3, 0, 0], Counts(test));
        Assert.Equal([21, 8, 1, 0], Counts(training));
    }

    [Fact]
    public void Split_not_stratified_takes_the_share_of_all()
    {
        (Dataset training, Dataset test) = Numbered(counts: [30, 11, 1, 0]).Split(0.3, seed: 5, stratify: false);

        // 12.6 samples.
        Assert.Equal(13, test.Count);
        Assert.Equal(29, training.Count);
    }

    [Fact]
    public void Split_of_the_same_seed_is_the_same_and_of_another_is_not()
    {
        Dataset dataset = Numbered(counts: [50, 50]);

        Assert.Equal(dataset.Split(0.5, seed: 1).Test.Features.ToArray(), dataset.Split(0.5, seed: 1).Test.Features.ToArray());
        Assert.NotEqual(dataset.Split(0.5, seed: 1).Test.Features.ToArray(), dataset.Split(0.5, seed: 2).Test.Features.ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 20)]
    public void Split_of_nothing_or_all_is_legal(double fraction, int tests)
    {
        (Dataset training, Dataset test) = Numbered(counts: [12, 8]).Split(fraction);

        Assert.Equal(tests, test.Count);
        Assert.Equal(20 - tests, training.Count);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Split_of_an_impossible_share_throws(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>("testFraction", () => Numbered(counts: [2]).Split(fraction));
        Assert.Throws<ArgumentOutOfRangeException>("testFraction", () => Numbered(counts: [2]).Split(fraction, stratify: false));
        Assert.Throws<ArgumentOutOfRangeException>("testFraction", () => Datasets.Sine(10).Split(fraction));
    }

    [Fact]
    public void Split_of_a_regression_keeps_features_and_targets_together()
    {
        RegressionDataset dataset = new(
            [.. Enumerable.Range(0, 20).Select(static i => (float)i)],
            [.. Enumerable.Range(0, 40).Select(static i => i / 2 * 10f)],
            featureCount: 1,
            targetCount: 2);

        (RegressionDataset training, RegressionDataset test) = dataset.Split(0.25, seed: 3);

        Assert.Equal(15, training.Count);
        Assert.Equal(5, test.Count);
        Assert.Equal(dataset.Features.ToArray(), ((float[])[.. training.Features, .. test.Features]).Order());

        for (int i = 0; i < training.Count; i++)
        {
            Assert.Equal([10 * training.GetSample(i)[0], 10 * training.GetSample(i)[0]], training.GetTarget(i).ToArray());
        }
    }

    [Fact]
    public void GetSample_gives_a_row_and_throws_where_there_is_none()
    {
        Dataset dataset = new([1f, 2f, 3f, 4f], [0, 1], featureCount: 2, classCount: 2);
        RegressionDataset regression = new([1f, 2f], [3f, 4f, 5f, 6f], featureCount: 1, targetCount: 2);

        Assert.Equal([3f, 4f], dataset.GetSample(1).ToArray());
        Assert.Equal([2f], regression.GetSample(1).ToArray());
        Assert.Equal([5f, 6f], regression.GetTarget(1).ToArray());

        foreach (int sample in (int[])[-1, 2])
        {
            Assert.Throws<ArgumentOutOfRangeException>("sample", () => dataset.GetSample(sample).Length);
            Assert.Throws<ArgumentOutOfRangeException>("sample", () => regression.GetSample(sample).Length);
            Assert.Throws<ArgumentOutOfRangeException>("sample", () => regression.GetTarget(sample).Length);
        }
    }

    [Fact]
    public void RegressionDataset_of_numbers_that_do_not_fit_throws()
    {
        Assert.Throws<ArgumentNullException>("features", static () => new RegressionDataset(null!, [], 1, 1));
        Assert.Throws<ArgumentNullException>("targets", static () => new RegressionDataset([], null!, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("featureCount", static () => new RegressionDataset([], [], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("targetCount", static () => new RegressionDataset([], [], 1, 0));
        Assert.Throws<ArgumentException>("features", static () => new RegressionDataset(new float[5], new float[2], 2, 1));
        Assert.Throws<ArgumentException>("targets", static () => new RegressionDataset(new float[6], new float[2], 2, 1));
    }

    /// <summary>Samples of two features: a number of their own, and their label.</summary>
    private static Dataset Numbered(int[] counts)
    {
        int[] labels = [.. counts.SelectMany(static (count, label) => Enumerable.Repeat(label, count))];

        return new Dataset([.. labels.SelectMany(static (label, i) => (float[])[i, label])], labels, featureCount: 2, counts.Length);
    }

    private static List<(float Number, float Label, float Expected)> Samples(Dataset dataset)
    {
        List<(float, float, float)> samples = [];

        for (int i = 0; i < dataset.Count; i++)
        {
            samples.Add((dataset.GetSample(i)[0], dataset.GetSample(i)[1], dataset.Labels[i]));
        }

        return samples;
    }

    private static int[] Counts(Dataset dataset)
    {
        int[] counts = new int[dataset.ClassCount];

        foreach (int label in dataset.Labels)
        {
            counts[label]++;
        }

        return counts;
    }
}
