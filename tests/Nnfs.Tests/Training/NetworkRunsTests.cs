namespace Nnfs.Tests.Training;

/// <summary>Cross-validation and repeated trainings against the same loops written out.</summary>
public class NetworkRunsTests
{
    private static TrainingOptions Options => new() { Epochs = 4, BatchSize = 16, Optimizer = new Adam(0.01f) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_validation_trains_a_new_network_for_each_fold(bool standardize)
    {
        Dataset dataset = Classes(70);
        TrainingRuns<Evaluation> runs = new SmallNetwork(seed: 99).CrossValidate(dataset, folds: 3, Options, seed: 5, standardize: standardize);
        int number = 0;

        foreach ((Dataset training, Dataset test) in dataset.Folds(3, seed: 5))
        {
            Standardization measured = Standardization.Of(training);
            SmallNetwork network = new(seed: 5 + number);
            network.Train(standardize ? measured.Apply(training) : training, Options);
            Evaluation expected = network.Evaluate(standardize ? measured.Apply(test) : test);

            Assert.Equal((number, expected.ToString()), (runs.Runs[number].Number, runs.Runs[number].Evaluation.ToString()));
            Assert.Equal(4, runs.Runs[number].History.Epochs.Count);
            number++;
        }

        Assert.Equal(3, runs.Runs.Count);
    }

    [Fact]
    public void Cross_validation_of_a_regression_counts_as_its_training_does()
    {
        RegressionDataset dataset = new(Numbers.Gaussians(40 * 4, seed: 1), Numbers.Gaussians(40 * 2, seed: 2), 4, 2);
        TrainingRuns<RegressionEvaluation> runs = new CurveNetwork(seed: 1).CrossValidate(dataset, folds: 4, Options);
        (RegressionDataset training, RegressionDataset test) = dataset.Folds(4)[2];
        CurveNetwork network = new(seed: 2);
        network.Train(training, Options);

        Assert.Equal(
            network.Evaluate(test, RegressionEvaluation.PrecisionOf(training.Targets)).ToString(), runs.Runs[2].Evaluation.ToString());
        Assert.Equal(runs.Runs.Average(static run => run.Evaluation.RSquared), runs.Of(static evaluation => evaluation.RSquared).Mean, 1e-12);
    }

    [Fact]
    public void Weights_go_with_their_samples_into_the_folds()
    {
        Dataset dataset = Classes(30);
        float[] weights = [.. Enumerable.Range(0, 30).Select(static i => (float)(i % 4))];
        SmallNetwork network = new(seed: 1);
        TrainingRuns<Evaluation> byOption = network.CrossValidate(dataset, 2, Options with { SampleWeights = weights });
        TrainingRuns<Evaluation> byData = network.CrossValidate(dataset.WithWeights(weights), 2, Options);

        Assert.Equal(byData.ToString(), byOption.ToString());
        Assert.NotEqual(network.CrossValidate(dataset, 2, Options).ToString(), byOption.ToString());
    }

    [Fact]
    public void Repeated_runs_differ_by_their_seeds()
    {
        (Dataset training, Dataset test) = Classes(60).Split(0.3);
        SmallNetwork network = new(seed: 99);
        float[] before = network.Parameters.ToArray();
        TrainingRuns<Evaluation> runs = network.TrainRepeatedly(training, test, runs: 3, Options with { Seed = 10 }, seed: 4);
        SmallNetwork last = new(seed: 6);
        last.Train(training, Options with { Seed = 12 });
        double[] losses = [.. runs.Runs.Select(static run => (double)run.Evaluation.Loss)];

        Assert.Equal(last.Evaluate(test).ToString(), runs.Runs[2].Evaluation.ToString());
        Assert.Equal(3, losses.Distinct().Count());
        Assert.Equal(losses.Average(), runs.Loss.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((losses.Sum(static loss => loss * loss) / 3) - (losses.Average() * losses.Average())), runs.Loss.StandardDeviation, 1e-9);
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void Text_has_a_line_for_each_run()
    {
        RegressionDataset data = new([0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7], 1, 1);
        TrainingRuns<RegressionEvaluation> runs = new SineNetwork(seed: 1).TrainRepeatedly(data, data, runs: 2, new TrainingOptions { Epochs = 3 });
        string[] lines = runs.ToString().Split('\n');

        Assert.Equal("run  epochs    loss  accuracy", lines[0]);
        Assert.Equal(FormattableString.Invariant($"  1       3  {runs.Runs[1].Evaluation.Loss:0.0000}    {runs.Runs[1].Evaluation.Accuracy:0.0000}"), lines[2]);
        Assert.Equal($"loss {runs.Loss}, accuracy {runs.Accuracy}", lines[3]);
        Assert.Equal("0.2500 ± 0.0250", new MeanAndDeviation(0.25, 0.025).ToString());
    }

    [Fact]
    public void What_cannot_be_run_several_times_is_refused()
    {
        SmallNetwork network = new(seed: 1);
        Dataset dataset = Classes(20);
        TrainingOptions saved = Options with { Checkpoint = new("run.safetensors") };

        Assert.Throws<ArgumentException>(() => network.CrossValidate(dataset, 2, saved));
        Assert.Throws<ArgumentException>(() => network.TrainRepeatedly(dataset, dataset, 2, saved));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.CrossValidate(dataset, 21));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainRepeatedly(dataset, dataset, 0));
        Assert.ThrowsAny<OperationCanceledException>(
            () => network.CrossValidate(dataset, 2, Options, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static Dataset Classes(int samples)
    {
        Problem problem = new(samples);

        return new(problem.Features, problem.Labels, 4, 3);
    }
}
