using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Kernels.DenseTests;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DenseSampleTests
{
    private delegate void ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y);

    /// <summary>
    /// Every size as inputs with the weights by neuron, as neurons with the weights by input (from 1 to 9 vectors of every width, and inputs
    /// that leave each remainder of eight), and awkward ones with either.
    /// </summary>
    public static TheoryData<int, int, Type> Shapes
    {
        get
        {
            int[] some = [.. KernelSizes.Some];
            (int Inputs, int Neurons)[] both = [.. some.Zip(some.Reverse()), (64, 64), (64, 10), (784, 10), (512, 8), (13, 300)];
            (int Inputs, int Neurons, Type Layout)[] shapes =
            [
                .. KernelSizes.All.Select(static size => (size, 3, typeof(ByNeuron))),
                .. KernelSizes.All.Select(static size => (8 + (size % 9), size, typeof(ByInput))),
                .. both.Select(static shape => (shape.Inputs, shape.Neurons, typeof(ByInput))),
                .. both.Select(static shape => (shape.Inputs, shape.Neurons, typeof(ByNeuron))),
            ];

            return [.. shapes.Distinct()];
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(int inputs, int neurons, Type layout)
    {
        float[] xs = Numbers.Gaussians(inputs, seed: inputs);
        float[] ws = Numbers.Gaussians(inputs * neurons, seed: inputs + neurons);
        float[] bs = Numbers.Gaussians(neurons, seed: neurons);
        int stride = MatrixLayout.RowStride(neurons);

        // By input the padding of weights and biases only goes into that of the outputs. By neuron that of the weights is zero, as it is in a
        // network, and after the inputs there are finite numbers.
        bool isByInput = layout == typeof(ByInput);
        float[] laidOut = [.. DenseLanesTests.LaidOut(ws, inputs, neurons, layout).Select(value => !isByInput && float.IsNaN(value) ? 0f : value)];
        float[] padded = isByInput ? xs : [.. xs, .. Enumerable.Repeat(1e6f, LanesBlock.Padded(inputs) - inputs)];
        FramedBlock x = FramedBlock.Source(padded, misalignment: inputs % 7);
        FramedBlock w = FramedBlock.Source(laidOut, misalignment: inputs % 4);
        FramedBlock b = FramedBlock.Source(Pad(bs, 1, neurons), misalignment: neurons % 4);
        double[] expected = DenseLayer.Forward(ToDoubles(xs), ToDoubles(ws), ToDoubles(bs), 1, inputs, neurons);
        double[] sizes = DenseLayer.Forward(Absolute(xs), Absolute(ws), Absolute(bs), 1, inputs, neurons);

        // Every shape with the identity and with one of the activations, whose slopes are less than 2.
        FramedBlock y = FramedBlock.Destination(stride, misalignment: neurons % 5);
        Bind(default(Nnfs.Kernels.Linear), inputs, neurons, layout)(x.Span, w.Span, b.Span, y.Span);
        Numbers.AssertClose(expected, y.Span[..neurons], i => RoundingOfSum(inputs + 1, sizes[i]), "y");
        y.AssertFrameIsIntact();

        foreach (ElementwiseLayer layer in ActivationTests.Layers.Where((_, i) => i == (inputs + neurons) % ActivationTests.Layers.Count))
        {
            double[] outputs = [.. expected.Select(layer.Function)];

            Bind(layer.Kernels!.Activation, inputs, neurons, layout)(x.Span, w.Span, b.Span, y.Span);

            Numbers.AssertClose(
                outputs,
                y.Span[..neurons],
                i => (2 * RoundingOfSum(inputs + 1, sizes[i])) + layer.Kernels.Tolerance(expected[i], outputs[i]),
                $"y of {layer.Attribute}");
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData(20, 20, typeof(ByInput))]
    [InlineData(20, 5, typeof(ByNeuron))]
    public void Forward_of_NaN_is_NaN(int inputs, int neurons, Type layout)
    {
        float[] x = new float[32];
        x[inputs - 1] = float.NaN;
        float[] w = new float[2048];
        Array.Fill(w, 1f);
        float[] y = new float[32];

        foreach (ElementwiseLayer layer in ActivationTests.Layers)
        {
            Array.Clear(y);

            Bind(layer.Kernels!.Activation, inputs, neurons, layout)(x, w, new float[32], y);

            Assert.All(y[..neurons], static value => Assert.True(float.IsNaN(value)));
        }
    }

    [Theory]
    [InlineData("x", "3 values", 2, typeof(ByInput))]
    [InlineData("x", "16 values", 15, typeof(ByNeuron))]
    [InlineData("w", "24 values", 23, typeof(ByInput))]
    [InlineData("w", "20 values", 19, typeof(ByNeuron))]
    [InlineData("b", "8 values", 7, typeof(ByInput))]
    [InlineData("y", "8 values", 7, typeof(ByNeuron))]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, string expected, int length, Type layout)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock y = FramedBlock.Destination(Length("y", 8));
        ForwardKernel kernel = Bind(default(Nnfs.Kernels.ReLU), 3, 5, layout);

        ArgumentException exception = Assert.Throws<ArgumentException>(
            parameter, () => kernel(new float[Length("x", 16)], new float[Length("w", 24)], new float[Length("b", 8)], y.Span));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        y.AssertNothingIsWritten();
    }

    private static ForwardKernel Bind(ValueType activation, int inputs, int neurons, Type layout) =>
        ActivationKernel.Bind<ForwardKernel>(
            typeof(Nnfs.Kernels.DenseSample), "Forward", [BinaryDimension.Of(inputs), BinaryDimension.Of(neurons), layout], activation);
}
