using Nnfs.Catalogue.Layers;
using Nnfs.Kernels;
using static Nnfs.Tests.Kernels.DenseTests;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DenseTailSampleTests
{
    private static readonly Functions s_plain = new Functions<ReLU, ReLU, Linear>(default, default, default, Rectified, Rectified, static value => value);

    /// <summary>Brief activations and long ones, before one another, with a setting and without. None is steeper than 1.</summary>
    private static readonly Functions[] s_functions =
    [
        s_plain,
        new Functions<LeakyReLU, Tanh, Sigmoid>(new(0.2f), default, default, Leaky, Math.Tanh, static value => 1 / (1 + Math.Exp(-value))),
        new Functions<Tanh, LeakyReLU, Tanh>(default, new(0.2f), default, Math.Tanh, Leaky, Math.Tanh),
    ];

    private delegate void Kernel(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y);

    /// <summary>
    /// The inputs and what each layer gives: values between from 1 to 9 vectors of every width, inputs that leave each remainder of
    /// eight, and one to four neurons, of two layers and of three.
    /// </summary>
    public static TheoryData<int[]> Shapes =>
    [
        .. Enumerable.Range(0, 41).Select(static i => (int[])[1 + (i % 9), 9 + (3 * i), 1 + (i % 4)]),
        .. Enumerable.Range(0, 24).Select(static i => (int[])[1 + (i % 9), 9 + (5 * i), 9 + ((7 * i) % 60), 1 + (i % 4)]),
        new int[] { 128, 16, 4 }, new int[] { 2, 600, 3 },
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(int[] sizes)
    {
        foreach (Functions functions in s_functions)
        {
            Layers layers = new(sizes, functions);
            FramedBlock y = FramedBlock.Destination(sizes[^1], misalignment: sizes[1] % 5);

            functions.Bind(sizes)(layers.Inputs.Span, layers.Parameters.Span, y.Span);

            double[] expected = [.. layers.Logits.Select(functions.OfOutputs)];
            Numbers.AssertClose(expected, y.Span, i => layers.Rounding(i) + (6 * Numbers.Rounding * Math.Abs(expected[i])), "y");
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardSoftmax_of_any_shape_agrees_with_the_specification(int[] sizes)
    {
        foreach (Functions functions in s_functions)
        {
            Layers layers = new(sizes, functions);
            FramedBlock y = FramedBlock.Destination(sizes[^1], misalignment: sizes[1] % 5);

            functions.BindSoftmax(sizes)(layers.Inputs.Span, layers.Parameters.Span, y.Span);

            // Logits that are off by e change a probability by a factor of at most exp(2e); the rest is softmax's own rounding.
            double off = Enumerable.Range(0, sizes[^1]).Max(layers.Rounding);
            double[] expected = SoftmaxLayer.Probabilities(layers.Logits, sizes[^1]);
            Numbers.AssertClose(expected, y.Span, i => expected[i] * ((2.1 * off) + (64 * Numbers.Rounding)), "y");
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData(20, 1, 1)]
    [InlineData(20, 2, 2)]
    [InlineData(20, 3, 3)]
    [InlineData(20, 4, 4)]
    [InlineData(20, 20, 3)]
    public void NaN_stays_NaN(int first, int second, int neurons)
    {
        int[] sizes = second > 8 ? [5, first, second, neurons] : [5, first, neurons];

        foreach (Functions functions in s_functions)
        {
            Layers layers = new(sizes, functions);
            layers.Inputs.Span[^1] = float.NaN;

            foreach (Kernel kernel in (Kernel[])[functions.Bind(sizes), functions.BindSoftmax(sizes)])
            {
                float[] y = new float[neurons];

                kernel(layers.Inputs.Span, layers.Parameters.Span, y);

                Assert.All(y, static value => Assert.True(float.IsNaN(value)));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ForwardSoftmax_of_extreme_logits_gives_probabilities(int classes)
    {
        // Weights of zero leave the biases.
        Layers layers = new([3, 16, classes], s_plain);
        float[] extremes = [float.MaxValue, -float.MaxValue, 1000f, -1000f, 0f, float.Epsilon];
        float[] y = new float[classes];

        for (int shift = 0; shift < extremes.Length; shift++)
        {
            float[] parameters = new float[layers.Parameters.Span.Length];
            Enumerable.Range(shift, classes).Select(i => extremes[i % extremes.Length]).ToArray().CopyTo(parameters, parameters.Length - 4);

            s_plain.BindSoftmax([3, 16, classes])(layers.Inputs.Span, parameters, y);

            Assert.All(y, static probability => Assert.InRange(probability, 0f, 1f));
            Assert.Equal(1.0, y.Sum(static probability => (double)probability), classes * Numbers.Rounding);
        }
    }

    [Theory]
    [InlineData("x", -1, 0, 0)]
    [InlineData("parameters", 0, -1, 0)]
    [InlineData("y", 0, 0, -1)]
    public void A_span_too_short_throws_before_anything_is_written(string parameter, int x, int parameters, int y)
    {
        foreach (int[] sizes in (int[][])[[5, 20, 3], [5, 20, 17, 3]])
        {
            Layers layers = new(sizes, s_plain);

            foreach (Kernel kernel in (Kernel[])[s_plain.Bind(sizes), s_plain.BindSoftmax(sizes)])
            {
                FramedBlock outputs = FramedBlock.Destination(3 + y);

                Assert.Throws<ArgumentException>(
                    parameter, () => kernel(new float[5 + x], new float[layers.Parameters.Span.Length + parameters], outputs.Span));

                outputs.AssertNothingIsWritten();
            }
        }
    }

    [Theory]
    [InlineData(5, 8, 3)]
    [InlineData(5, 9, 5)]
    [InlineData(5, 129, 9, 3)]
    [InlineData(5, 9, 8, 3)]
    public void A_size_out_of_range_throws(params int[] sizes)
    {
        foreach (Kernel kernel in (Kernel[])[s_plain.Bind(sizes), s_plain.BindSoftmax(sizes)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => kernel(new float[200], new float[20_000], new float[8]));
        }
    }

    /// <summary>The activations of the layers: of two layers, the second and the last.</summary>
    private abstract record Functions(Func<double, double> OfFirst, Func<double, double> OfSecond, Func<double, double> OfOutputs)
    {
        public abstract Kernel Bind(int[] sizes);

        public abstract Kernel BindSoftmax(int[] sizes);
    }

    /// <inheritdoc cref="Functions"/>
    private sealed record Functions<TFirst, TSecond, TLast>(
        TFirst First,
        TSecond Second,
        TLast Last,
        Func<double, double> OfFirst,
        Func<double, double> OfSecond,
        Func<double, double> OfOutputs) : Functions(OfFirst, OfSecond, OfOutputs)
        where TFirst : struct, IActivation
        where TSecond : struct, IActivation
        where TLast : struct, IActivation
    {
        private delegate void OfTwo(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TSecond activation, TLast last, Span<float> y);

        private delegate void OfTwoWithSoftmax(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TSecond activation, Span<float> y);

        private delegate void OfThree(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TFirst first, TSecond second, TLast last, Span<float> y);

        private delegate void OfThreeWithSoftmax(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TFirst first, TSecond second, Span<float> y);

        public override Kernel Bind(int[] sizes)
        {
            if (sizes.Length == 3)
            {
                OfTwo two = Bind<OfTwo>("Forward", sizes, typeof(TSecond), typeof(TLast));

                return (x, parameters, y) => two(x, parameters, Second, Last, y);
            }

            OfThree three = Bind<OfThree>("Forward", sizes, typeof(TFirst), typeof(TSecond), typeof(TLast));

            return (x, parameters, y) => three(x, parameters, First, Second, Last, y);
        }

        public override Kernel BindSoftmax(int[] sizes)
        {
            if (sizes.Length == 3)
            {
                OfTwoWithSoftmax two = Bind<OfTwoWithSoftmax>("ForwardSoftmax", sizes, typeof(TSecond));

                return (x, parameters, y) => two(x, parameters, Second, y);
            }

            OfThreeWithSoftmax three = Bind<OfThreeWithSoftmax>("ForwardSoftmax", sizes, typeof(TFirst), typeof(TSecond));

            return (x, parameters, y) => three(x, parameters, First, Second, y);
        }

        private static TDelegate Bind<TDelegate>(string method, int[] sizes, params Type[] functions)
            where TDelegate : Delegate =>
            BinaryDimension.Bind<TDelegate>(typeof(DenseTailSample), method, [.. sizes.Select(BinaryDimension.Of), .. functions]);
    }

    private static double Rectified(double value) => Math.Max(0, value);

    private static double Leaky(double value) => value > 0 ? value : 0.2f * value;

    /// <summary>Layers with their parameters as the kernel takes them, and what they give by the specification.</summary>
    private sealed class Layers
    {
        private readonly double[] _sizesOfSums;
        private readonly int _terms;

        public Layers(int[] sizes, Functions functions)
        {
            float[] x = Numbers.Gaussians(sizes[0], seed: sizes[0]);
            double[] values = ToDoubles(x);
            double[] sums = Absolute(x);
            List<float> parameters = [];

            for (int layer = 1; layer < sizes.Length; layer++)
            {
                int inputs = sizes[layer - 1];
                int neurons = sizes[layer];
                bool isLast = layer == sizes.Length - 1;
                float[] w = Numbers.Gaussians(inputs * neurons, seed: layer + neurons, scale: 1f / MathF.Sqrt(inputs));
                float[] b = Numbers.Gaussians(neurons, seed: layer);

                // Padding is zero, as in a network.
                Type layout = isLast ? typeof(ByNeuron) : typeof(ByInput);
                parameters.AddRange(DenseLanesTests.LaidOut(w, inputs, neurons, layout).Select(static value => float.IsNaN(value) ? 0f : value));
                parameters.AddRange([.. b, .. new float[(isLast ? 4 : MatrixLayout.RowStride(neurons)) - neurons]]);

                values = DenseLayer.Forward(values, ToDoubles(w), ToDoubles(b), 1, inputs, neurons);
                values = isLast ? values : [.. values.Select(layer == sizes.Length - 2 ? functions.OfSecond : functions.OfFirst)];
                sums = DenseLayer.Forward(sums, Absolute(w), Absolute(b), 1, inputs, neurons);

                // One for each product and each addition, and 6 halves of a unit in the last place for a function, which gives no more than it takes.
                _terms += inputs + 2 + 6;
            }

            Inputs = FramedBlock.Source(x, misalignment: sizes[0] % 7);
            Parameters = FramedBlock.Source([.. parameters], misalignment: sizes[0] % 4);
            Logits = values;
            _sizesOfSums = sums;
        }

        public FramedBlock Inputs { get; }

        public FramedBlock Parameters { get; }

        /// <summary>What the last layer gives, before its function.</summary>
        public double[] Logits { get; }

        /// <summary>What the sums of all layers may be off by.</summary>
        public double Rounding(int output) => RoundingOfSum(_terms, _sizesOfSums[output]);
    }
}
