namespace Nnfs.Tests.Training;

public class ValidationTests
{
    private static TrainingOptions InOrder => new() { Shuffle = false, Epochs = 2, BatchSize = 7, Optimizer = new Sgd(0.1f) };

    [Fact]
    public void Split_trains_on_the_first_samples_and_measures_the_last()
    {
        Problem problem = new(40);
        SmallNetwork network = new(seed: 7);
        SmallNetwork expected = new(seed: 7);
        TrainingHistory history = network.Train(problem.Features, problem.Labels, InOrder with { ValidationSplit = 0.25f });
        expected.Train(problem.Features.AsSpan(0, 120), problem.Labels.AsSpan(0, 30), InOrder);

        TrainTests.AssertSame(expected, network);
        AssertMeasured(history.Epochs[^1], network, problem.Features.AsSpan(120), problem.Labels.AsSpan(30));
    }

    [Fact]
    public void Split_is_made_before_shuffling()
    {
        Problem problem = new(40);
        SmallNetwork network = new(seed: 7);
        SmallNetwork expected = new(seed: 7);
        network.Train(problem.Features, problem.Labels, InOrder with { Shuffle = true, ValidationSplit = 0.25f });
        expected.Train(problem.Features.AsSpan(0, 120), problem.Labels.AsSpan(0, 30), InOrder with { Shuffle = true, Optimizer = new Sgd(0.1f) });

        TrainTests.AssertSame(expected, network);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stratified_split_measures_the_last_samples_of_each_class(bool targets)
    {
        Problem problem = new(40);
        int[] counts = [.. Enumerable.Range(0, 3).Select(label => problem.Labels.Count(other => other == label))];
        List<int> training = [];
        List<int> measured = [];

        for (int i = 0; i < 40; i++)
        {
            // The class's samples from here on, this one with them; a third of each class is measured, to the nearest.
            int label = problem.Labels[i];
            int left = problem.Labels[i..].Count(other => other == label);
            (left <= (int)Math.Floor((counts[label] / 3.0) + 0.5) ? measured : training).Add(i);
        }

        SmallNetwork network = new(seed: 7);
        SmallNetwork expected = new(seed: 7);
        TrainingOptions options = InOrder with { ValidationSplit = 0.33333334f, StratifyValidation = true };
        TrainingHistory history = targets
            ? network.Train(problem.Features, Numbers.OneHot(problem.Labels, 3), options)
            : network.Train(problem.Features, problem.Labels, options);
        Problem reordered = problem.Reordered([.. training]);
        expected.Train(reordered.Features, reordered.Labels, InOrder with { Optimizer = new Sgd(0.1f) });
        Problem validation = problem.Reordered([.. measured]);

        Assert.All(counts, static count => Assert.InRange(count, 5, 30));
        Numbers.AssertClose([.. expected.Parameters.ToArray().Select(static value => (double)value)], network.Parameters, targets ? 1e-6 : 0, "parameters");
        AssertMeasured(history.Epochs[^1], network, validation.Features, validation.Labels);
    }

    [Fact]
    public void Validation_data_is_measured_and_the_split_is_left_alone()
    {
        Problem problem = new(40);
        Problem other = new(25, seed: 2);
        SmallNetwork[] networks = [new(seed: 7), new(seed: 7), new(seed: 7), new(seed: 7)];
        TrainingOptions options = InOrder with { ValidationSplit = 0.5f };
        float[] targets = Numbers.OneHot(other.Labels, 3);

        networks[0].Train(problem.Features, problem.Labels, InOrder);
        TrainingHistory[] histories =
        [
            networks[1].Train(problem.Features, problem.Labels, Fresh(new ValidationData(other.Features, other.Labels))),
            networks[2].Train(problem.Features, problem.Labels, Fresh(new ValidationData(new Dataset(other.Features, other.Labels, 4, 3)))),
            networks[3].Train(problem.Features, Numbers.OneHot(problem.Labels, 3), Fresh(new ValidationData(other.Features, targets))),
        ];

        TrainTests.AssertSame(networks[0], networks[1]);
        TrainTests.AssertSame(networks[0], networks[2]);
        Assert.All(Enumerable.Range(0, 3), i => AssertMeasured(histories[i].Epochs[^1], networks[i + 1], other.Features, other.Labels));

        TrainingOptions Fresh(ValidationData data) => options with { Optimizer = new Sgd(0.1f), ValidationData = data };
    }

    [Fact]
    public void Validation_that_does_not_suit_throws()
    {
        Problem problem = new(40);
        SmallNetwork network = new(seed: 7);
        float[] before = network.Parameters.ToArray();

        AssertRefused(InOrder with { ValidationSplit = 0.01f }, "the 40 are split into 40 and 0");
        AssertRefused(InOrder with { ValidationSplit = 0.99f }, "the 40 are split into 0 and 40");
        AssertRefused(InOrder with { ValidationData = new(new float[7], new int[2]) }, "samples of 4 values");
        AssertRefused(InOrder with { ValidationData = new(new float[8], new int[1]) }, "2 samples of 1");
        AssertRefused(InOrder with { ValidationData = new(new float[8], new float[6]) }, "with labels");
        Assert.Throws<ArgumentException>(
            "options", () => network.Train(problem.Features, new float[120], InOrder with { ValidationData = new(new float[8], new int[2]) }));
        Numbers.AssertSameBits(before, network.Parameters, "parameters");

        void AssertRefused(TrainingOptions options, string message)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(nameof(options), () => network.Train(problem.Features, problem.Labels, options));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertMeasured(EpochReport report, SmallNetwork network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        SmallNetwork.Workspace pass = network.CreateWorkspace(labels.Length);
        float loss = network.Forward(features, labels, pass);
        int right = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            right += network.Classify(features.Slice(4 * i, 4)) == labels[i] ? 1 : 0;
        }

        Assert.Equal(loss, report.ValidationLoss!.Value, 1e-6f);
        Assert.Equal((float)right / labels.Length, report.ValidationAccuracy);
    }
}
