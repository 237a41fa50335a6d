using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Training;

/// <summary>Labels of −1, which leave positions out.</summary>
public class LeftOutLabelTests
{
    private const int Samples = 7;

    private static readonly float[] s_features = Numbers.Gaussians(Samples * PartlyLabelledNetwork.InputSize, seed: 1);
    private static readonly int[] s_labels = [.. Numbers.Labels(Samples * 4, 3, seed: 2).Select(static (label, i) => i % 3 == 1 || i >= 24 ? -1 : label)];

    /// <summary>Each position by itself is a sample of the same layer: those that count, and no others.</summary>
    [Fact]
    public void Loss_and_accuracy_are_those_of_the_positions_that_count()
    {
        PartlyLabelledNetwork net = new(seed: 5);
        Evaluation evaluation = net.Evaluate(s_features, s_labels);
        PartlyLabelledNetwork.Workspace pass = net.CreateWorkspace(Samples);
        net.Forward(s_features, pass);
        double loss = 0;
        int right = 0;
        int count = 0;

        for (int i = 0; i < s_labels.Length; i++)
        {
            if (s_labels[i] >= 0)
            {
                float[] probabilities = pass.Outputs.Slice(i * 3, 3).ToArray();
                loss -= Math.Log(probabilities[s_labels[i]]);
                right += Array.IndexOf(probabilities, probabilities.Max()) == s_labels[i] ? 1 : 0;
                count++;
            }
        }

        Assert.Equal(count, evaluation.Count);
        Assert.Equal(loss / count, evaluation.Loss, 1e-5);
        Assert.Equal((float)right / count, evaluation.Accuracy);
        Assert.Equal(loss / count, net.Forward(s_features, s_labels, pass), 1e-5);
    }

    /// <summary>Batches with few labels count for as many.</summary>
    [Fact]
    public void Training_reports_means_over_the_positions_that_count()
    {
        PartlyLabelledNetwork net = new(seed: 5);
        Evaluation before = net.Evaluate(s_features, s_labels);
        TrainingHistory history = net.Train(s_features, s_labels, new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 2,
            Optimizer = new Sgd(learningRate: 0f),
            ValidationData = new ValidationData(s_features, s_labels),
        });

        Assert.Equal(before.Loss, history.Epochs[0].Loss, 1e-5);
        Assert.Equal(before.Accuracy, history.Epochs[0].Accuracy, 1e-6);
        Assert.Equal(before.Loss, history.Epochs[0].ValidationLoss!.Value, 1e-5);
        Assert.Equal(before.Accuracy, history.Epochs[0].ValidationAccuracy!.Value, 1e-6);
    }

    [Fact]
    public void Where_no_label_is_left_loss_and_gradients_are_zero()
    {
        PartlyLabelledNetwork net = new();
        PartlyLabelledNetwork.Workspace pass = net.CreateWorkspace(Samples);
        int[] none = new int[Samples * 4];
        Array.Fill(none, -1);

        Assert.Equal(0f, net.ForwardBackward(s_features, none, pass));
        Assert.All(pass.Gradients.ToArray(), static value => Assert.Equal(0f, value));
        Assert.Equal(0, net.Evaluate(s_features, none).Count);
        Assert.Equal(0f, net.Evaluate(s_features, none).Loss);
        Assert.Equal(0f, net.Evaluate(s_features, none).Accuracy);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Any_other_label_out_of_range_is_refused(int label)
    {
        PartlyLabelledNetwork net = new();
        PartlyLabelledNetwork.Workspace pass = net.CreateWorkspace(Samples);
        int[] wrong = [.. s_labels];
        wrong[9] = label;

        ArgumentOutOfRangeException exception =
            Assert.Throws<ArgumentOutOfRangeException>("labels", () => net.ForwardBackward(s_features, wrong, pass));

        Assert.StartsWith(
            $"Expected labels from 0 to 2, or -1 for a position that does not count, but labels[9] is {label}.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => net.Evaluate(s_features, wrong));
    }
}
