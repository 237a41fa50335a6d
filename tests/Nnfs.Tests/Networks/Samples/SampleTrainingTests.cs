namespace Nnfs.Tests.Networks.Samples;

/// <summary>Training on samples, compared with training on the floats that they should become.</summary>
public sealed class SampleTrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-samples-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static readonly TrainingOptions s_options = new() { Epochs = 4, BatchSize = 16, Seed = 3 };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Training_on_samples_is_training_on_their_scaled_values()
    {
        Customer[] customers = Customer.Draw(150, seed: 1);
        CustomerNet network = new(seed: 5);
        PlainCustomerNet plain = new(seed: 5);

        TrainingHistory history = network.Train(customers, s_options, Token);
        TrainingHistory expected = plain.Train(Encoded(customers, network.Scaling!), Labels(customers), s_options, Token);

        Assert.Equal(expected.Epochs.Select(static epoch => epoch.Loss), history.Epochs.Select(static epoch => epoch.Loss));
        Assert.Equal(plain.Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(plain.Evaluate(Encoded(customers, network.Scaling!), Labels(customers)).Loss, network.Evaluate(customers).Loss);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scaling_is_measured_on_the_samples_that_are_trained_on(bool isStratified)
    {
        Customer[] customers = Customer.Draw(150, seed: 2);
        CustomerNet network = new();
        TrainingOptions options = s_options with { ValidationSplit = 0.3f, StratifyValidation = isStratified };

        network.Train(customers, options, Token);

        Customer[] training = isStratified
            ? [.. customers.Where((customer, i) =>
                customers.Take(i).Count(before => before.Reaction == customer.Reaction)
                    < Remaining(customers.Count(other => other.Reaction == customer.Reaction)))]
            : customers[..Remaining(customers.Length)];

        Assert.Equal(SampleScaling.Of(training).Values, network.Scaling!.Values);

        static int Remaining(int count) => count - (int)Math.Floor((0.3m * count) + 0.5m);
    }

    [Fact]
    public void Validation_data_is_scaled_as_the_training_samples_are()
    {
        Customer[] customers = Customer.Draw(120, seed: 3);
        Customer[] others = Customer.Draw(40, seed: 4);
        CustomerNet network = new(seed: 1);
        PlainCustomerNet plain = new(seed: 1);

        TrainingHistory history = network.Train(customers, s_options with { ValidationData = ValidationData.Of(others) }, Token);
        TrainingHistory expected = plain.Train(
            Encoded(customers, network.Scaling!),
            Labels(customers),
            s_options with { ValidationData = new ValidationData(Encoded(others, network.Scaling!), Labels(others)) }, Token);

        Assert.Equal(SampleScaling.Of(customers).Values, network.Scaling!.Values);
        Assert.Equal(expected.Epochs.Select(static epoch => epoch.ValidationLoss), history.Epochs.Select(static epoch => epoch.ValidationLoss));
    }

    [Fact]
    public void Later_training_keeps_the_scaling()
    {
        CustomerNet network = new();
        network.Train(Customer.Draw(100, seed: 5), s_options, Token);
        SampleScaling first = network.Scaling!;

        network.Train(Customer.Draw(100, seed: 6), s_options, Token);
        Assert.Same(first, network.Scaling);

        network.InitializeParameters(new NumpyRandom(1));
        Assert.Null(network.Scaling);
    }

    [Fact]
    public void Copies_have_the_scaling()
    {
        CustomerNet network = new();
        network.Train(Customer.Draw(60, seed: 7), s_options, Token);
        CustomerNet copy = new();
        CustomerNet given = new();
        CustomerNet moved = new();

        copy.CopyFrom(network);
        network.CopyTo(given);
        moved.Lerp(network, 1f);

        Assert.All((CustomerNet[])[network.Clone(), copy, given, moved], other => Assert.Same(network.Scaling, other.Scaling));
    }

    [Fact]
    public void Faulty_samples_change_nothing()
    {
        Customer[] customers = Customer.Draw(30, seed: 8);
        CustomerNet network = new();
        float[] before = network.Parameters.ToArray();

        AssertRefused(customers, s_options with { ValidationSplit = 0.999f });
        AssertRefused(customers, s_options with { ValidationData = ValidationData.Of(Visit.Draw(3, seed: 1)) });
        AssertRefused(customers, s_options with { ValidationData = ValidationData.Of<Customer>([customers[0] with { Age = float.NaN }]) });
        AssertRefused([], s_options);
        customers[4] = customers[4] with { Reaction = null };
        Assert.Equal(
            "Expected samples with a label, but 'Reaction' of sample 4 is missing. (Parameter 'samples')", AssertRefused(customers, s_options).Message);
        Assert.Throws<ArgumentException>(() => new PlainCustomerNet().Train(
            new float[13], [0], s_options with { ValidationData = ValidationData.Of(customers) }, Token));

        ArgumentException AssertRefused(Customer[] samples, TrainingOptions options)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => network.Train(samples, options, Token));
            Assert.Null(network.Scaling);
            Assert.Equal(before, network.Parameters.ToArray());

            return exception;
        }
    }

    [Fact]
    public void Resumed_training_ends_with_the_same_bits_and_the_same_scaling()
    {
        Customer[] customers = Customer.Draw(100, seed: 9);
        string path = Path.Combine(_folder.FullName, "customers.checkpoint");
        TrainingOptions options = s_options with { ValidationSplit = 0.2f };
        SampleScaling scaling = SampleScaling.Of(Customer.Draw(300, seed: 10));
        SlowCustomerNet whole = new() { Scaling = scaling };
        SlowCustomerNet begun = new() { Scaling = scaling };
        SlowCustomerNet resumed = new();

        whole.Train(customers, options, Token);
        begun.Train(customers, options with { Epochs = 2, Checkpoint = new CheckpointOptions(path) }, Token);
        resumed.Resume(customers, options with { Checkpoint = new CheckpointOptions(path) }, Token);

        Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(scaling.Values, resumed.Scaling!.Values);
        Assert.Equal(scaling.Values, SlowCustomerNet.LoadCheckpoint(path).Scaling!.Values);
    }

    [Fact]
    public void Threads_give_the_same_bits()
    {
        Customer[] customers = Customer.Draw(128, seed: 11);
        WideCustomerNet one = new();
        WideCustomerNet two = new();

        one.Train(customers, s_options with { Epochs = 2, BatchSize = 64 }, Token);
        two.Train(customers, s_options with { Epochs = 2, BatchSize = 64, Threads = 2 }, Token);

        Assert.Equal(one.Parameters.ToArray(), two.Parameters.ToArray());
    }

    [Fact]
    public void Regression_predicts_and_is_measured_in_the_units_of_its_label()
    {
        House[] houses = House.Draw(300, seed: 1);
        HouseNet network = new();
        TrainingHistory history = network.Train(houses, new TrainingOptions { Epochs = 150, Optimizer = new Adam(0.02f) }, Token);

        RegressionEvaluation evaluation = network.Evaluate(houses);
        float[] predicted = new float[houses.Length * 2];
        network.Predict(houses, predicted);
        double error = houses.Select((house, i) => Math.Abs(predicted[2 * i] - house.Price)).Average();

        Assert.Equal(error, evaluation.Outputs[0].MeanAbsoluteError, 1e-3 * error);
        Assert.InRange(evaluation.Outputs[0].RSquared, 0.98, 1);
        Assert.InRange(evaluation.Outputs[1].RSquared, 0.9, 1);
        Assert.InRange(history.Epochs[0].Loss, 0, 3);
        Assert.Equal(["Price", "Age"], evaluation.TargetNames);
        Assert.Contains("\n Price  ", evaluation.ToString(), StringComparison.Ordinal);
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
}
