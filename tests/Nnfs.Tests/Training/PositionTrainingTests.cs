using Nnfs.Tests.Networks.Shapes;

namespace Nnfs.Tests.Training;

/// <summary>Training and evaluation where each sample has a class at each of several positions.</summary>
public class PositionTrainingTests
{
    private const int Samples = 90;
    private const int Steps = 5;
    private const int Classes = 4;

    [Fact]
    public void Network_learns_a_class_at_each_step()
    {
        StepNetwork network = new(1);
        (float[] features, int[] labels) = Draw(Samples, seed: 1);
        (float[] testFeatures, int[] testLabels) = Draw(Samples, seed: 2);

        TrainingHistory history = network.Train(features, labels, new TrainingOptions
        {
            Epochs = 60,
            BatchSize = 30,
            Optimizer = new Adam { LearningRate = 0.02f },
            ValidationData = new ValidationData(testFeatures, testLabels),
        });

        // The label of a step is where its largest feature is, or the last where all are negative; a guess is right for a quarter.
        Assert.InRange(history.Epochs[^1].Accuracy, 0.9f, 1f);
        Assert.InRange(history.Epochs[^1].ValidationAccuracy!.Value, 0.8f, 1f);
    }

    [Fact]
    public void Evaluation_counts_positions()
    {
        StepNetwork network = new(1);
        (float[] features, int[] labels) = Draw(Samples, seed: 1);
        Evaluation evaluation = network.Evaluate(features, labels);

        float[] outputs = new float[Samples * StepNetwork.OutputSize];
        network.Predict(features, outputs);
        int[] predicted = [.. outputs.Chunk(Classes).Select(static row => Array.IndexOf(row, row.Max()))];

        Assert.Equal(Samples * Steps, evaluation.Count);
        Assert.Equal(predicted.Zip(labels).Average(static pair => pair.First == pair.Second ? 1.0 : 0), evaluation.Accuracy, 1e-6);
        Assert.Equal(labels.Zip(predicted).Count(static pair => pair is (2, 1)), evaluation.ConfusionMatrix[2, 1]);

        int[] classes = new int[Steps];
        network.Classify(features.AsSpan(0, StepNetwork.InputSize), classes);
        Assert.Equal(predicted[..Steps], classes);

        Evaluation ofTargets = network.Evaluate(features, Numbers.OneHot(labels, Classes));
        Assert.Equal(evaluation.Accuracy, ofTargets.Accuracy);
        Assert.Equal(evaluation.Count, ofTargets.Count);
    }

    [Fact]
    public void Wrong_lengths_and_labels_are_refused()
    {
        StepNetwork network = new(1);
        StepNetwork.Workspace workspace = network.CreateWorkspace(2);
        (float[] features, int[] labels) = Draw(2, seed: 1);

        ArgumentException length = Assert.Throws<ArgumentException>("labels", () => network.Forward(features, labels.AsSpan(0, 2), workspace));
        Assert.StartsWith("Expected 10 values (2 samples of 5), but the length is 2.", length.Message, StringComparison.Ordinal);

        labels[7] = Classes;
        ArgumentOutOfRangeException label =
            Assert.Throws<ArgumentOutOfRangeException>("labels", () => network.ForwardBackward(features, labels, workspace));
        Assert.StartsWith(
            "Expected labels from 0 to 3, or -1 for a position that does not count, but labels[7] is 4.", label.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("labels", () => network.Train(features, labels.AsSpan(0, 2), new TrainingOptions()));
        Assert.Throws<ArgumentException>("input", () => network.Classify(features, labels.AsSpan(0, Steps)));
        Assert.Throws<ArgumentException>("classes", () => network.Classify(features.AsSpan(0, StepNetwork.InputSize), labels));
    }

    [Fact]
    public void Data_set_with_a_label_for_each_sample_is_refused()
    {
        Dataset dataset = new(new float[2 * StepNetwork.InputSize], [0, 1], StepNetwork.InputSize, Classes);

        ArgumentException exception = Assert.Throws<ArgumentException>("dataset", () => new StepNetwork().Evaluate(dataset));
        Assert.StartsWith(
            "Expected a label for each of a sample's 5 positions, but a data set has one for each sample", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_cannot_be_stratified()
    {
        (float[] features, int[] labels) = Draw(8, seed: 1);
        TrainingOptions options = new() { Epochs = 1, ValidationSplit = 0.25f, StratifyValidation = true };

        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => new StepNetwork().Train(features, labels, options));
        Assert.Contains("StratifyValidation must be false", exception.Message, StringComparison.Ordinal);

        options = new() { Epochs = 1, ValidationSplit = 0.25f, StratifyValidation = false };
        Assert.NotNull(new StepNetwork().Train(features, labels, options).Epochs[0].ValidationAccuracy);
    }

    private static (float[] Features, int[] Labels) Draw(int samples, int seed)
    {
        float[] features = Numbers.Gaussians(samples * StepNetwork.InputSize, seed);
        int[] labels = [.. features.Chunk(3).Select(static row => row.Max() < 0 ? 3 : Array.IndexOf(row, row.Max()))];

        return (features, labels);
    }
}
