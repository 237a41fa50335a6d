using static Nnfs.Tests.Kernels.DenseTests;

namespace Nnfs.Tests.Kernels;

public class DenseTailLanesTests
{
    private delegate void ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y, int stride, int samples);

    private delegate void KeepingKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> h, Span<float> y, int stride, int samples);

    private delegate void BackwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> h, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> gradients, int stride,
        int samples, int start, int count);

    /// <summary>All numbers of inputs and neurons that go together, with values between of every number of vectors.</summary>
    public static TheoryData<int, int, int> Shapes =>
    [
        .. Enumerable.Range(0, 16).Select(static i => (1 + (i % 4), 10 + (8 * i), 1 + (i / 4))),
        (2, 64, 3), (3, 600, 2),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_has_the_bits_of_one_layer_after_the_other(int inputs, int hidden, int neurons)
    {
        Layers layers = new(inputs, hidden, neurons);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(Numbers.Gaussians(samples * inputs, seed: samples), inputs, stride, samples));
            float[] expectedH = new float[LanesBlock.Length(hidden, stride, samples)];
            float[] expected = new float[LanesBlock.Length(neurons, stride, samples)];
            DenseLanesTests.Bind<DenseLanesTests.ForwardKernel>("ForwardReLU", inputs, hidden, typeof(ByInput))(
                x.Span, layers.W1, layers.B1, expectedH, stride, samples);
            DenseLanesTests.Bind<DenseLanesTests.ForwardKernel>("Forward", hidden, neurons, typeof(ByNeuron))(
                expectedH, layers.W2, layers.B2, expected, stride, samples);

            FramedBlock y = FramedBlock.Destination(expected.Length);
            Bind<ForwardKernel>("Forward", inputs, hidden, neurons)(x.Span, layers.Parameters, y.Span, stride, samples);
            FramedBlock h = FramedBlock.Destination(expectedH.Length);
            FramedBlock beside = FramedBlock.Destination(expected.Length);
            Bind<KeepingKernel>("Forward", inputs, hidden, neurons)(x.Span, layers.Parameters, h.Span, beside.Span, stride, samples);

            (FramedBlock, float[], int)[] results = [(y, expected, neurons), (beside, expected, neurons), (h, expectedH, hidden)];

            foreach ((FramedBlock actual, float[] bits, int features) in results)
            {
                Numbers.AssertSameBits(LanesBlock.Rows(bits, features, stride, samples), LanesBlock.Rows(actual.Span, features, stride, samples), "outputs");
                LanesBlock.Fillers(actual.Span, features, stride, samples);
                actual.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(int inputs, int hidden, int neurons)
    {
        Layers layers = new(inputs, hidden, neurons);
        int row = MatrixLayout.RowStride(hidden);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] x = Numbers.Gaussians(samples * inputs, seed: samples);
            float[] h = [.. Numbers.Gaussians(samples * hidden, seed: hidden).Select(static value => Math.Max(0, value))];
            float[] dy = Numbers.Gaussians(samples * neurons, seed: neurons);
            FramedBlock gradients = FramedBlock.Destination(layers.Parameters.Length);

            BackwardKernel kernel = Bind<BackwardKernel>("BackwardParameters", inputs, hidden, neurons);
            FramedBlock xLanes = FramedBlock.Source(LanesBlock.Of(x, inputs, stride, samples, filler: 3f));
            FramedBlock hLanes = FramedBlock.Source(LanesBlock.Of(h, hidden, stride, samples, filler: 5f));
            FramedBlock dyLanes = FramedBlock.Source(LanesBlock.Of(dy, neurons, stride, samples));

            // In two parts, as two threads do it.
            kernel(xLanes.Span, hLanes.Span, dyLanes.Span, layers.Parameters, gradients.Span, stride, samples, hidden / 2, hidden - (hidden / 2));
            kernel(xLanes.Span, hLanes.Span, dyLanes.Span, layers.Parameters, gradients.Span, stride, samples, 0, hidden / 2);

            FramedBlock whole = FramedBlock.Destination(layers.Parameters.Length);
            kernel(xLanes.Span, hLanes.Span, dyLanes.Span, layers.Parameters, whole.Span, stride, samples, 0, hidden);
            Numbers.AssertSameBits(whole.Span, gradients.Span, "gradients in parts");

            for (int l = 0; l < hidden; l++)
            {
                double[] dh = new double[samples];
                double[] dhSizes = new double[samples];

                for (int i = 0; i < samples; i++)
                {
                    double[] terms = [.. Enumerable.Range(0, neurons).Select(j => (double)dy[(i * neurons) + j] * layers.W2[(j * row) + l])];
                    bool passes = h[(i * hidden) + l] > 0;
                    dh[i] = passes ? terms.Sum() : 0;
                    dhSizes[i] = passes ? terms.Sum(Math.Abs) : 0;
                }

                for (int k = 0; k <= inputs; k++)
                {
                    // The biases are the weights of an input that is always 1.
                    double Input(int i) => k < inputs ? x[(i * inputs) + k] : 1;

                    AssertSum(i => dh[i] * Input(i), i => dhSizes[i] * Math.Abs(Input(i)), gradients.Span[(k * row) + l]);
                }

                for (int j = 0; j < neurons; j++)
                {
                    AssertSum(
                        i => (double)h[(i * hidden) + l] * dy[(i * neurons) + j],
                        i => Math.Abs((double)h[(i * hidden) + l] * dy[(i * neurons) + j]),
                        gradients.Span[((inputs + 1 + j) * row) + l]);
                }
            }

            for (int j = 0; j < neurons; j++)
            {
                // In order, as a plain loop sums them.
                float sum = 0f;

                for (int i = 0; i < samples; i++)
                {
                    sum += dy[(i * neurons) + j];
                }

                Assert.Equal(sum, gradients.Span[((inputs + 1 + neurons) * row) + j]);
            }

            for (int padded = 0; padded < inputs + 1 + neurons; padded++)
            {
                Assert.False(gradients.Span[((padded * row) + hidden)..((padded + 1) * row)].ContainsAnyExcept(FramedBlock.Canary), "The padding was written.");
            }

            gradients.AssertFrameIsIntact();

            void AssertSum(Func<int, double> term, Func<int, double> size, float actual)
            {
                double expected = Enumerable.Range(0, samples).Sum(term);

                Assert.Equal(expected, actual, Math.Max(1e-30, RoundingOfSum(samples + neurons + 2, Enumerable.Range(0, samples).Sum(size))));
            }
        }
    }

    [Theory]
    [InlineData("x", -1, 0, 0, 0)]
    [InlineData("parameters", 0, -1, 0, 0)]
    [InlineData("h", 0, 0, -1, 0)]
    [InlineData("y", 0, 0, 0, -1)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int parameters, int h, int y)
    {
        FramedBlock hidden = FramedBlock.Destination((10 * 16) + h);
        FramedBlock outputs = FramedBlock.Destination((3 * 16) + y);

        Assert.Throws<ArgumentException>(parameter, () => Bind<KeepingKernel>("Forward", 2, 10, 3)(
            new float[32 + x], new float[99 + parameters], hidden.Span, outputs.Span, 16, 16));

        hidden.AssertNothingIsWritten();
        outputs.AssertNothingIsWritten();

        if (h == 0)
        {
            Assert.Throws<ArgumentException>(
                parameter, () => Bind<ForwardKernel>("Forward", 2, 10, 3)(new float[32 + x], new float[99 + parameters], outputs.Span, 16, 16));
            outputs.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData("x", -1, 0, 0, 0, 0)]
    [InlineData("h", 0, -1, 0, 0, 0)]
    [InlineData("dy", 0, 0, -1, 0, 0)]
    [InlineData("parameters", 0, 0, 0, -1, 0)]
    [InlineData("gradients", 0, 0, 0, 0, -1)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int h, int dy, int parameters, int gradients)
    {
        FramedBlock written = FramedBlock.Destination(99 + gradients);

        Assert.Throws<ArgumentException>(parameter, () => Bind<BackwardKernel>("BackwardParameters", 2, 10, 3)(
            new float[32 + x], new float[160 + h], new float[48 + dy], new float[99 + parameters], written.Span, 16, 16, 0, 10));

        written.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 4, 7)]
    public void BackwardParameters_of_values_that_are_not_there_throws_before_it_writes(string parameter, int start, int count)
    {
        FramedBlock written = FramedBlock.Destination(99);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Bind<BackwardKernel>("BackwardParameters", 2, 10, 3)(
            new float[32], new float[160], new float[48], new float[99], written.Span, 16, 16, start, count));

        written.AssertNothingIsWritten();
    }

    [Fact]
    public void BackwardParameters_of_no_values_writes_nothing()
    {
        FramedBlock written = FramedBlock.Destination(99);

        Bind<BackwardKernel>("BackwardParameters", 2, 10, 3)(new float[32], new float[160], new float[48], new float[99], written.Span, 16, 16, 0, 0);

        written.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(2, 8, 3)]
    [InlineData(2, 11, 3)]
    [InlineData(2, 10, 5)]
    public void Forward_of_a_size_out_of_range_throws(int inputs, int hidden, int neurons) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Bind<ForwardKernel>("Forward", inputs, hidden, neurons)(new float[200], new float[500], new float[200], 16, 16));

    [Theory]
    [InlineData(5, 10, 3)]
    [InlineData(2, 8, 3)]
    [InlineData(2, 10, 5)]
    public void BackwardParameters_of_a_size_out_of_range_throws(int inputs, int hidden, int neurons) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Bind<BackwardKernel>("BackwardParameters", inputs, hidden, neurons)(
            new float[200], new float[200], new float[200], new float[500], new float[500], 16, 16, 0, hidden));

    private static TKernel Bind<TKernel>(string method, int inputs, int hidden, int neurons)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.DenseTailLanes), method, inputs, hidden, neurons);

    /// <summary>The parameters of two layers, apart and in one block as the kernel takes them.</summary>
    private sealed class Layers
    {
        public Layers(int inputs, int hidden, int neurons)
        {
            W1 = DenseLanesTests.LaidOut(Numbers.Gaussians(inputs * hidden, seed: hidden), inputs, hidden, typeof(ByInput));
            B1 = Pad(Numbers.Gaussians(hidden, seed: inputs), 1, hidden);
            W2 = DenseLanesTests.LaidOut(Numbers.Gaussians(hidden * neurons, seed: neurons), hidden, neurons, typeof(ByNeuron));
            B2 = Numbers.Gaussians(neurons, seed: hidden);
            Parameters = [.. W1, .. B1, .. W2, .. B2];
        }

        public float[] W1 { get; }

        public float[] B1 { get; }

        public float[] W2 { get; }

        public float[] B2 { get; }

        public float[] Parameters { get; }
    }
}
