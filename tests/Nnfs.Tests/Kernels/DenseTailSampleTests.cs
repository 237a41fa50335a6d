using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Kernels.DenseTests;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DenseTailSampleTests
{
    private static readonly ElementwiseLayer s_relu = new ReLULayer();

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
        Layers layers = new(sizes, s_relu);
        FramedBlock y = FramedBlock.Destination(sizes[^1], misalignment: sizes[1] % 5);

        Bind("Forward", sizes, s_relu)(layers.Inputs.Span, layers.Parameters.Span, y.Span);

        Numbers.AssertClose(layers.Outputs, y.Span, i => layers.Rounding(i), "y");
        y.AssertFrameIsIntact();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardSoftmax_of_any_shape_agrees_with_the_specification(int[] sizes)
    {
        Layers layers = new(sizes, s_relu);

        AssertProbabilities(layers, sizes, s_relu);
    }

    [Theory]
    [MemberData(nameof(ActivationTests.Names), MemberType = typeof(ActivationTests))]
    public void Layers_with_any_activation_agree_with_the_specification(string name)
    {
        ElementwiseLayer activation = ActivationTests.Find(name).Layer;

        foreach (int[] sizes in (int[][])[[2, 64, 3], [7, 33, 1], [4, 20, 17, 2], [11, 16, 40, 4]])
        {
            Layers layers = new(sizes, activation);
            AssertProbabilities(layers, sizes, activation);

            foreach (ElementwiseLayer last in ActivationTests.Layers)
            {
                FramedBlock y = FramedBlock.Destination(sizes[^1]);
                double[] expected = [.. layers.Outputs.Select(last.Function)];

                Bind("Forward", sizes, activation, last.Kernels!.Activation)(layers.Inputs.Span, layers.Parameters.Span, y.Span);

                Numbers.AssertClose(
                    expected, y.Span, i => (2 * layers.Rounding(i)) + last.Kernels.Tolerance(layers.Outputs[i], expected[i]), last.Attribute);
                y.AssertFrameIsIntact();
            }
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
        Layers layers = new(sizes, s_relu);
        layers.Inputs.Span[^1] = float.NaN;

        foreach (string method in (string[])["Forward", "ForwardSoftmax"])
        {
            foreach (ElementwiseLayer activation in ActivationTests.Layers)
            {
                float[] y = new float[neurons];

                Bind(method, sizes, activation)(layers.Inputs.Span, layers.Parameters.Span, y);

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
        Layers layers = new([3, 16, classes], s_relu);
        float[] extremes = [float.MaxValue, -float.MaxValue, 1000f, -1000f, 0f, float.Epsilon];
        float[] y = new float[classes];

        for (int shift = 0; shift < extremes.Length; shift++)
        {
            float[] parameters = new float[layers.Parameters.Span.Length];
            Enumerable.Range(shift, classes).Select(i => extremes[i % extremes.Length]).ToArray().CopyTo(parameters, parameters.Length - 4);

            Bind("ForwardSoftmax", [3, 16, classes], s_relu)(layers.Inputs.Span, parameters, y);

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
            Layers layers = new(sizes, s_relu);

            foreach (string method in (string[])["Forward", "ForwardSoftmax"])
            {
                FramedBlock outputs = FramedBlock.Destination(3 + y);

                Assert.Throws<ArgumentException>(
                    parameter, () => Bind(method, sizes, s_relu)(new float[5 + x], new float[layers.Parameters.Span.Length + parameters], outputs.Span));

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
        foreach (string method in (string[])["Forward", "ForwardSoftmax"])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Bind(method, sizes, s_relu)(new float[200], new float[20_000], new float[8]));
        }
    }

    private static void AssertProbabilities(Layers layers, int[] sizes, ElementwiseLayer activation)
    {
        FramedBlock y = FramedBlock.Destination(sizes[^1], misalignment: sizes[1] % 5);

        Bind("ForwardSoftmax", sizes, activation)(layers.Inputs.Span, layers.Parameters.Span, y.Span);

        // Logits that are off by e change a probability by a factor of at most exp(2e); the rest is softmax's own rounding.
        double off = Enumerable.Range(0, sizes[^1]).Max(layers.Rounding);
        double[] expected = SoftmaxLayer.Probabilities(layers.Outputs, sizes[^1]);
        Numbers.AssertClose(expected, y.Span, i => expected[i] * ((2.1 * off) + (64 * Numbers.Rounding)), "y");
        y.AssertFrameIsIntact();
    }

    /// <summary>A kernel with an activation after each layer but the last, and what the kernel computes last.</summary>
    private static Kernel Bind(string method, int[] sizes, ElementwiseLayer activation, ValueType? last = null) =>
        ActivationKernel.Bind<Kernel>(
            typeof(Nnfs.Kernels.DenseTailSample),
            method,
            sizes,
            [
                .. Enumerable.Repeat(activation.Kernels!.Activation, sizes.Length - 2),
                .. method == "Forward" ? (ValueType[])[last ?? default(Nnfs.Kernels.Linear)] : [],
            ]);

    /// <summary>Layers with their parameters as the kernel takes them, and what they give by the specification.</summary>
    private sealed class Layers
    {
        private readonly double[] _sizesOfSums;
        private readonly int _terms;

        public Layers(int[] sizes, ElementwiseLayer activation)
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
                values = isLast ? values : [.. values.Select(activation.Function)];
                sums = DenseLayer.Forward(sums, Absolute(w), Absolute(b), 1, inputs, neurons);
                _terms += inputs + 2;

                // Activations are less steep than 2 and less than 1 at zero, and round up to 17 times.
                if (!isLast && activation != s_relu)
                {
                    sums = [.. sums.Select(static sum => (2 * sum) + 1)];
                    _terms += 17;
                }
            }

            Inputs = FramedBlock.Source(x, misalignment: sizes[0] % 7);
            Parameters = FramedBlock.Source([.. parameters], misalignment: sizes[0] % 4);
            Outputs = values;
            _sizesOfSums = sums;
        }

        public FramedBlock Inputs { get; }

        public FramedBlock Parameters { get; }

        public double[] Outputs { get; }

        /// <summary>What the sums of all layers may be off by.</summary>
        public double Rounding(int output) => RoundingOfSum(_terms, _sizesOfSums[output]);
    }
}
