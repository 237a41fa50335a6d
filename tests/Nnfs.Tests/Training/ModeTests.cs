using Nnfs.RandomNumbers;
using Nnfs.Training;

namespace Nnfs.Tests.Training;

/// <summary>Layers that train otherwise than they predict: dropout and batch normalisation.</summary>
public class ModeTests
{
    private static TrainingOptions Options => new() { Epochs = 3, BatchSize = 8, Shuffle = false, Seed = -5, Optimizer = new Adam(0.01f) };

    [Fact]
    public void Train_makes_the_steps_of_a_plain_loop_with_the_seeds_of_epochs_and_batches()
    {
        // 30 samples are batches of 8, 8, 8 and 6. What is measured between the epochs changes nothing.
        Problem problem = new(30);
        MixedNetwork network = new(seed: 7);
        MixedNetwork measured = new(seed: 7);
        MixedNetwork expected = new(seed: 7);
        MixedNetwork.Workspace pass = expected.CreateWorkspace(8);
        Adam optimizer = new(0.01f);

        for (int epoch = 1; epoch <= 3; epoch++)
        {
            for (int batch = 1; batch <= 4; batch++)
            {
                int first = 8 * (batch - 1);
                int count = Math.Min(8, 30 - first);
                pass.DropoutSeed = DropoutSeed(-5, epoch, batch);
                expected.Forward(problem.Features.AsSpan(4 * first, 4 * count), problem.Labels.AsSpan(first, count), pass);
                expected.Backward(problem.Features.AsSpan(4 * first, 4 * count), problem.Labels.AsSpan(first, count), pass);
                optimizer.Step(expected.Parameters, pass.Gradients);
            }
        }

        network.Train(problem.Features, problem.Labels, Options);
        measured.Train(problem.Features, problem.Labels, Options with { Optimizer = new Adam(0.01f), ValidationData = new(problem.Features, problem.Labels) });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
        Numbers.AssertSameBits(expected.Parameters, measured.Parameters, "parameters of the network that was measured");
    }

    [Fact]
    public void Train_with_another_seed_drops_others()
    {
        Problem problem = new(30);
        MixedNetwork first = new(seed: 7);
        MixedNetwork second = new(seed: 7);
        first.Train(problem.Features, problem.Labels, Options);
        second.Train(problem.Features, problem.Labels, Options with { Seed = 6, Optimizer = new Adam(0.01f) });

        Assert.False(first.Parameters.SequenceEqual(second.Parameters));
    }

    [Fact]
    public void Seeds_of_dropout_differ_from_batch_to_batch()
    {
        HashSet<ulong> seeds = [];

        for (int seed = -3; seed < 3; seed++)
        {
            for (int epoch = 1; epoch <= 40; epoch++)
            {
                for (int batch = 1; batch <= 40; batch++)
                {
                    Assert.Equal(DropoutSeed(seed, epoch, batch), SplitMix64.DropoutSeed(seed, epoch, batch));
                    seeds.Add(SplitMix64.DropoutSeed(seed, epoch, batch));
                }
            }
        }

        Assert.Equal(6 * 40 * 40, seeds.Count);
    }

    [Fact]
    public void Validation_and_evaluation_give_the_loss_and_accuracy_of_predictions()
    {
        Problem problem = new(30);
        Problem other = new(300, seed: 2);
        MixedNetwork network = new(seed: 7);
        EpochReport report = network.Train(
            problem.Features, problem.Labels, Options with { ValidationData = new(other.Features, other.Labels) }).Epochs[^1];
        float[] parameters = network.Parameters.ToArray();
        Evaluation evaluation = network.Evaluate(other.Features, other.Labels);

        float[] outputs = new float[300 * 3];
        network.Predict(other.Features, outputs);
        double loss = 0;
        int right = 0;

        for (int i = 0; i < 300; i++)
        {
            float[] p = outputs[(3 * i)..(3 * (i + 1))];
            loss -= Math.Log(p[other.Labels[i]]) / 300;
            right += Array.IndexOf(p, p.Max()) == other.Labels[i] ? 1 : 0;
        }

        // The network has L1 and L2, which the loss of neither contains.
        Assert.InRange(report.RegularizationLoss, 1e-3f, 1f);
        Assert.Equal(loss, report.ValidationLoss!.Value, 1e-5);
        Assert.Equal(loss, evaluation.Loss, 1e-5);
        Assert.Equal(right / 300f, report.ValidationAccuracy);
        Assert.Equal(right / 300f, evaluation.Accuracy);
        Numbers.AssertSameBits(parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Running_averages_are_those_of_every_batch()
    {
        // With a learning rate of 0 the normalisation's inputs stay x·W + b: each batch moves its averages a tenth of the way to its own.
        Problem problem = new(20);
        MixedNetwork network = new(seed: 7);
        double[] mean = [.. network.BatchNorm1.RunningMean.ToArray().Select(static value => (double)value)];
        double[] variance = [.. network.BatchNorm1.RunningVariance.ToArray().Select(static value => (double)value)];
        float[] weights = network.Dense1.Weights.ToArray();

        network.Train(problem.Features, problem.Labels, Options with { Epochs = 2, BatchSize = 12, Optimizer = new Sgd(0f) });

        foreach ((int first, int count) in ((int, int)[])[(0, 12), (12, 8), (0, 12), (12, 8)])
        {
            for (int j = 0; j < 12; j++)
            {
                double[] x = [.. Enumerable.Range(first, count)
                    .Select(i => Enumerable.Range(0, 4).Sum(k => (double)problem.Features[(4 * i) + k] * weights[(12 * k) + j]))];
                double average = x.Average();
                mean[j] += 0.1 * (average - mean[j]);
                variance[j] += 0.1 * ((x.Sum(value => (value - average) * (value - average)) / (count - 1)) - variance[j]);
            }
        }

        Assert.All(network.Dense1.Biases.ToArray(), static bias => Assert.Equal(0f, bias));
        Numbers.AssertClose(mean, network.BatchNorm1.RunningMean, 1e-6, "running means");
        Numbers.AssertClose(variance, network.BatchNorm1.RunningVariance, 1e-6, "running variances");
    }

    [Fact]
    public void Batch_that_fails_leaves_the_running_averages_as_they_were()
    {
        Problem problem = new(32);
        MixedNetwork network = new(seed: 7);
        MixedNetwork expected = new(seed: 7);
        expected.Train(problem.Features, problem.Labels, Options with { ContinueAfterBatch = static report => report.Batch < 2 });
        problem.Features[17 * 4] = float.NaN;

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train(problem.Features, problem.Labels, Options with { Optimizer = new Adam(0.01f) }));

        Assert.Equal((1, 3), (exception.Epoch, exception.Batch));
        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Theory]
    [InlineData("gamma of BatchNorm1")]
    [InlineData("beta of LayerNorm1")]
    public void First_failing_layer_may_be_a_normalisation(string tensor)
    {
        MixedNetwork.Workspace pass = new MixedNetwork().CreateWorkspace(1);
        Assert.Null(FiniteCheck.FirstFailingLayer<MixedNetwork>(pass.Gradients));

        if (tensor.StartsWith("gamma", StringComparison.Ordinal))
        {
            pass.BatchNorm1.Gamma[11] = float.NaN;
        }
        else
        {
            pass.LayerNorm1.Beta[8] = float.PositiveInfinity;
        }

        Assert.Equal(tensor.Split(' ')[^1], FiniteCheck.FirstFailingLayer<MixedNetwork>(pass.Gradients));
    }

    /// <summary>As the documentation has it: the first number of the stream of the batch, of the stream of the epoch.</summary>
    private static ulong DropoutSeed(long seed, int epoch, int batch) =>
        Mix(Mix(Mix(Mix(Mix((ulong)seed) + (ulong)epoch)) + (ulong)batch) + 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;

        return z ^ (z >> 31);
    }
}
