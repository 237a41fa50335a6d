using System.Globalization;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Evaluations;

public class RegressionEvaluationTests
{
    [Fact]
    public void Evaluate_of_a_small_example_gives_the_errors_computed_by_hand()
    {
        // Outputs are the inputs. Errors of the first output: 0, 1, −1, 0; of the second: 2, 0, 0, −4.
        float[] outputs = [1, 12, 3, 20, 2, 30, 4, 36];
        float[] targets = [1, 10, 2, 20, 3, 30, 4, 40];
        CultureInfo culture = CultureInfo.CurrentCulture;
        RegressionEvaluation evaluation = new IdentityNetwork().Evaluate(outputs, targets);

        // Deviations from the outputs' own means: 1.25 and 125 in the mean of the squares.
        Assert.Equal((4, 2), (evaluation.Count, evaluation.Outputs.Count));
        Assert.Equal((1 + 1 + 4 + 16) / 8f, evaluation.Loss, 1e-6f);
        AssertScore(new(0, 2 / 4.0, Math.Sqrt(2 / 4.0), 1 - (2 / 5.0)), evaluation.Outputs[0]);
        AssertScore(new(1, 6 / 4.0, Math.Sqrt(20 / 4.0), 1 - (20 / 500.0)), evaluation.Outputs[1]);
        AssertScore(
            new(0, 1, Math.Sqrt(22 / 8.0), 1 - (22 / 505.0)),
            new(0, evaluation.MeanAbsoluteError, evaluation.RootMeanSquaredError, evaluation.RSquared));

        // All targets together have the mean 13.75 and the variance Σt² / 8 − 13.75² = 3030 / 8 − 189.0625.
        Assert.Equal(Math.Sqrt(189.6875) / 250, evaluation.Precision, 1e-12);
        Assert.Equal(evaluation.Precision, RegressionEvaluation.PrecisionOf(targets));
        Assert.Equal(0.5f, evaluation.Accuracy);

        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal(
                """
                loss 2.750000, accuracy 0.5000 (within 0.055091), 4 samples

                output  mean absolute error  root mean squared error       R²
                     0             0.500000                 0.707107   0.6000
                     1             1.500000                 2.236068   0.9600
                   all             1.000000                 1.658312   0.9564
                """,
                evaluation.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData(1.0, 0.5f)]
    [InlineData(1.001, 0.75f)]
    [InlineData(0.0, 0f)]
    [InlineData(double.PositiveInfinity, 1f)]
    public void Accuracy_counts_what_is_less_than_the_given_precision_off(double precision, float accuracy)
    {
        float[] outputs = [1, 12, 3, 20, 2, 30, 4, 36];
        float[] targets = [1, 10, 2, 20, 3, 30, 4, 40];
        RegressionDataset data = new(outputs, targets, 2, 2);

        Assert.Equal((precision, accuracy), Of(new IdentityNetwork().Evaluate(outputs, targets, precision)));
        Assert.Equal((precision, accuracy), Of(new IdentityNetwork().Evaluate(data, precision)));
        Assert.Equal(new IdentityNetwork().Evaluate(outputs, targets).ToString(), new IdentityNetwork().Evaluate(data).ToString());

        static (double Precision, float Accuracy) Of(RegressionEvaluation evaluation) => (evaluation.Precision, evaluation.Accuracy);
    }

    [Fact]
    public void Evaluate_of_many_samples_agrees_with_float64()
    {
        const int Samples = 700;
        HuberNetwork network = new(seed: 3);
        float[] features = Numbers.Gaussians(Samples * 4, seed: 1);
        float[] targets = Numbers.Gaussians(Samples * 2, seed: 2);
        float[] outputs = new float[Samples * 2];
        network.Predict(features, outputs);
        RegressionEvaluation evaluation = network.Evaluate(features, targets);

        // The network has L2, which the loss does not contain.
        double[] errors = [.. outputs.Zip(targets, static (y, t) => (double)y - t)];
        double[] losses = [.. errors.Select(static error => Math.Abs(error) <= 0.5 ? error * error / 2 : 0.5 * (Math.Abs(error) - 0.25))];
        Assert.Equal(losses.Average(), evaluation.Loss, 1e-6);

        for (int output = 0; output < 2; output++)
        {
            double[] own = [.. errors.Where((_, i) => i % 2 == output)];
            double[] ownTargets = [.. targets.Where((_, i) => i % 2 == output).Select(static target => (double)target)];
            double mean = ownTargets.Average();
            AssertScore(
                new(
                    output,
                    own.Average(Math.Abs),
                    Math.Sqrt(own.Average(static error => error * error)),
                    1 - (own.Sum(static error => error * error) / ownTargets.Sum(target => (target - mean) * (target - mean)))),
                evaluation.Outputs[output]);
        }
    }

    [Fact]
    public void RSquared_of_targets_that_are_all_the_same_is_1_where_all_are_met_and_0_elsewhere()
    {
        RegressionEvaluation evaluation = new IdentityNetwork().Evaluate([3, 5, 3, 6], [3, 5, 3, 5]);

        Assert.Equal([1.0, 0.0], evaluation.Outputs.Select(static score => score.RSquared));
        Assert.Equal((0.0, 0.75f), (evaluation.RSquared, evaluation.Accuracy));
        Assert.Equal(double.NaN, new IdentityNetwork().Evaluate([3, float.NaN], [3, 5]).RSquared);
    }

    [Fact]
    public void What_does_not_suit_throws()
    {
        IdentityNetwork network = new();
        ITrainableNetwork<SmallNetwork, SmallNetwork.Workspace> classifier = new SmallNetwork();

        Assert.Contains(
            "'SoftmaxCrossEntropy'",
            Assert.Throws<InvalidOperationException>(() => classifier.Evaluate(new float[4], new float[3])).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => classifier.Evaluate(new RegressionDataset(new float[4], new float[3], 4, 3)));
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => network.Evaluate(new float[2], new float[2], -1));
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => network.Evaluate(new float[2], new float[2], double.NaN));
        Assert.Throws<ArgumentException>("targets", () => network.Evaluate(new float[2], new float[3]));
        Assert.Throws<ArgumentException>("features", () => network.Evaluate((float[])[], (float[])[]));
        Assert.Throws<ArgumentNullException>("dataset", () => network.Evaluate((RegressionDataset)null!));
    }

    private static void AssertScore(RegressionScore expected, RegressionScore actual)
    {
        Assert.Equal(expected.Output, actual.Output);
        Assert.Equal(expected.MeanAbsoluteError, actual.MeanAbsoluteError, 1e-9);
        Assert.Equal(expected.RootMeanSquaredError, actual.RootMeanSquaredError, 1e-9);
        Assert.Equal(expected.RSquared, actual.RSquared, 1e-9);
    }
}
