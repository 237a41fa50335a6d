using System.Text.Json;
using Nnfs.Evaluations;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Evaluations;

/// <summary>Measures of predictions against scikit-learn, whose numbers <c>Golden/metrics.py</c> writes.</summary>
public class MetricTests
{
    private static readonly Dictionary<string, JsonElement> s_cases =
        GoldenData.Metrics.GetProperty("cases").EnumerateArray().ToDictionary(static item => item.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Measures_are_those_of_scikit_learn(string name)
    {
        JsonElement expected = s_cases[name];
        Evaluation evaluation = Of(expected);

        Assert.Equal(expected.GetProperty("confusion").Integers(), EvaluationTests.Flat(evaluation));
        Assert.Equal(expected.GetProperty("roc_auc").GetDouble(), evaluation.RocAuc, 1e-12);
        Assert.Equal(expected.GetProperty("average_precision").GetDouble(), evaluation.AveragePrecision, 1e-12);
        Assert.Equal(expected.GetProperty("matthews").GetDouble(), evaluation.MatthewsCorrelation, 1e-12);
        Assert.Equal(expected.GetProperty("balanced_accuracy").GetDouble(), evaluation.BalancedAccuracy, 1e-12);

        // Computed from float32 there.
        Assert.Equal(expected.GetProperty("log_loss").GetDouble(), evaluation.LogLoss, 1e-6);
    }

    [Theory]
    [InlineData("three classes")]
    [InlineData("five classes")]
    public void Each_class_is_measured_against_all_others(string name)
    {
        JsonElement expected = s_cases[name];
        Evaluation evaluation = Of(expected);
        int classes = evaluation.Classes.Count;

        Assert.Equal(expected.GetProperty("roc_aucs").Doubles(), [.. Enumerable.Range(0, classes).Select(evaluation.RocAucOf)], Close);
        Assert.Equal(expected.GetProperty("average_precisions").Doubles(), [.. Enumerable.Range(0, classes).Select(evaluation.AveragePrecisionOf)], Close);
        Assert.Throws<ArgumentException>(() => evaluation.AtThreshold(0.5f));
        Assert.Equal(
            $"Expected a class from 0 to {classes - 1}, but it is {classes}. (Parameter 'label')\nActual value was {classes}.",
            Assert.Throws<ArgumentOutOfRangeException>(() => evaluation.RocAucOf(classes)).Message.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("distinct")]
    public void Thresholds_are_the_points_of_both_curves(string name)
    {
        JsonElement expected = s_cases[name];
        Evaluation evaluation = Of(expected);
        IReadOnlyList<ThresholdScore> points = evaluation.Thresholds();

        Assert.Equal(new ThresholdScore(float.PositiveInfinity, 0, 0, evaluation.Classes[0].Count, evaluation.Classes[1].Count), points[0]);
        Assert.Equal(
            expected.GetProperty("roc").Doubles(),
            [.. points.Skip(1).SelectMany(static point => (double[])[point.Threshold, point.FalsePositiveRate, point.Recall])],
            Close);

        foreach (double[] point in expected.GetProperty("precision_recall").Doubles().Chunk(3))
        {
            ThresholdScore score = evaluation.AtThreshold((float)point[0]);
            Assert.Equal((point[1], point[2]), (score.Precision, score.Recall));
        }
    }

    [Fact]
    public void Calibration_of_a_class_is_that_of_scikit_learn()
    {
        JsonElement expected = s_cases["distinct"];
        CalibrationTable table = Of(expected).CalibrationOf(1, bins: 7);
        CalibrationBin[] bins = [.. table.Bins.Where(static bin => bin.Count > 0)];

        // The means are of float32 there.
        Assert.All(
            expected.GetProperty("calibration").Doubles().Chunk(2).Zip(bins),
            static pair =>
            {
                Assert.Equal(pair.First[0], pair.Second.MeanProbability, 1e-6);
                Assert.Equal(pair.First[1], pair.Second.Share, 1e-12);
            });
        Assert.Equal(80, table.Bins.Sum(static bin => bin.Count));
        Assert.Equal(bins.Sum(static bin => bin.Count / 80.0 * Math.Abs(bin.Share - bin.MeanProbability)), table.ExpectedCalibrationError, 1e-12);
        Assert.All(table.Bins.Where(static bin => bin.Count == 0), static bin => Assert.True(double.IsNaN(bin.Share) && double.IsNaN(bin.MeanProbability)));
    }

    [Fact]
    public void Calibration_is_of_the_predicted_classes()
    {
        // Right with 0.9, wrong with 0.8, right with 0.6, and right with 0.75, which is one less 0.25.
        CalibrationTable table = Binary([0.9f, 0.8f, 0.6f, 0.25f], [1, 0, 1, 0]).Calibration(bins: 2);

        Assert.Equal(new CalibrationBin(0.5, 1, 4, table.Bins[1].MeanProbability, 0.75), table.Bins[1]);
        Assert.Equal((0.9 + 0.8 + 0.6 + 0.75) / 4, table.Bins[1].MeanProbability, 1e-7);
        Assert.Equal(0.0125, table.ExpectedCalibrationError, 1e-7);
        Assert.Equal(
            """
            probability   mean  came true  samples
             0.50–1.00  0.7625     0.7500        4
            expected calibration error 0.0125
            """,
            table.ToString());
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("distinct")]
    public void Best_threshold_is_at_least_as_good_as_any(string name)
    {
        Evaluation evaluation = Of(s_cases[name]);
        (ThresholdGoal Goal, Func<ThresholdScore, double> Measure)[] goals =
        [
            (ThresholdGoal.F1, static score => 2 * score.Precision * score.Recall / (score.Precision + score.Recall)),
            (ThresholdGoal.Youden, static score => score.Recall - score.FalsePositiveRate),
            (ThresholdGoal.Cost(1, 5), static score => -score.FalsePositives - (5 * score.FalseNegatives)),
            (ThresholdGoal.Cost(100, 1), static score => -(100 * score.FalsePositives) - score.FalseNegatives),
        ];

        foreach ((ThresholdGoal goal, Func<ThresholdScore, double> measure) in goals)
        {
            ThresholdScore best = evaluation.BestThreshold(goal);

            Assert.Equal(best, evaluation.AtThreshold(best.Threshold));
            Assert.All(evaluation.Thresholds(), point => Assert.False(measure(point) > measure(best) + 1e-12, $"{point} is better than {best}"));
        }
    }

    [Fact]
    public void Best_threshold_lies_between_the_probabilities_that_it_separates()
    {
        Evaluation evaluation = Binary([0.2f, 0.4f, 0.6f, 0.8f], [0, 0, 1, 1]);

        Assert.Equal(new ThresholdScore(0.5f, 2, 0, 2, 0), evaluation.BestThreshold(ThresholdGoal.F1));
        Assert.Equal(float.PositiveInfinity, Binary([0.9f, 0.5f], [0, 0]).BestThreshold(ThresholdGoal.Cost(1, 1)).Threshold);
        Assert.Equal(
            "threshold 0.5000: precision 1.0000, recall 1.0000, F1 1.0000; 2 + 0 yes (right + wrong), 2 + 0 no",
            evaluation.BestThreshold(ThresholdGoal.Youden).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(static () => ThresholdGoal.Cost(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => evaluation.AtThreshold(float.NaN));
    }

    [Fact]
    public void What_has_no_value_is_not_a_number()
    {
        Evaluation none = Binary([0.2f, 0.4f], [0, 0]);
        Evaluation all = Binary([0.2f, 0.6f], [1, 1]);

        Assert.Equal((double.NaN, double.NaN), (none.RocAuc, none.AveragePrecision));
        Assert.Equal((double.NaN, 1.0), (all.RocAuc, all.AveragePrecision));
        Assert.Equal((0.0, 1.0), (none.MatthewsCorrelation, none.BalancedAccuracy));
        Assert.Equal((0.0, 0.5), (all.MatthewsCorrelation, all.BalancedAccuracy));
    }

    [Fact]
    public void Networks_give_the_probabilities_of_their_samples()
    {
        float[] p = [0.9f, 0.6f, 0.5f, 0.2f, 0.8f, 0.3f, 0.1f, 0.7f];
        int[] labels = [1, 1, 1, 1, 0, 0, 0, 0];
        Evaluation evaluation = new SingleProbabilityNetwork().Evaluate([.. p.Select(static p => MathF.Log(p / (1 - p)))], labels);

        // 0.9 is above all four, 0.6 and 0.5 above two, and 0.2 above one.
        Assert.Equal(9.0 / 16, evaluation.RocAuc);
        Assert.Equal(evaluation.Loss, evaluation.LogLoss, 1e-6);

        // Three outputs, of whose twelve answers these are the probabilities in part.
        float[] logits = [1, -1, 1, 2, 1, -1, -1, -2, -3, 1, 3, 1];
        MultiLabelEvaluation outputs = new LogitsNetwork().EvaluateOutputs(logits, [1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1]);
        Evaluation third = Binary([0.8f, 0.3f, 0.1f, 0.8f], [1, 0, 1, 1]);

        Assert.Equal((1.0, 1.0), (outputs.RocAucOf(0), outputs.AveragePrecisionOf(0)));
        Assert.Equal((double.NaN, double.NaN), (outputs.RocAucOf(1), outputs.AveragePrecisionOf(1)));
        Assert.Equal((third.RocAuc, third.AveragePrecision), (outputs.RocAucOf(2), outputs.AveragePrecisionOf(2)));
        Assert.Equal(third.Thresholds().Select(Counts), outputs.Thresholds(2).Select(Counts));
        Assert.Equal((2, 0, 1, 1), Counts(outputs.AtThreshold(0.5f, output: 2)));
        Assert.Equal((3, 0, 1, 0), Counts(outputs.BestThreshold(ThresholdGoal.F1, output: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => outputs.RocAucOf(3));

        static (int, int, int, int) Counts(ThresholdScore score) =>
            (score.TruePositives, score.FalsePositives, score.TrueNegatives, score.FalseNegatives);
    }

    [Fact]
    public void Names_take_the_place_of_numbers()
    {
        Evaluation evaluation = Of(s_cases["three classes"]).WithClassNames("setosa", "versicolor", "virginica");

        Assert.Equal(["setosa", "versicolor", "virginica"], evaluation.ClassNames);
        Assert.Contains("\nversicolor     0.", evaluation.ToString(), StringComparison.Ordinal);
        Assert.Contains("setosa  versicolor   virginica", evaluation.ToString(), StringComparison.Ordinal);
        Assert.Equal(Of(s_cases["three classes"]).RocAuc, evaluation.RocAuc);
        Assert.Throws<ArgumentException>(() => evaluation.WithClassNames("one", "two"));
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-7;

    private static Evaluation Of(JsonElement item)
    {
        int classes = item.GetProperty("classes").GetInt32();
        float[] probabilities = item.GetProperty("probabilities").Floats();
        int[] labels = item.GetProperty("labels").Integers();

        return classes == 2 ? Binary(probabilities, labels) : Of(probabilities, labels, classes, isBinary: false);
    }

    private static Evaluation Binary(float[] probabilities, int[] labels) => Of(probabilities, labels, classes: 2, isBinary: true);

    private static Evaluation Of(float[] probabilities, int[] labels, int classes, bool isBinary)
    {
        ClassPredictions predictions = new(classes, labels.Length, isBinary);
        int[] confusion = new int[classes * classes];
        int[] ranks = new int[classes];
        int outputs = probabilities.Length / labels.Length;

        for (int i = 0; i < labels.Length; i++)
        {
            float[] row = probabilities[(i * outputs)..((i + 1) * outputs)];
            int predicted = isBinary ? (row[0] > 0.5f ? 1 : 0) : Array.IndexOf(row, row.Max());
            predictions.Add(row, labels[i]);
            confusion[(labels[i] * classes) + predicted]++;
            ranks[predicted == labels[i] ? 0 : 1]++;
        }

        return new Evaluation(0f, confusion, ranks, predictions);
    }
}
