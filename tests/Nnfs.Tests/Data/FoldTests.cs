namespace Nnfs.Tests.Data;

/// <summary>Subsets and folds of data sets, and the weights that go with their samples.</summary>
public class FoldTests
{
    private static readonly int[] s_labels = [0, 1, 0, 2, 0, 1, 0, 0, 1, 2, 0, 0, 1];

    private static Dataset Classes { get; } =
        new Dataset([.. Enumerable.Range(0, s_labels.Length).SelectMany(static i => (float[])[i, 100 + i])], s_labels, 2, 3).WithWeights(Numbers(0.5f));

    private static RegressionDataset Regression { get; } = new RegressionDataset(Numbers(0f), Numbers(1000f), 1, 1).WithWeights(Numbers(0.5f));

    [Fact]
    public void Subset_has_the_named_samples()
    {
        Dataset subset = Classes.Subset(3, 0, 3);
        RegressionDataset ofRegression = Regression.Subset(12, 1);

        Assert.Equal([3f, 103f, 0f, 100f, 3f, 103f], subset.Features.ToArray());
        Assert.Equal([2, 0, 2], subset.Labels.ToArray());
        Assert.Equal([3.5f, 0.5f, 3.5f], subset.Weights.ToArray());
        Assert.Equal((2, 3), (subset.FeatureCount, subset.ClassCount));
        Assert.Equal([12f, 1f], ofRegression.Features.ToArray());
        Assert.Equal([1012f, 1001f], ofRegression.Targets.ToArray());
        Assert.Equal([12.5f, 1.5f], ofRegression.Weights.ToArray());
        Assert.Equal(0, Classes.Subset().Count);
        Assert.StartsWith(
            "Expected samples from 0 to 12, but number 1 of those named is 13.",
            Assert.Throws<ArgumentOutOfRangeException>(static () => Classes.Subset(1, 13)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(static () => Regression.Subset(-1));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(13, true)]
    public void Each_sample_is_the_test_of_one_fold(int count, bool stratify)
    {
        IReadOnlyList<(Dataset Training, Dataset Test)> folds = Classes.Folds(count, seed: 3, stratify);

        Assert.Equal(count, folds.Count);
        Assert.Equal(Numbers(0f), folds.SelectMany(static fold => Samples(fold.Test)).Order());
        Assert.All(folds, static fold => Assert.Equal(Numbers(0f), Samples(fold.Test).Concat(Samples(fold.Training)).Order()));
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, s_labels.Length / count, (s_labels.Length / count) + 1));
        Assert.All(folds, static fold => Assert.Equal([.. Samples(fold.Test).Select(static sample => sample + 0.5f)], fold.Test.Weights.ToArray()));
        Assert.Equal(folds.Select(static fold => Samples(fold.Test)), Classes.Folds(count, seed: 3, stratify).Select(static fold => Samples(fold.Test)));
        Assert.NotEqual(folds.Select(static fold => Samples(fold.Test)), Classes.Folds(count, seed: 4, stratify).Select(static fold => Samples(fold.Test)));

        if (stratify)
        {
            for (int label = 0; label < 3; label++)
            {
                int[] counts = [.. folds.Select(fold => fold.Test.Labels.Count(label))];
                Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            }
        }
    }

    [Fact]
    public void A_regression_has_folds_too()
    {
        IReadOnlyList<(RegressionDataset Training, RegressionDataset Test)> folds = Regression.Folds(5);

        Assert.Equal(Numbers(0f), folds.SelectMany(static fold => fold.Test.Features.ToArray()).Order());
        Assert.All(folds, static fold => Assert.Equal(13, fold.Training.Count + fold.Test.Count));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Regression.Folds(1));
        Assert.StartsWith(
            "Expected from 2 to 13 parts, one for each sample, but they are 14.",
            Assert.Throws<ArgumentOutOfRangeException>(static () => Classes.Folds(14)).Message);
    }

    [Fact]
    public void Weights_go_with_splits_and_standardized_copies()
    {
        (Dataset training, Dataset test) = Classes.Split(0.4);
        Assert.Equal([.. Samples(test).Select(static sample => sample + 0.5f)], test.Weights.ToArray());
        Assert.Equal([.. Samples(training).Select(static sample => sample + 0.5f)], training.Weights.ToArray());
        Assert.Equal(Classes.Weights.ToArray(), Classes.Standardize(out _).Weights.ToArray());
        Assert.Equal(Regression.Weights.ToArray(), Regression.Standardize(out _).Weights.ToArray());
        Assert.True(Classes.WithWeights([]).Weights.IsEmpty);
    }

    private static float[] Samples(Dataset dataset) => [.. dataset.Features.ToArray().Chunk(2).Select(static features => features[0])];

    private static float[] Numbers(float first) => [.. Enumerable.Range(0, s_labels.Length).Select(i => first + i)];
}
