namespace Nnfs.Tests.Networks.Samples;

/// <summary>Cross-validation, repeated trainings, importance and the range test on samples, against the same written out or on their scaled values.</summary>
public class SampleRunsTests
{
    private static readonly TrainingOptions s_options = new() { Epochs = 3, BatchSize = 16, Seed = 3 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Cross_validation_measures_the_scaling_of_each_fold(bool isWeighted, bool isStratified)
    {
        Customer[] customers = Customer.Draw(80, seed: 1);
        float[] weights = [.. Enumerable.Range(0, 80).Select(static i => (float)(i % 4))];
        CustomerNet network = new() { Scaling = SampleScaling.Of(customers) };
        TrainingOptions options = isWeighted ? s_options with { SampleWeights = weights } : s_options;
        TrainingRuns<Evaluation> runs = network.CrossValidate(customers, folds: 3, options, seed: 5, stratify: isStratified, Token);

        // The folds of a data set whose only feature is the number of the sample.
        Dataset numbers = new([.. Enumerable.Range(0, 80).Select(static i => (float)i)], Labels(customers), 1, 3);
        int number = 0;

        foreach ((Dataset training, Dataset test) in numbers.Folds(3, seed: 5, isStratified))
        {
            float[] ofTraining = isWeighted ? Array.ConvertAll(training.Features.ToArray(), i => weights[(int)i]) : [];
            CustomerNet ofFold = new(seed: 5 + number);
            ofFold.Train(Of(training), s_options with { SampleWeights = ofTraining }, Token);

            Assert.Equal((number, 3), (runs.Runs[number].Number, runs.Runs[number].History.Epochs.Count));
            Assert.Equal(ofFold.Evaluate(Of(test)).ToString(), runs.Runs[number].Evaluation.ToString());
            number++;
        }

        Assert.Equal(3, runs.Runs.Count);
        Assert.Contains("Leaves", runs.Runs[0].Evaluation.ToString(), StringComparison.Ordinal);

        Customer[] Of(Dataset part) => Array.ConvertAll(part.Features.ToArray(), i => customers[(int)i]);
    }

    [Fact]
    public void Numbers_are_right_as_those_that_were_trained_on()
    {
        House[] houses = House.Draw(40, seed: 2);
        TrainingRuns<RegressionEvaluation> runs = new HouseNet().CrossValidate(houses, folds: 4, s_options, seed: 1, Token);
        float[] all = [.. Enumerable.Range(0, 40).Select(static i => (float)i)];
        (RegressionDataset training, RegressionDataset test) = new RegressionDataset(all, all, 1, 1).Folds(4, seed: 1)[2];
        HouseNet network = new(seed: 3);
        network.Train(Of(training), s_options, Token);
        RegressionEvaluation expected = network.Evaluate(Of(test));
        double precision = RegressionEvaluation.PrecisionOf(Scaled(Of(training), network.Scaling!).Targets);

        Assert.Equal((expected.Loss, expected.RSquared), (runs.Runs[2].Evaluation.Loss, runs.Runs[2].Evaluation.RSquared));
        Assert.Equal(precision, runs.Runs[2].Evaluation.Precision, 1e-5 * precision);
        Assert.NotEqual(expected.Precision, runs.Runs[2].Evaluation.Precision, 1e-5 * precision);

        House[] Of(RegressionDataset part) => Array.ConvertAll(part.Features.ToArray(), i => houses[(int)i]);
    }

    [Fact]
    public void Repeated_runs_differ_by_their_seeds()
    {
        Customer[] training = Customer.Draw(60, seed: 3);
        Customer[] test = Customer.Draw(30, seed: 4);
        TrainingRuns<Evaluation> runs = new CustomerNet().TrainRepeatedly(training, test, runs: 3, s_options, seed: 4, Token);
        CustomerNet last = new(seed: 6);
        last.Train(training, s_options with { Seed = 5 }, Token);

        Assert.Equal(last.Evaluate(test).ToString(), runs.Runs[2].Evaluation.ToString());
        Assert.Equal(3, runs.Runs.Select(static run => run.Evaluation.Loss).Distinct().Count());

        House[] houses = House.Draw(30, seed: 5);
        TrainingRuns<RegressionEvaluation> regressions = new HouseNet().TrainRepeatedly(houses[..20], houses[20..], runs: 2, s_options, seed: 7, Token);
        HouseNet second = new(seed: 8);
        second.Train(houses[..20], s_options with { Seed = 4 }, Token);

        Assert.Equal(second.Evaluate(houses[20..]).Loss, regressions.Runs[1].Evaluation.Loss);
    }

    [Fact]
    public void What_cannot_be_run_several_times_is_refused()
    {
        Customer[] customers = Customer.Draw(20, seed: 6);
        CustomerNet network = new();
        TrainingOptions saved = s_options with { Checkpoint = new("run.safetensors") };
        TrainingOptions weighted = s_options with { SampleWeights = new float[19] };

        Assert.Throws<ArgumentException>("options", () => network.CrossValidate(customers, 2, saved, cancellationToken: Token));
        Assert.Throws<ArgumentException>("options", () => network.TrainRepeatedly(customers, customers, 2, saved, cancellationToken: Token));
        Assert.Throws<ArgumentException>("options", () => network.CrossValidate(customers, 2, weighted, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.CrossValidate(customers, 21, cancellationToken: Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainRepeatedly(customers, customers, 0, cancellationToken: Token));
        Assert.ThrowsAny<OperationCanceledException>(() => network.CrossValidate(customers, 2, cancellationToken: new CancellationToken(canceled: true)));
        customers[4] = customers[4] with { Reaction = null };
        Assert.Throws<ArgumentException>("samples", () => network.CrossValidate(customers, 2, cancellationToken: Token));
    }

    [Fact]
    public void Values_of_a_feature_are_dealt_out_together()
    {
        Customer[] customers = Customer.Draw(100, seed: 7);
        CustomerNet network = new();
        Assert.Throws<InvalidOperationException>(() => network.PermutationImportance(customers));
        network.Train(customers, s_options with { Epochs = 20 }, Token);
        Dataset dataset = new(Encoded(customers, network.Scaling!), Labels(customers), 13, 3);
        FeatureImportances expected = network.PermutationImportance(
            dataset,
            repeats: 3,
            seed: 2,
            groups:
            [
                new("Age", 0), new("Income", 1, 2), new("Plan", 3, 4, 5), new("IsActive", 6), new("Hour", 7, 8), new("Readings", 9, 10), new("Calls", 11, 12),
            ]);

        Assert.Equal(expected.Features, network.PermutationImportance(customers, repeats: 3, seed: 2).Features);
        Assert.All(expected.Features, static feature => Assert.NotEqual(0, feature.LossRise.Mean));
    }

    [Fact]
    public void Embedded_features_and_regressions_have_importances_too()
    {
        Trip[] trips = Trip.Draw(200, seed: 8);
        TripNet network = new();
        network.Train(trips, s_options with { Epochs = 60, Optimizer = new Adam(0.02f) }, Token);
        FeatureImportances ofTrips = network.PermutationImportance(trips);

        Assert.Equal(["Length", "Start", "IsHoliday", "End"], ofTrips.Features.Select(static feature => feature.Name));
        Assert.All(
            ofTrips.Features,
            static feature => Assert.Equal(feature.Name is "Start" or "End", feature.AccuracyDrop.Mean > 0.1));

        House[] houses = House.Draw(80, seed: 9);
        HouseNet ofHouses = new();
        ofHouses.Train(houses, s_options with { Epochs = 60, Optimizer = new Adam(0.02f) }, Token);
        RegressionDataset scaled = Scaled(houses, ofHouses.Scaling!);
        IReadOnlyList<FeatureImportance> importances = ofHouses.PermutationImportance(houses).Features;

        Assert.Equal(["Area", "HasGarden"], importances.Select(static feature => feature.Name));
        Assert.Equal(
            ofHouses.PermutationImportance(scaled).Features.Select(static feature => feature.LossRise), importances.Select(static feature => feature.LossRise));
        Assert.True(importances[0].LossRise.Mean > importances[1].LossRise.Mean);
    }

    [Fact]
    public void Range_test_leaves_the_network_as_it_was()
    {
        Customer[] customers = Customer.Draw(50, seed: 10);
        CustomerNet network = new(seed: 4);
        LearningRateRange range = network.FindLearningRate(customers, s_options, steps: 20);
        Dataset dataset = new(Encoded(customers, SampleScaling.Of(customers)), Labels(customers), 13, 3);

        Assert.Equal(new PlainCustomerNet(seed: 4).FindLearningRate(dataset, s_options, steps: 20).Points, range.Points);
        Assert.Null(network.Scaling);
        Assert.Equal(new CustomerNet(seed: 4).Parameters.ToArray(), network.Parameters.ToArray());

        House[] houses = House.Draw(50, seed: 11);
        SampleScaling scaling = SampleScaling.Of(House.Draw(90, seed: 12));
        HouseNet regression = new(seed: 5) { Scaling = scaling };

        Assert.Equal(
            new HouseNet(seed: 5).FindLearningRate(Scaled(houses, scaling), s_options, steps: 20).Points,
            regression.FindLearningRate(houses, s_options, steps: 20).Points);
        Assert.Same(scaling, regression.Scaling);
    }

    [Fact]
    public void Options_need_not_be_given()
    {
        Visit[] visits = Visit.Draw(40, seed: 13);
        VisitNet network = new(seed: 1);
        VisitNet expected = new(seed: 1);
        network.Train(visits, cancellationToken: Token);
        expected.Train(visits, new TrainingOptions(), Token);

        Assert.Equal(expected.Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(2, network.CrossValidate(visits, folds: 2, cancellationToken: Token).Runs.Count);
    }

    private static int[] Labels(Customer[] customers) => [.. customers.Select(static customer => (int)customer.Reaction!.Value)];

    private static float[] Encoded(Customer[] customers, SampleScaling scaling)
    {
        double[] values = new double[customers.Length * Customer.FeatureCount];
        float[] features = new float[values.Length];

        for (int i = 0; i < customers.Length; i++)
        {
            customers[i].WriteFeatures(values.AsSpan(i * Customer.FeatureCount, Customer.FeatureCount));
        }

        scaling.Apply(values, features);

        return features;
    }

    private static RegressionDataset Scaled(House[] houses, SampleScaling scaling)
    {
        float[] features = new float[houses.Length * 2];
        float[] targets = new float[houses.Length * 2];
        scaling.Apply([.. houses.SelectMany(static house => (double[])[house.Area, house.HasGarden ? 1 : 0])], features);
        scaling.ApplyToTargets([.. houses.SelectMany(static house => (double[])[house.Price, house.Age!.Value])], targets);

        return new(features, targets, 2, 2);
    }
}
