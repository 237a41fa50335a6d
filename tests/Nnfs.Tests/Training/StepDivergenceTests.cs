namespace Nnfs.Tests.Training;

/// <summary>Numbers that stop being finite though gradients are: sums of them, parameters, what the optimizer remembers.</summary>
public sealed class StepDivergenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-diverged-");

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(1f)]
    public void Gradients_that_overflow_when_they_are_added_up_end_the_training(float? longest)
    {
        // Each sample's gradient is (±½) · 3e38; each batch has two samples, and the sum counts it twice.
        NamedNetwork network = new();
        network.Parameters.Clear();

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => network.Train(
            [1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f],
            (float[])[3e38f, 0f, 3e38f, 0f, 3e38f, 0f, 3e38f, 0f],
            new TrainingOptions { BatchSize = 2, AccumulationSteps = 2, ClipNorm = longest, Shuffle = false, Checkpoint = new(File) }));

        Assert.Equal((1, "Second"), (exception.Epoch, exception.Layer));
        Assert.True(float.IsFinite(exception.Loss));
        Assert.Contains("added up", exception.Message, StringComparison.Ordinal);
        Assert.All(network.Parameters.ToArray(), static value => Assert.Equal(0f, value));
        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Step_that_makes_a_parameter_infinite_is_taken_back(int stepsBefore)
    {
        // The gradient is clipped to 100; the rate of the last step takes parameters beyond the greatest float.
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        Sgd optimizer = new(0.1f);

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => network.Train(
            problem.Features,
            Numbers.OneHot(problem.Labels, 3).Select(static target => target * 1e3f).ToArray(),
            new TrainingOptions
            {
                BatchSize = 8,
                Shuffle = false,
                ClipNorm = 100f,
                Optimizer = optimizer,
                Schedule = new Jump(stepsBefore),
                Checkpoint = new(File),
            }));

        SmallNetwork expected = new(seed: 7);
        TrainOn(expected, problem, stepsBefore);

        Assert.Equal((1, stepsBefore + 1), (exception.Epoch, exception.Batch));
        Assert.Contains("step", exception.Message, StringComparison.Ordinal);
        Assert.Contains("infinite", exception.Message, StringComparison.Ordinal);
        TrainTests.AssertSame(expected, network);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Optimizer_that_remembers_an_infinite_square_ends_the_training()
    {
        // A gradient of 1e20 is finite, its square is not: Adam would never move the parameter again.
        foreach (Optimizer optimizer in (Optimizer[])[new Adam(), new RmsProp(), new AdaGrad()])
        {
            NamedNetwork network = new();
            network.Parameters.Clear();
            TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => network.Train(
                [1f, 1f], (float[])[1e20f, 0f], new TrainingOptions { Optimizer = optimizer }));

            Assert.Equal((1, 1, "Second"), (exception.Epoch, exception.Batch, exception.Layer));
            Assert.Contains("squares", exception.Message, StringComparison.Ordinal);
            Assert.All(network.Parameters.ToArray(), static value => Assert.Equal(0f, value));
        }
    }

    [Fact]
    public void Clipping_of_a_gradient_of_any_finite_length_gives_the_length_that_was_asked_for()
    {
        // (±½) · 3e38 for each of the biases, and 1e-3 is less than 1e-41 of that: as one float the factor has three digits.
        NamedNetwork network = new();
        network.Parameters.Clear();
        network.Train([0f, 0f], (float[])[2e38f, 0f], new TrainingOptions
        {
            Epochs = 1,
            ClipNorm = 1e-3f,
            Optimizer = new Sgd(1f),
        });

        double length = Math.Sqrt(network.Parameters.ToArray().Sum(static value => (double)value * value));
        Assert.Equal(1e-3, length, 1e-8);
    }

    [Fact]
    public void Variance_that_overflows_ends_the_training_and_the_running_averages_are_put_back()
    {
        // The variance of ±3e30 is no float.
        AveragingNetwork network = new(seed: 7);
        float[] before = network.Parameters.ToArray();
        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => network.Train(
            [3e30f, 1f, -3e30f, -1f], (int[])[0, 1], new TrainingOptions { Epochs = 1 }));

        Assert.Equal((1, 1, "BatchNorm1"), (exception.Epoch, exception.Batch, exception.Layer));
        Numbers.AssertSameBits(before, network.Parameters, "parameters");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.5)]
    [InlineData(1e42)]
    public void Schedule_without_a_usable_factor_is_named_and_nothing_changes(double factor)
    {
        Problem problem = new(32);
        MixedNetwork network = new(seed: 7);

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => network.Train(
            problem.Features, problem.Labels, new TrainingOptions { Schedule = new Fixed(factor) }));

        Assert.Contains("Fixed", exception.Message, StringComparison.Ordinal);
        Numbers.AssertSameBits(new MixedNetwork(seed: 7).Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Optimizer_of_the_users_own_that_throws_leaves_the_parameters_as_they_were()
    {
        Problem problem = new(32);
        MixedNetwork network = new(seed: 7);

        Assert.Throws<InvalidOperationException>(
            () => network.Train(problem.Features, problem.Labels, new TrainingOptions { Optimizer = new Broken(throws: true) }));
        Numbers.AssertSameBits(new MixedNetwork(seed: 7).Parameters, network.Parameters, "parameters");

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train(problem.Features, problem.Labels, new TrainingOptions { Optimizer = new Broken(throws: false) }));
        Assert.Equal("Dense1", exception.Layer);
        Numbers.AssertSameBits(new MixedNetwork(seed: 7).Parameters, network.Parameters, "parameters");
    }

    private static void TrainOn(SmallNetwork network, Problem problem, int steps)
    {
        if (steps > 0)
        {
            float[] targets = [.. Numbers.OneHot(problem.Labels, 3).Select(static target => target * 1e3f)];
            network.Train(problem.Features, targets, new TrainingOptions
            {
                BatchSize = 8,
                Shuffle = false,
                ClipNorm = 100f,
                Optimizer = new Sgd(0.1f),
                ContinueAfterBatch = report => report.Batch < steps,
            });
        }
    }

    /// <summary>The factor 1, and from a step on one that takes parameters beyond the greatest float.</summary>
    private sealed class Jump(int steps) : LearningRateSchedule
    {
        public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => stepsTaken < steps ? 1 : 3e39;
    }

    private sealed class Fixed(double factor) : LearningRateSchedule
    {
        public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => factor;
    }

    /// <summary>An optimizer that spoils the parameters, and then throws or not.</summary>
    private sealed class Broken(bool throws) : Optimizer(1f)
    {
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            parameters.Fill(float.NaN);

            if (throws)
            {
                throw new InvalidOperationException("broken");
            }
        }
    }
}
