namespace Nnfs.Tests.Training;

/// <summary>The range test of learning rates.</summary>
public class LearningRateTestTests
{
    [Fact]
    public void Losses_are_those_of_a_loop_whose_rate_rises()
    {
        Problem problem = new(24);
        Dataset dataset = new(problem.Features, problem.Labels, 4, 3);
        SmallNetwork network = new(seed: 7);
        LearningRateRange range = network.FindLearningRate(
            dataset, new TrainingOptions { Shuffle = false, BatchSize = 8, Optimizer = new Sgd(0.3f) }, lowest: 0.001f, highest: 0.1f, steps: 7);

        SmallNetwork loop = new(seed: 7);
        SmallNetwork.Workspace pass = loop.CreateWorkspace(8);
        double mean = 0;

        for (int i = 0; i < 7; i++)
        {
            float rate = (float)(0.001 * Math.Pow(100, i / 6.0));
            int first = i % 3 * 8;
            float loss = loop.ForwardBackward(problem.Features.AsSpan(first * 4, 32), problem.Labels.AsSpan(first, 8), pass);
            mean = (0.9 * mean) + (0.1 * loss);
            new Sgd(rate).Step(loop.Parameters, pass.Gradients);

            Assert.Equal(rate, range.Points[i].LearningRate, rate * 1e-6f);
            Assert.Equal(loss, range.Points[i].Loss, 1e-5f);
            Assert.Equal(mean / (1 - Math.Pow(0.9, i + 1)), range.Points[i].SmoothedLoss, 1e-5);
        }

        Assert.Equal(7, range.Points.Count);
        Assert.Equal(new SmallNetwork(seed: 7).Parameters.ToArray(), network.Parameters.ToArray());
    }

    [Fact]
    public void It_ends_where_the_loss_explodes_and_leaves_the_network_as_it_was()
    {
        RegressionDataset dataset = Datasets.Sine(samples: 64);
        SineNetwork network = new(seed: 3);
        float[] before = network.Parameters.ToArray();
        Sgd sgd = new(0.01f);
        LearningRateRange range = network.FindLearningRate(dataset, new TrainingOptions { Optimizer = sgd }, lowest: 1e-4f, highest: 1e4f, steps: 200);

        Assert.InRange(range.Points.Count, 20, 199);
        Assert.InRange(range.Suggestion!.Value, 1e-4f, range.Points[^1].LearningRate);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal((0.01f, 0L), (sgd.LearningRate, (long)sgd.Steps));
    }

    [Fact]
    public void Suggestion_is_where_the_loss_falls_fastest()
    {
        float[] losses = [1f, 0.99f, 0.9f, 0.6f, 0.5f, 0.45f, 0.9f, 0.1f, 2f];

        Assert.Equal(0.3f, LearningRateRange.Steepest(Points(losses[..7])));
        Assert.Null(LearningRateRange.Steepest(Points(1f, 2f, 3f)));
        Assert.Null(LearningRateRange.Steepest([]));
        Assert.Equal("learning_rate,loss,smoothed_loss\n0,1,1\n0.1,0.5,0.5\n", new LearningRateRange(Points(1f, 0.5f)).ToCsv());

        static LearningRatePoint[] Points(params float[] losses) => [.. losses.Select(static (loss, i) => new LearningRatePoint(i / 10f, loss, loss))];
    }

    [Fact]
    public void One_lucky_batch_is_no_fall()
    {
        // The second batch has the least loss; a real fall lies around step 60, and the loss explodes in the end.
        float[] losses = [.. Enumerable.Range(0, 100).Select(static i =>
            (i == 1 ? 0.1f : 1f) - (0.4f / (1 + MathF.Exp((60 - i) / 4f))) + (0.1f * Math.Max(0, i - 85)))];
        float[] noisy = [.. losses.Select(static (loss, i) => loss + (0.03f * MathF.Sin(i * 2.5f)))];

        Assert.Equal(6f, LearningRateRange.Steepest(Points(losses)));
        Assert.InRange(LearningRateRange.Steepest(Points(noisy))!.Value, 5.8f, 6.2f);

        static LearningRatePoint[] Points(float[] losses) => [.. losses.Select(static (loss, i) => new LearningRatePoint(i / 10f, loss, loss))];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Suggestion_for_small_noisy_batches_is_one_that_trains(int seed)
    {
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, new NumpyRandom(seed));
        LearningRateRange range = new SmallSpiralNetwork(seed).FindLearningRate(spiral, new TrainingOptions { BatchSize = 32, Seed = seed });

        Assert.InRange(range.Suggestion!.Value, 0.003f, 0.06f);
    }

    [Fact]
    public void Rates_and_steps_out_of_range_are_refused()
    {
        SineNetwork network = new(seed: 3);
        RegressionDataset dataset = Datasets.Sine(samples: 8);

        Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(dataset, lowest: 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(dataset, lowest: 0.1f, highest: 0.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.FindLearningRate(dataset, steps: 1));
    }
}
