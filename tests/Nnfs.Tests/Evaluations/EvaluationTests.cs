using System.Globalization;
using Nnfs.Tests.Networks;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Evaluations;

public class EvaluationTests
{
    /// <summary>Ten samples of three classes, and what is predicted of each.</summary>
    private static readonly int[] s_labels = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
    private static readonly int[] s_predicted = [0, 0, 1, 2, 1, 1, 0, 1, 1, 0];

    [Fact]
    public void Evaluate_of_a_small_example_gives_the_scores_computed_by_hand()
    {
        // The network is a softmax of its inputs. The largest of [3, 2, 1] is the prediction; of the others, the lower class is the second.
        ThreeClassFusedLossNetwork network = new();
        float[] features = [.. s_predicted.SelectMany(static predicted => predicted switch { 0 => (float[])[3, 2, 1], 1 => [2, 3, 1], _ => [2, 1, 3] })];
        Evaluation evaluation = network.Evaluate(features, s_labels);

        // Right are 2 of class 0 and 2 of class 1.
        Assert.Equal((10, 0.4f), (evaluation.Count, evaluation.Accuracy));
        Assert.Equal([2, 1, 1, 1, 2, 0, 1, 2, 0], Flat(evaluation));

        // Class 0: predicted 4 times, 2 right, 4 samples. Class 1: 5, 2, 3. Class 2: 1, 0, 3, so that all its scores are 0.
        Assert.Equal(
            [
                new ClassScore(0, 4, 2f / 4, 2f / 4, 0.5f),
                new ClassScore(1, 3, 2f / 5, 2f / 3, 0.5f),
                new ClassScore(2, 3, 0f, 0f, 0f),
            ],
            evaluation.Classes);

        // Among the first two are the labels of samples 0 … 6, but none of class 2: [2, 3, 1] and [3, 2, 1] have class 2 last.
        Assert.Equal((0.4f, 0.7f, 1f), (evaluation.TopAccuracy(1), evaluation.TopAccuracy(2), evaluation.TopAccuracy(3)));

        // log(e³ + e² + e) − the label's logit: 4 right ones at 3, 3 second ones at 2, 3 last ones at 1.
        double logSum = Math.Log(Math.Exp(3) + Math.Exp(2) + Math.Exp(1));
        Assert.Equal(logSum - (((4 * 3) + (3 * 2) + (3 * 1)) / 10.0), evaluation.Loss, 1e-6);

        Assert.Equal(
            """
            loss 1.3076, accuracy 0.4000, 10 samples

            class  precision  recall      F1  samples
                0     0.5000  0.5000  0.5000        4
                1     0.4000  0.6667  0.5000        3
                2     0.0000  0.0000  0.0000        3

            rows: class, columns: predicted class
                   0  1  2
                0  2  1  1
                1  1  2  0
                2  1  2  0
            """,
            evaluation.ToString());
    }

    [Fact]
    public void Evaluate_of_many_samples_agrees_with_a_count_in_float64()
    {
        const int Samples = 1000;
        SmallNetwork network = new(seed: 3);
        Problem problem = new(Samples);
        float[] outputs = new float[Samples * 3];
        network.Predict(problem.Features, outputs);

        int[] confusion = new int[9];
        double loss = 0;

        for (int i = 0; i < Samples; i++)
        {
            float[] p = outputs[(3 * i)..(3 * (i + 1))];
            confusion[(3 * problem.Labels[i]) + Array.IndexOf(p, p.Max())]++;
            loss -= Math.Log(p[problem.Labels[i]]) / Samples;
        }

        Evaluation evaluation = network.Evaluate(problem.Features, problem.Labels);
        Assert.Equal(loss, evaluation.Loss, 1e-5);
        Assert.Equal(confusion, Flat(evaluation));
        Assert.Equal((confusion[0] + confusion[4] + confusion[8]) / 1000.0, evaluation.Accuracy, 1e-7);
        Assert.Equal(evaluation.Accuracy, evaluation.TopAccuracy(1));

        for (int label = 0; label < 3; label++)
        {
            double right = confusion[4 * label];
            double precision = right / (confusion[label] + confusion[3 + label] + confusion[6 + label]);
            double recall = right / (confusion[3 * label] + confusion[(3 * label) + 1] + confusion[(3 * label) + 2]);
            ClassScore score = evaluation.Classes[label];

            Assert.Equal(precision, score.Precision, 1e-7);
            Assert.Equal(recall, score.Recall, 1e-7);
            Assert.Equal(2 * precision * recall / (precision + recall), score.F1, 1e-7);
        }
    }

    [Fact]
    public void Evaluate_with_targets_or_a_data_set_counts_as_with_labels()
    {
        SmallNetwork network = new(seed: 3);
        Problem problem = new(300);
        Evaluation labelled = network.Evaluate(problem.Features, problem.Labels);
        Evaluation targeted = network.Evaluate(problem.Features, Numbers.OneHot(problem.Labels, 3));
        Evaluation dataset = network.Evaluate(new Dataset(problem.Features, problem.Labels, 4, 3));

        Assert.Equal(labelled.ToString(), dataset.ToString());
        Assert.Equal(Flat(labelled), Flat(targeted));
        Assert.Equal(labelled.Classes, targeted.Classes);
        Assert.Equal(labelled.Loss, targeted.Loss, 1e-5f);
    }

    [Fact]
    public void Class_without_samples_and_predictions_scores_0()
    {
        Evaluation evaluation = new ThreeClassFusedLossNetwork().Evaluate([5, 1, 0, 1, 5, 0], (int[])[0, 1]);

        Assert.Equal(new ClassScore(2, 0, 0f, 0f, 0f), evaluation.Classes[2]);
        Assert.Equal((1f, 1f), (evaluation.Accuracy, evaluation.Classes[0].F1));
    }

    [Theory]
    [InlineData(1f, 0, 0)]
    [InlineData(1f, 1, 1)]
    [InlineData(1f, 2, 2)]
    [InlineData(2f, 2, 0)]
    [InlineData(2f, 1, 2)]
    [InlineData(float.NaN, 0, 0)]
    [InlineData(float.NaN, 2, 2)]
    public void Ties_go_to_the_first_class(float third, int label, int rank)
    {
        // If one input is not a number, no probability is one, and all are tied.
        Evaluation evaluation = new ThreeClassFusedLossNetwork().Evaluate([1f, 1f, third], (int[])[label]);

        for (int k = 1; k <= 3; k++)
        {
            Assert.Equal(k > rank ? 1f : 0f, evaluation.TopAccuracy(k));
        }

        Assert.Equal(evaluation.Accuracy, evaluation.TopAccuracy(1));
    }

    [Fact]
    public void ToString_of_many_classes_leaves_the_matrix_out_and_keeps_to_the_invariant_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;

        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            int[] ranks = new int[21];
            ranks[0] = 1;
            int[] confusion = new int[21 * 21];
            confusion[0] = 1;
            string text = new Evaluation(0.5f, confusion, ranks, predictions: null).ToString();

            Assert.StartsWith("loss 0.5000, accuracy 1.0000, 1 samples\n", text, StringComparison.Ordinal);
            Assert.Equal(2 + 1 + 21, text.Split('\n').Length);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Evaluate_with_bad_lengths_or_labels_throws()
    {
        SmallNetwork network = new();
        float[] features = new float[8];

        Assert.Throws<ArgumentException>("features", () => network.Evaluate(new float[7], new int[2]));
        Assert.Throws<ArgumentException>("features", () => network.Evaluate((float[])[], (int[])[]));
        Assert.Throws<ArgumentException>("labels", () => network.Evaluate(features, new int[3]));
        Assert.Throws<ArgumentException>("targets", () => network.Evaluate(features, new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => network.Evaluate(features, (int[])[0, 3]));
        Assert.Throws<ArgumentNullException>("dataset", () => network.Evaluate(null!));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => network.Evaluate(features, (int[])[0, 1]).TopAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => network.Evaluate(features, (int[])[0, 1]).TopAccuracy(4));
    }

    internal static int[] Flat(Evaluation evaluation)
    {
        List<int> counts = [];

        foreach (int count in evaluation.ConfusionMatrix)
        {
            counts.Add(count);
        }

        return [.. counts];
    }
}
