namespace Nnfs.Tests.Training;

/// <summary>The optimizer of the options is a recipe: each training begins with a new one like it.</summary>
public class SharedOptionsTests
{
    public static TheoryData<string> Optimizers => OptimizerCase.All;

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Two_trainings_with_the_same_options_mix_nothing(string name) => AssertMixesNothing(OptimizerCase.Create(name));

    [Fact]
    public void Optimizer_of_the_users_own_begins_each_training_with_new_fields() => AssertMixesNothing(new Counting());

    [Fact]
    public void Networks_of_different_sizes_train_with_the_same_options()
    {
        Problem problem = new(30);
        TrainingOptions options = new() { Epochs = 2, Optimizer = new Adam(0.01f) };
        MixedNetwork expected = new(seed: 7);
        expected.Train(problem.Features, problem.Labels, options with { Optimizer = new Adam(0.01f) });
        new SmallNetwork().Train(problem.Features, problem.Labels, options);
        MixedNetwork network = new(seed: 7);
        network.Train(problem.Features, problem.Labels, options);

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Training_within_a_training_with_the_same_options_mixes_nothing()
    {
        // One training runs while the other is between two of its batches.
        Problem problem = new(30);
        TrainingOptions options = new() { Epochs = 2, BatchSize = 8, Optimizer = new Adam(0.01f) };
        SmallNetwork expected = new(seed: 7);
        expected.Train(problem.Features, problem.Labels, options with { Optimizer = new Adam(0.01f) });
        SmallNetwork outer = new(seed: 7);
        SmallNetwork inner = new(seed: 7);
        outer.Train(problem.Features, problem.Labels, options with
        {
            ContinueAfterBatch = report =>
            {
                if (report is { Epoch: 1, Batch: 2 })
                {
                    inner.Train(problem.Features, problem.Labels, options);
                }

                return true;
            },
        });

        TrainTests.AssertSame(expected, outer);
        TrainTests.AssertSame(expected, inner);
    }

    [Fact]
    public void Trainings_on_two_threads_with_the_same_options_mix_nothing()
    {
        Problem problem = new(30);
        TrainingOptions options = new() { Epochs = 30, BatchSize = 8, Optimizer = new Adam(0.01f) };
        SmallNetwork expected = new(seed: 7);
        expected.Train(problem.Features, problem.Labels, options with { Optimizer = new Adam(0.01f) });
        SmallNetwork[] networks = [new(seed: 7), new(seed: 7), new(seed: 7)];
        Parallel.ForEach(networks, network => network.Train(problem.Features, problem.Labels, options));

        Assert.All(networks, network => TrainTests.AssertSame(expected, network));
    }

    private static void AssertMixesNothing(Optimizer optimizer)
    {
        Problem problem = new(30);
        TrainingOptions options = new() { Epochs = 2, BatchSize = 8, Optimizer = optimizer };
        SmallNetwork first = new(seed: 7);
        SmallNetwork second = new(seed: 7);
        first.Train(problem.Features, problem.Labels, options);
        second.Train(problem.Features, problem.Labels, options);

        TrainTests.AssertSame(first, second);
    }

    /// <summary>An optimizer whose steps shrink, and which counts them in a field of its own.</summary>
    private sealed class Counting : Optimizer
    {
        private int[] _count = [0];

        public Counting()
            : base(0.1f)
        {
        }

        protected override void OnReset() => _count = [0];

        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            _count[0]++;

            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= CurrentLearningRate / _count[0] * gradients[i];
            }
        }
    }
}
