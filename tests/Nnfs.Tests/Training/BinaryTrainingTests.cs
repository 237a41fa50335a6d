namespace Nnfs.Tests.Training;

/// <summary>Training of networks whose outputs each answer with 0 or 1.</summary>
public class BinaryTrainingTests
{
    private readonly Problem _problem = new(60);

    private static TrainingOptions Still => new() { Epochs = 1, Optimizer = new Sgd(0f) };

    private int[] Labels => [.. _problem.Labels.Select(static label => label == 0 ? 1 : 0)];

    [Fact]
    public void Accuracy_is_the_share_of_outputs_on_their_labels_side_of_one_half()
    {
        AssertCounts<BinaryNetwork, BinaryNetwork.Workspace>(Labels);
        AssertCounts<BinaryProbabilityNetwork, BinaryProbabilityNetwork.Workspace>(Labels);
        AssertCounts<MultiLabelNetwork, MultiLabelNetwork.Workspace>([.. _problem.Labels.SelectMany(static label => (int[])[label & 1, label >> 1, 1])]);
    }

    [Fact]
    public void Train_on_a_data_set_of_two_classes_is_training_on_its_labels()
    {
        BinaryNetwork expected = new(seed: 7);
        BinaryNetwork network = new(seed: 7);
        Dataset data = new(_problem.Features, Labels, 4, 2);
        TrainingOptions options = new() { Epochs = 40, ValidationSplit = 0.25f, StratifyValidation = true, Optimizer = new Adam(0.02f) };
        TrainingHistory history = network.Train(data, options);
        expected.Train(_problem.Features, Labels, options with { Optimizer = new Adam(0.02f) });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
        Assert.InRange(history.Epochs[^1].Accuracy, 0.9f, 1f);
        Assert.Equal(StopReason.Completed, network.Train(data, Still with { ValidationData = new(data) }).StopReason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stratified_split_measures_the_last_samples_of_each_answer(bool targets)
    {
        int[] labels = Labels;
        List<int> training = [];
        List<int> measured = [];

        for (int i = 0; i < 60; i++)
        {
            int count = labels.Count(other => other == labels[i]);
            int left = labels[i..].Count(other => other == labels[i]);
            (left <= (int)Math.Floor((count / 4.0) + 0.5) ? measured : training).Add(i);
        }

        BinaryNetwork network = new(seed: 7);
        TrainingOptions options = Still with { ValidationSplit = 0.25f, StratifyValidation = true };
        EpochReport report = (targets
            ? network.Train(_problem.Features, [.. labels.Select(static label => (float)label)], options)
            : network.Train(_problem.Features, labels, options)).Epochs[0];

        Assert.Equal(Share(measured), report.ValidationAccuracy);
        Assert.Equal(Share(training), report.Accuracy);

        float Share(List<int> samples) => (float)samples.Count(i => IsOne(i) == (labels[i] == 1)) / samples.Count;

        bool IsOne(int sample)
        {
            float[] output = new float[1];
            network.Predict(_problem.Features.AsSpan(4 * sample, 4), output);

            return output[0] > 0.5f;
        }
    }

    [Fact]
    public void Data_set_that_does_not_suit_is_refused()
    {
        Dataset threeClasses = new(_problem.Features, _problem.Labels, 4, 3);
        Dataset twoClasses = new(_problem.Features, Labels, 4, 2);
        BinaryNetwork network = new(seed: 7);

        AssertRefused(
            "dataset", "Expected a data set of 2 classes, because the network's only output is 0 or 1, but it has 3.", () => network.Train(threeClasses));
        AssertRefused("dataset", "but it has 3", () => network.Resume(threeClasses, new() { Checkpoint = new("none") }));
        AssertRefused("dataset", "but it has 3", () => network.Evaluate(threeClasses));
        AssertRefused("options", "but it has 3", () => network.Train(twoClasses, new() { ValidationData = new(threeClasses) }));
        AssertRefused("dataset", "a label for each of the network's 3 outputs", () => new MultiLabelNetwork().Train(twoClasses));
        AssertRefused("labels", "60 samples of 3", () => new MultiLabelNetwork().Train(_problem.Features, Labels));
        AssertRefused(
            "options",
            "'SigmoidBinaryCrossEntropy' over 3 outputs",
            () => new MultiLabelNetwork().Train(_problem.Features, new int[180], new() { ValidationSplit = 0.5f, StratifyValidation = true }));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => network.Train(_problem.Features, _problem.Labels));
        Numbers.AssertSameBits(new BinaryNetwork(seed: 7).Parameters, network.Parameters, "parameters");

        static void AssertRefused(string parameter, string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(parameter, action).Message, StringComparison.Ordinal);
    }

    private void AssertCounts<TNetwork, TWorkspace>(int[] labels)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(7));
        float[] outputs = new float[labels.Length];
        network.Predict(_problem.Features, outputs);
        double loss = outputs.Zip(labels, static (y, label) => -Math.Log(label == 1 ? y : 1 - (double)y)).Average();
        float share = (float)outputs.Zip(labels, static (y, label) => y > 0.5f == (label == 1)).Count(static isRight => isRight) / labels.Length;

        Assert.InRange(share, 0.1f, 0.9f);
        AssertReport(network.Train(_problem.Features, labels, Still with { ValidationData = new(_problem.Features, labels) }).Epochs[0]);

        float[] targets = [.. labels.Select(static label => (float)label)];
        AssertReport(network.Train(_problem.Features, targets, Still with { ValidationData = new(_problem.Features, targets) }).Epochs[0]);

        void AssertReport(EpochReport report)
        {
            Assert.Equal(loss, report.Loss, 1e-5);
            Assert.Equal(loss, report.ValidationLoss!.Value, 1e-5);
            Assert.Equal((share, share), (report.Accuracy, report.ValidationAccuracy));
        }
    }
}
