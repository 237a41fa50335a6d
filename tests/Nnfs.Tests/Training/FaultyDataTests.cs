namespace Nnfs.Tests.Training;

/// <summary>Data that can't be trained on: the message names the feature, the sample and the value, and the numbers that do not fit.</summary>
public class FaultyDataTests
{
    private readonly Problem _problem = new(32);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Train_on_a_feature_that_is_no_number_names_feature_sample_and_value(float value, string text)
    {
        _problem.Features[(17 * 4) + 2] = value;

        foreach (bool shuffle in (bool[])[false, true])
        {
            TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
                () => new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, new TrainingOptions { BatchSize = 8, Shuffle = shuffle }));

            Assert.Contains($"feature 2 of sample 17 is {text}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Train_on_a_target_that_is_no_number_names_target_sample_and_value()
    {
        float[] targets = Numbers.OneHot(_problem.Labels, 3);
        targets[(5 * 3) + 1] = float.NaN;
        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => new SmallNetwork().Train(_problem.Features, targets));

        Assert.Contains("target 1 of sample 5 is NaN", exception.Message, StringComparison.Ordinal);

        // How far an output of a regression may be off is measured before the first batch.
        float[] numbers = Numbers.Gaussians(64, seed: 1);
        numbers[(9 * 2) + 1] = float.NegativeInfinity;
        ArgumentException regression = Assert.Throws<ArgumentException>("targets", () => new CurveNetwork().Train(_problem.Features, numbers));

        Assert.Contains("target 1 of sample 9 is -Infinity", regression.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>("targets", () => new CurveNetwork().Evaluate(_problem.Features, numbers));
    }

    [Fact]
    public void Measuring_a_feature_that_is_no_number_names_feature_sample_and_value()
    {
        _problem.Features[(17 * 4) + 2] = float.NaN;
        Dataset dataset = new(_problem.Features, _problem.Labels, 4, 3);

        foreach (Action measure in (Action[])
        [
            () => dataset.Standardize(out _),
            () => Standardization.Of(dataset),
            () => Standardization.Of(_problem.Features, 4),
            () => new RegressionDataset(_problem.Features, new float[32], 4, 1).Standardize(out _),
        ])
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(measure);

            Assert.Contains("eature 2 of sample 17 is NaN", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("deviation", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_set_with_other_features_than_the_network_takes_names_both_numbers()
    {
        Dataset dataset = new(new float[10 * 6], new int[10], featureCount: 6, classCount: 3);
        SmallNetwork network = new();

        foreach (Action use in (Action[])
        [
            () => network.Train(dataset),
            () => network.Evaluate(dataset),
        ])
        {
            string message = Assert.Throws<ArgumentException>("dataset", use).Message;

            Assert.Contains("6 features", message, StringComparison.Ordinal);
            Assert.Contains("takes 4", message, StringComparison.Ordinal);
            Assert.Contains(nameof(SmallNetwork), message, StringComparison.Ordinal);
        }

        string validation = Assert.Throws<ArgumentException>(
            "options", () => network.Train(_problem.Features, _problem.Labels, new TrainingOptions { ValidationData = new(dataset) })).Message;

        Assert.Contains("validation", validation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("6 features", validation, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_set_of_more_classes_than_outputs_is_refused_though_no_sample_has_them()
    {
        Dataset dataset = new(new float[10 * 4], new int[10], featureCount: 4, classCount: 5);
        string message = Assert.Throws<ArgumentException>("dataset", () => new SmallNetwork().Train(dataset)).Message;

        Assert.Contains("5 classes", message, StringComparison.Ordinal);
        Assert.Contains("3 outputs", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("dataset", () => new SmallNetwork().Evaluate(dataset));

        // Fewer classes than outputs are none of a fault.
        new SmallNetwork().Train(new Dataset(new float[10 * 4], new int[10], 4, 2), new TrainingOptions { Epochs = 1 });
    }

    [Fact]
    public void Regression_data_with_other_sizes_names_the_network_and_the_numbers()
    {
        RegressionDataset dataset = new(new float[12], new float[4], featureCount: 3, targetCount: 1);
        string message = Assert.Throws<ArgumentException>("dataset", () => new CurveNetwork().Train(dataset)).Message;

        Assert.Contains(nameof(CurveNetwork), message, StringComparison.Ordinal);
        Assert.Contains("4 features and 2 targets", message, StringComparison.Ordinal);
        Assert.Contains("3 and 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_numbers_as_floats_are_told_to_be_labels()
    {
        float[] classes = [.. _problem.Labels.Select(static label => (float)label)];

        foreach (Action use in (Action[])
        [
            () => new SmallNetwork().Train(_problem.Features, classes),
            () => new SmallNetwork().Evaluate(_problem.Features, classes),
        ])
        {
            string message = Assert.Throws<ArgumentException>("targets", use).Message;

            Assert.Contains("Expected 96 values (32 samples of 3), but the length is 32.", message, StringComparison.Ordinal);
            Assert.Contains("int", message, StringComparison.Ordinal);
            Assert.Contains("labels", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Faulty_validation_data_is_said_to_be_validation_data()
    {
        SmallNetwork network = new();

        foreach ((ValidationData data, string expected) in ((ValidationData, string)[])
        [
            (new(new float[7], new int[2]), "4"),
            (new(new float[8], new int[3]), "3"),
            (new(new float[8], (int[])[0, 9]), "9"),
        ])
        {
            string message = Assert.ThrowsAny<ArgumentException>(
                () => network.Train(_problem.Features, _problem.Labels, new TrainingOptions { ValidationData = data })).Message;

            Assert.Contains("validation", message, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.DoesNotContain("options[", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Network_without_parameters_is_told_to_have_nothing_to_train()
    {
        string message = Assert.Throws<ArgumentException>("network", () => new IdentityNetwork().Train([1f, 2f], (float[])[1f, 3f])).Message;

        Assert.Contains("no parameters", message, StringComparison.Ordinal);
        Assert.Contains(nameof(IdentityNetwork), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_before_forward_says_so()
    {
        SmallNetwork network = new();
        SmallNetwork.Workspace pass = network.CreateWorkspace(4);
        string message = Assert.Throws<ArgumentException>("inputs", () => network.Backward(_problem.Features.AsSpan(0, 8), _problem.Labels.AsSpan(0, 2), pass))
            .Message;

        Assert.Contains("Forward", message, StringComparison.Ordinal);
        Assert.DoesNotContain("the 0 samples", message, StringComparison.Ordinal);
    }
}
