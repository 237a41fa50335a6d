namespace Nnfs.Tests.Training;

/// <summary>The loss with and without what L1 and L2 on weights and biases add.</summary>
public class RegularizationLossTests
{
    private static TrainingOptions InOrder => new() { Shuffle = false, Epochs = 1, BatchSize = 20, Optimizer = new Sgd(0.1f) };

    [Fact]
    public void Reports_tell_the_loss_with_and_without_regularisation()
    {
        // 30 samples are batches of 20 and 10; the second is measured after the first step.
        Problem problem = new(30);
        PenalizedNetwork network = WithBiases();
        List<BatchReport> batches = [];
        List<double> penalties = [Penalty(network)];
        List<double> losses = [Loss(network, problem.Features.AsSpan(0, 80), problem.Labels.AsSpan(0, 20))];
        EpochReport epoch = network.Train(problem.Features, problem.Labels, InOrder with
        {
            ContinueAfterBatch = report =>
            {
                batches.Add(report);
                penalties.Add(Penalty(network));
                losses.Add(report.Batch == 1 ? Loss(network, problem.Features.AsSpan(80), problem.Labels.AsSpan(20)) : 0);

                return true;
            },
        }).Epochs[0];

        for (int i = 0; i < 2; i++)
        {
            Assert.InRange(penalties[i], 0.5, 10);
            Assert.Equal(penalties[i], batches[i].RegularizationLoss, 1e-5);
            Assert.Equal(losses[i], batches[i].DataLoss, 1e-5);
            Assert.Equal(losses[i] + penalties[i], batches[i].Loss, 1e-5);
        }

        // The first batch counts twice: it has twice as many samples.
        Assert.NotEqual(penalties[0], penalties[1], 1e-2);
        Assert.Equal(((2 * penalties[0]) + penalties[1]) / 3, epoch.RegularizationLoss, 1e-5);
        Assert.Equal(((2 * losses[0]) + losses[1]) / 3, epoch.DataLoss, 1e-5);
        Assert.Equal(((2 * (losses[0] + penalties[0])) + losses[1] + penalties[1]) / 3, epoch.Loss, 1e-5);
    }

    [Fact]
    public void Validation_and_evaluation_tell_the_loss_of_the_data_alone()
    {
        Problem problem = new(30);
        PenalizedNetwork network = WithBiases();
        EpochReport report = network.Train(problem.Features, problem.Labels, InOrder with { ValidationSplit = 0.2f }).Epochs[0];

        Assert.Equal(Loss(network, problem.Features.AsSpan(96), problem.Labels.AsSpan(24)), report.ValidationLoss!.Value, 1e-5);
        Assert.Equal(Loss(network, problem.Features, problem.Labels), network.Evaluate(problem.Features, problem.Labels).Loss, 1e-5);
    }

    [Fact]
    public void Early_stopping_waits_for_the_validation_loss_without_regularisation()
    {
        // Samples of zeros, as many of each class, teach weights nothing: L1 and L2 shrink them. The network is asked for what it told at first, and tells
        // it less and less surely.
        Problem problem = new(30);
        PenalizedNetwork network = new(seed: 7);

        foreach (ref float parameter in network.Parameters)
        {
            parameter *= 3f;
        }

        int[] told = [.. Enumerable.Range(0, 30).Select(i => network.Classify(problem.Features.AsSpan(4 * i, 4)))];
        int[] classes = [.. Enumerable.Range(0, 30).Select(static i => i % 3)];
        IReadOnlyList<EpochReport> epochs = network.Train(new float[120], classes, InOrder with
        {
            Epochs = 20,
            BatchSize = 0,
            ValidationData = new(problem.Features, told),
            EarlyStopping = new() { Patience = 1 },
        }).Epochs;

        Assert.Equal(2, epochs.Count);
        Assert.True(epochs[1].ValidationLoss > epochs[0].ValidationLoss);
        Assert.True(epochs[1].ValidationLoss + epochs[1].RegularizationLoss < epochs[0].ValidationLoss + epochs[0].RegularizationLoss);
    }

    [Fact]
    public void Regularisation_that_overflows_though_all_gradients_are_finite_is_named()
    {
        // 5e-2 · (1e20)² is not a float32, but its gradient 1e-1 · 1e20 is one. Hidden values are 0, so that no logit is larger than the other.
        PenalizedNetwork network = new();
        network.Parameters.Clear();
        network.Dense2.Weights[0, 0] = 1e20f;

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train([1f, 1f, 1f, 1f], (int[])[0], new TrainingOptions()));

        Assert.Equal((1, 1, "RegularizationLoss"), (exception.Epoch, exception.Batch, exception.Layer));
        Assert.Contains("all gradients are finite", exception.Message, StringComparison.Ordinal);
    }

    private static PenalizedNetwork WithBiases()
    {
        PenalizedNetwork network = new(seed: 7);
        Numbers.Gaussians(9, seed: 8).CopyTo(network.Dense1.Biases);
        Numbers.Gaussians(3, seed: 9).CopyTo(network.Dense2.Biases);

        return network;
    }

    /// <summary>The sum over the layers of <c>λ₁·Σ|w| + λ₂·Σw²</c>, in float64.</summary>
    private static double Penalty(PenalizedNetwork network) =>
        Of(network.Dense1.Weights.ToArray(), 1e-2, 2e-2) + Of(network.Dense1.Biases.ToArray(), 3e-2, 4e-2) + Of(network.Dense2.Weights.ToArray(), 0, 5e-2);

    private static double Of(float[] values, double l1, double l2) => values.Sum(value => (l1 * Math.Abs((double)value)) + (l2 * value * value));

    /// <summary>The mean of −log p over the samples, in float64.</summary>
    private static double Loss(PenalizedNetwork network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        float[] outputs = new float[labels.Length * 3];
        network.Predict(features, outputs);
        double sum = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            sum -= Math.Log(outputs[(3 * i) + labels[i]]);
        }

        return sum / labels.Length;
    }
}
