using Nnfs.Tests.Training;

namespace Nnfs.Tests.Evaluations;

public class BinaryEvaluationTests
{
    /// <summary>Probabilities and labels of eight samples. One half is no.</summary>
    private static readonly float[] s_probabilities = [0.9f, 0.6f, 0.5f, 0.2f, 0.8f, 0.3f, 0.1f, 0.7f];
    private static readonly int[] s_labels = [1, 1, 1, 1, 0, 0, 0, 0];

    [Fact]
    public void Evaluate_of_one_output_tells_two_classes()
    {
        float[] logits = [.. s_probabilities.Select(static p => MathF.Log(p / (1 - p)))];
        Evaluation evaluation = new SingleProbabilityNetwork().Evaluate(logits, s_labels);
        double loss = -(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.5) + Math.Log(0.2) + Math.Log(0.2) + Math.Log(0.7) + Math.Log(0.9) + Math.Log(0.3)) / 8;

        Assert.Equal((8, 0.5f), (evaluation.Count, evaluation.Accuracy));
        Assert.Equal(loss, evaluation.Loss, 1e-6);
        Assert.Equal([2, 2, 2, 2], EvaluationTests.Flat(evaluation));
        Assert.Equal([new ClassScore(0, 4, 0.5f, 0.5f, 0.5f), new ClassScore(1, 4, 0.5f, 0.5f, 0.5f)], evaluation.Classes);
        Assert.Equal((0.5f, 1f), (evaluation.TopAccuracy(1), evaluation.TopAccuracy(2)));
    }

    [Fact]
    public void Evaluate_with_targets_or_a_data_set_counts_as_with_labels()
    {
        BinaryNetwork network = new(seed: 3);
        Problem problem = new(300);
        int[] labels = [.. problem.Labels.Select(static label => label == 2 ? 1 : 0)];
        Evaluation labelled = network.Evaluate(problem.Features, labels);
        Evaluation targeted = network.Evaluate(problem.Features, [.. labels.Select(static label => (float)label)]);
        float[] outputs = new float[300];
        network.Predict(problem.Features, outputs);

        int[] confusion = new int[4];

        for (int i = 0; i < 300; i++)
        {
            confusion[(2 * labels[i]) + (outputs[i] > 0.5f ? 1 : 0)]++;
        }

        Assert.Equal(confusion, EvaluationTests.Flat(labelled));
        Assert.Equal(labelled.ToString(), network.Evaluate(new Dataset(problem.Features, labels, 4, 2)).ToString());
        Assert.Equal(labelled.ToString(), targeted.ToString());
    }

    [Fact]
    public void EvaluateOutputs_scores_each_output_for_itself()
    {
        // Outputs are more than one half where logits are more than 0.
        float[] logits = [1, -1, 1, 2, 1, -1, -1, -2, -3, 1, 3, 1];
        int[] labels = [1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1];
        MultiLabelEvaluation evaluation = new LogitsNetwork().EvaluateOutputs(logits, labels);
        double loss = logits.Zip(labels, static (z, label) => Math.Log(1 + Math.Exp(label == 1 ? -z : z))).Average();

        // Wrong are the second output of the second and the fourth sample, and the third of the third.
        Assert.Equal((4, 0.75f, 0.25f), (evaluation.Count, evaluation.Accuracy, evaluation.ExactAccuracy));
        Assert.Equal(loss, evaluation.Loss, 1e-6);
        Assert.Equal(
            [new ClassScore(0, 3, 1f, 1f, 1f), new ClassScore(1, 0, 0f, 0f, 0f), new ClassScore(2, 3, 1f, 2f / 3, 0.8f)],
            evaluation.Outputs);
        Assert.Equal(
            """
            loss 0.8214, accuracy 0.7500, all right 0.2500, 4 samples

            output  precision  recall      F1  samples
                 0     1.0000  1.0000  1.0000        3
                 1     0.0000  0.0000  0.0000        0
                 2     1.0000  0.6667  0.8000        3
            """,
            evaluation.ToString());
    }

    [Fact]
    public void What_does_not_suit_throws()
    {
        Assert.Contains(
            "EvaluateOutputs",
            Assert.Throws<InvalidOperationException>(static () => new LogitsNetwork().Evaluate(new float[3], new int[3])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'SoftmaxCrossEntropy'",
            Assert.Throws<InvalidOperationException>(static () => new SmallNetwork().EvaluateOutputs(new float[4], new int[1])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("labels", static () => new BinaryNetwork().Evaluate(new float[4], (int[])[2]));
        Assert.Throws<ArgumentException>("labels", static () => new LogitsNetwork().EvaluateOutputs(new float[3], new int[1]));
        Assert.Throws<ArgumentException>("features", static () => new LogitsNetwork().EvaluateOutputs([], []));
    }
}
