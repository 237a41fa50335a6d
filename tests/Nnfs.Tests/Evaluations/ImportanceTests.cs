using Nnfs.Data;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Evaluations;

/// <summary>What a network loses without a feature.</summary>
public class ImportanceTests
{
    [Fact]
    public void Importance_is_what_permuted_features_cost()
    {
        Problem problem = new(50);
        SmallNetwork network = new(seed: 7);
        network.Train(problem.Features, problem.Labels, new TrainingOptions { Epochs = 5, BatchSize = 10 }, TestContext.Current.CancellationToken);
        Dataset dataset = new(problem.Features, problem.Labels, 4, 3);
        FeatureGroup[] groups = [new("first", 0), new("others", 1, 3)];
        FeatureImportances importances = network.PermutationImportance(dataset, repeats: 3, seed: 2, groups);
        (double loss, double accuracy) = Measure(network, problem.Features, problem.Labels);
        NumpyRandom random = new(2);
        int[] order = [.. Enumerable.Range(0, 50)];

        foreach ((int g, int[] columns) in (ReadOnlySpan<(int, int[])>)[(0, [0]), (1, [1, 3])])
        {
            double[] rises = new double[3];
            double[] drops = new double[3];

            for (int repeat = 0; repeat < 3; repeat++)
            {
                Permutation.Shuffle(order, random);
                float[] changed = [.. problem.Features];

                for (int i = 0; i < 50; i++)
                {
                    Array.ForEach(columns, column => changed[(i * 4) + column] = problem.Features[(order[i] * 4) + column]);
                }

                (double changedLoss, double changedAccuracy) = Measure(network, changed, problem.Labels);
                rises[repeat] = changedLoss - loss;
                drops[repeat] = accuracy - changedAccuracy;
            }

            // With n in the denominator, as scikit-learn's are.
            FeatureImportance importance = importances.Features[g];
            Assert.Equal(groups[g].Name, importance.Name);
            Assert.Equal(rises.Average(), importance.LossRise.Mean, 1e-6);
            Assert.Equal(Math.Sqrt(rises.Average(rise => Math.Pow(rise - rises.Average(), 2))), importance.LossRise.StandardDeviation, 1e-6);
            Assert.Equal(drops.Average(), importance.AccuracyDrop.Mean, 1e-6);
            Assert.Equal(Math.Sqrt(drops.Average(drop => Math.Pow(drop - drops.Average(), 2))), importance.AccuracyDrop.StandardDeviation, 1e-6);
        }
    }

    [Fact]
    public void A_feature_that_nothing_depends_on_costs_nothing()
    {
        // The labels depend on the first three features alone, and now the network does so too.
        Problem problem = new(200);
        SmallNetwork network = new(seed: 7);
        network.Train(problem.Features, problem.Labels, new TrainingOptions { Epochs = 30 }, TestContext.Current.CancellationToken);

        for (int neuron = 0; neuron < network.Dense1.Weights.Lengths[1]; neuron++)
        {
            network.Dense1.Weights[3, neuron] = 0f;
        }

        FeatureImportances importances = network.PermutationImportance(new Dataset(problem.Features, problem.Labels, 4, 3));
        string[] lines = importances.ToString().Split('\n');

        Assert.Equal(new FeatureImportance("3", new(0, 0), new(0, 0)), importances.Features[3]);
        Assert.All(importances.Features.Take(3), static feature => Assert.True(feature.LossRise.Mean > 0.01 && feature.AccuracyDrop.Mean > 0));
        Assert.Equal("feature  loss rises by      accuracy falls by", lines[0]);
        Assert.Equal("3        0.0000 ± 0.0000    0.0000 ± 0.0000", lines[4]);
    }

    [Fact]
    public void A_regression_has_importances_too()
    {
        float[] features = Numbers.Gaussians(2 * 60, seed: 3);
        FeatureImportances importances = new IdentityNetwork().PermutationImportance(new RegressionDataset(features, features, 2, 2), repeats: 10);

        // The mean of (x − x')² for independent x and x' is twice their variance; of two outputs one is off.
        Assert.All(importances.Features, static feature => Assert.InRange(feature.LossRise.Mean, 0.5, 1.6));
        Assert.All(importances.Features, static feature => Assert.InRange(feature.AccuracyDrop.Mean, 0.4, 0.5));
    }

    [Fact]
    public void Groups_and_repeats_are_checked()
    {
        IdentityNetwork network = new();
        RegressionDataset dataset = new([1, 2], [1, 2], 2, 2);

        Assert.Contains(
            "Expected features from 0 to 1, but the group 'far' has 2.",
            Assert.Throws<ArgumentOutOfRangeException>(() => network.PermutationImportance(dataset, groups: [new("far", 2)])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.PermutationImportance(dataset, repeats: 0));
        Assert.Throws<ArgumentException>(static () => new FeatureGroup("none"));
    }

    private static (double Loss, double Accuracy) Measure(SmallNetwork network, float[] features, int[] labels)
    {
        float[] outputs = new float[labels.Length * 3];
        network.Predict(features, outputs);

        return (
            labels.Select((label, i) => -Math.Log(outputs[(i * 3) + label])).Average(),
            labels.Select((label, i) => outputs.AsSpan(i * 3, 3).IndexOf(outputs[(i * 3)..((i * 3) + 3)].Max()) == label ? 1.0 : 0.0).Average());
    }
}
