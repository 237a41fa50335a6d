using Nnfs.Generators.Tests.Gradients;
using Nnfs.Tests.Kernels;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The specification of the losses, in float64: what each adds to the loss of the graph, and its gradient.</summary>
internal static class GraphLosses
{
    /// <summary>What an output gives to its user: probabilities where its loss makes some of logits.</summary>
    public static double[] Output(GraphOutput output, double[] y, int size, int samples) => output.Loss switch
    {
        GraphLossKind.SoftmaxCrossEntropy => ReferenceNetwork.Softmax(y, size, samples),
        GraphLossKind.SigmoidBinaryCrossEntropy => Array.ConvertAll(y, ActivationSpecification.Sigmoid),
        _ => y,
    };

    /// <summary>The terms whose sum is the loss of an output, before it is weighted: a mean over samples, or over outputs and samples.</summary>
    /// <param name="output">The output.</param>
    /// <param name="y">What its layer gives.</param>
    /// <param name="targets">What that is compared with.</param>
    /// <param name="size">The number of values per sample.</param>
    /// <param name="samples">The number of samples.</param>
    public static double[] Terms(GraphOutput output, double[] y, float[] targets, int size, int samples)
    {
        double[] terms = new double[y.Length];
        double divisor = output.IsCategorical ? samples : y.Length;

        for (int j = 0; j < y.Length; j++)
        {
            double t = Target(output, targets[j], size);
            double p = ReferenceNetwork.Clip(y[j]);

            terms[j] = output.Loss switch
            {
                GraphLossKind.SoftmaxCrossEntropy => t * (ReferenceNetwork.LogOfSum(y.AsSpan(j / size * size, size)) - y[j]),
                GraphLossKind.CategoricalCrossEntropy => -t * Math.Log(p),
                GraphLossKind.BinaryCrossEntropy => -(t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p)),
                GraphLossKind.SigmoidBinaryCrossEntropy => Math.Max(y[j], 0) - (y[j] * t) + Math.Log(1 + Math.Exp(-Math.Abs(y[j]))),
                GraphLossKind.MeanSquaredError => (y[j] - t) * (y[j] - t),
                GraphLossKind.MeanAbsoluteError => Math.Abs(y[j] - t),
                GraphLossKind.Huber when Math.Abs(y[j] - t) <= output.Setting => (y[j] - t) * (y[j] - t) / 2,
                GraphLossKind.Huber => output.Setting * (Math.Abs(y[j] - t) - (output.Setting / 2.0)),

                // The function whose gradient is the one that comes from outside.
                _ => y[j] * t * divisor,
            } / divisor;
        }

        return terms;
    }

    /// <summary>The gradient of the weighted loss of an output with respect to what its layer gives.</summary>
    /// <param name="output">The output.</param>
    /// <param name="y">What its layer gives.</param>
    /// <param name="targets">What that is compared with.</param>
    /// <param name="size">The number of values per sample.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="magnitudes">What the terms of each element add up to without their signs.</param>
    public static double[] Gradient(GraphOutput output, double[] y, float[] targets, int size, int samples, out double[] magnitudes)
    {
        double[] p = Output(output, y, size, samples);
        double[] gradient = new double[y.Length];
        magnitudes = new double[y.Length];
        double divisor = (output.IsCategorical ? samples : y.Length) / (double)output.Weight;

        for (int j = 0; j < y.Length; j++)
        {
            double t = Target(output, targets[j], size);
            double clipped = ReferenceNetwork.Clip(p[j]);

            // The gradient as the difference of two terms.
            (double left, double right) = output.Loss switch
            {
                GraphLossKind.SoftmaxCrossEntropy => (p[j], t),

                // As the book has it: the gradient of the logarithm of what was clipped, without that of the clipping.
                GraphLossKind.CategoricalCrossEntropy => (0, t / clipped),
                GraphLossKind.BinaryCrossEntropy => ((1 - t) / (1 - clipped), t / clipped),
                GraphLossKind.SigmoidBinaryCrossEntropy => (p[j], t),
                GraphLossKind.MeanSquaredError => (2 * y[j], 2 * t),
                GraphLossKind.MeanAbsoluteError => (Math.Sign(y[j] - t), 0),
                GraphLossKind.Huber when Math.Abs(y[j] - t) <= output.Setting => (y[j], t),
                GraphLossKind.Huber => (output.Setting * Math.Sign(y[j] - t), 0),
                _ => (t * divisor, 0),
            };

            gradient[j] = (left - right) / divisor;
            magnitudes[j] = (Math.Abs(left) + Math.Abs(right)) / divisor;
        }

        return gradient;
    }

    /// <summary>Where a loss has its bends: the gradient of one jumps where such a number changes its sign.</summary>
    public static IEnumerable<double[]> Bends(GraphOutput output, double[] y, float[] targets) => output.Loss switch
    {
        GraphLossKind.MeanAbsoluteError => [[.. y.Select((value, j) => value - targets[j])]],
        GraphLossKind.Huber => [[.. y.Select((value, j) => Math.Abs(value - targets[j]) - output.Setting)]],
        GraphLossKind.CategoricalCrossEntropy or GraphLossKind.BinaryCrossEntropy =>
            [[.. y.Select(static value => ReferenceNetwork.Clip(value) == value ? 1.0 : -1.0)]],
        _ => [],
    };

    /// <summary>Whether no finite difference can be taken of a loss, because something is clipped.</summary>
    public static bool IsClipped(GraphOutput output, double[] y) =>
        output.Loss is GraphLossKind.CategoricalCrossEntropy or GraphLossKind.BinaryCrossEntropy
            && y.Any(static value => ReferenceNetwork.Clip(value) != value);

    private static double Target(GraphOutput output, float target, int size) =>
        output.Loss == GraphLossKind.SoftmaxCrossEntropy ? ((1 - (double)output.Setting) * target) + (output.Setting / (double)size) : target;
}
