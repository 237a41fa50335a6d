using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;
using Nnfs.Kernels;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

/// <summary>Causal convolutions of a sequence that arrives step by step, against those of the whole sequence in float64.</summary>
public class ConvolutionStepTests
{
    private const int Steps = 23;

    private delegate void Step(
        Window2D window,
        int filters,
        int groups,
        ReadOnlySpan<float> x,
        Span<float> history,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        Span<float> y);

    private delegate void SettledStep(
        Window2D window, ReadOnlySpan<float> x, Span<float> history, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y);

    /// <summary>Kernel, dilation, channels, filters, groups.</summary>
    public static TheoryData<int, int, int, int, int> Shapes
    {
        get
        {
            (int, int, int, int, int)[] shapes =
            [
                // Filters and channels about whole vectors, each remainder of eight among the channels.
                .. KernelSizes.Some.Select(static filters => (1 + (filters % 4), 1 + (filters % 3), 5, filters, 1)),
                .. KernelSizes.Some.Select(static channels => (1 + (channels % 3), 1 + (channels % 4), channels, 12, 1)),
                .. Enumerable.Range(1, 9).Select(static channels => (3, 2, channels, 33, 1)),
                .. Enumerable.Range(1, 9).Select(static channels => (2, 3, channels, 65, 1)),

                // Windows that reach back further than the sequence, and one step.
                (3, 30, 4, 6, 1), (9, 1, 3, 3, 1), (1, 5, 16, 16, 1),

                // Groups of whole vectors of every width, and of others.
                (3, 2, 32, 32, 2), (2, 1, 6, 24, 3), (2, 2, 10, 8, 2), (3, 1, 6, 6, 6), (2, 1, 9, 15, 3), (2, 3, 4, 80, 4),
            ];

            return [.. shapes.Distinct()];
        }
    }

    /// <summary>Kernel, dilation, channels, filters.</summary>
    public static TheoryData<int, int, int, int> ShapesOfOneGroup =>
        [
            .. Shapes.Select(static row => row.Data)
                .Where(static shape => shape.Item5 == 1)
                .Select(static shape => (shape.Item1, shape.Item2, shape.Item3, shape.Item4)),
        ];

    /// <summary>Kernel, dilation, channels.</summary>
    public static TheoryData<int, int, int> ChannelShapes =>
        [.. KernelSizes.Some.Select(static channels => (1 + (channels % 4), 1 + (channels % 3), channels)), (3, 30, 5), (9, 1, 21)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Steps_of_any_shape_agree_with_the_whole_sequence(int kernel, int dilation, int channels, int filters, int groups)
    {
        Conv1DLayer layer = new(filters, new(kernel) { Dilation = dilation, IsCausal = true }) { Groups = groups };
        int stride = MatrixLayout.RowStride(filters);

        foreach (ElementwiseLayer? activation in new[] { null, ActivationOf(filters + channels) })
        {
            Step step = ActivationKernel.Bind<Step>(
                typeof(Conv1D), nameof(Conv1D.Step), (Type[])[], activation?.Kernels!.Activation ?? default(Nnfs.Kernels.Linear));

            Check(
                layer,
                Causal(kernel, dilation, channels),
                activation,
                stride,
                (window, x, history, w, b, y) => step(window, filters, groups, x, history, w, b, y));
        }
    }

    [Theory]
    [MemberData(nameof(ShapesOfOneGroup))]
    public void Steps_compiled_for_their_sizes_have_the_same_bits(int kernel, int dilation, int channels, int filters)
    {
        Window2D window = Causal(kernel, dilation, channels);
        ValueType activation = ActivationOf(filters + channels).Kernels!.Activation;
        Step step = ActivationKernel.Bind<Step>(typeof(Conv1D), nameof(Conv1D.Step), (Type[])[], activation);
        SettledStep compiled = ActivationKernel.Bind<SettledStep>(typeof(Conv1D), nameof(Conv1D.Step), [channels, filters], activation);
        int stride = MatrixLayout.RowStride(filters);
        float[] w = Gaussians(kernel * channels * stride, seed: filters);
        float[] b = Gaussians(stride, seed: channels);
        float[] history = new float[HistoryLength(window)];
        float[] compiledHistory = new float[HistoryLength(window)];

        for (int i = 0; i < Steps; i++)
        {
            float[] x = Gaussians(channels, seed: i);
            float[] y = new float[stride];
            FramedBlock compiledY = FramedBlock.Destination(stride, misalignment: i % 5);

            step(window, filters, 1, x, history, w, b, y);
            compiled(window, x, compiledHistory, w, b, compiledY.Span);

            AssertSameBits(y.AsSpan(0, filters), compiledY.Span[..filters], $"y of step {i}");
            compiledY.AssertFrameIsIntact();
        }

        AssertSameBits(history, compiledHistory, "history");
    }

    [Theory]
    [MemberData(nameof(ChannelShapes))]
    public void Steps_of_each_channel_by_itself_agree_with_the_whole_sequence(int kernel, int dilation, int channels)
    {
        DepthwiseConv1DLayer layer = new(new ImageWindow(kernel) { Dilation = dilation, IsCausal = true });

        foreach (ElementwiseLayer? activation in new[] { null, ActivationOf(channels) })
        {
            SettledStep step = ActivationKernel.Bind<SettledStep>(
                typeof(DepthwiseConv1D), nameof(DepthwiseConv1D.Step), (Type[])[], activation?.Kernels!.Activation ?? default(Nnfs.Kernels.Linear));

            Check(layer, Causal(kernel, dilation, channels), activation, channels, step);
        }
    }

    [Fact]
    public void History_of_zeros_starts_anew_and_a_copy_of_one_goes_on_to_the_same_bits()
    {
        Window2D window = Causal(kernel: 3, dilation: 2, channels: 5);
        float[] w = Gaussians(3 * 5 * 8, seed: 1);
        float[] x = Gaussians(Steps * 5, seed: 2);
        float[] history = new float[HistoryLength(window)];
        float[] first = Run(0, Steps);
        Array.Clear(history);
        Run(0, 9);
        float[] kept = [.. history];
        Run(3, 20);
        history = kept;

        AssertSameBits(first.AsSpan(9 * 8), Run(9, Steps), "steps after the ninth");

        float[] Run(int from, int to)
        {
            float[] y = new float[(to - from) * 8];

            for (int i = from; i < to; i++)
            {
                Conv1D.Step(window, 7, 1, x.AsSpan(i * 5, 5), history, w, [], default(Nnfs.Kernels.Tanh), y.AsSpan((i - from) * 8, 8));
            }

            return y;
        }
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("state", 8)]
    [InlineData("w", 23)]
    [InlineData("b", 3)]
    [InlineData("y", 3)]
    public void Span_too_short_throws_before_anything_is_written(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        Window2D window = Causal(kernel: 3, dilation: 2, channels: 2);
        float[] x = new float[Length("x", 2)];
        float[] history = new float[Length("state", 9)];
        float[] w = new float[Length("w", 24)];
        float[] b = new float[Length("b", 4)];
        FramedBlock y = FramedBlock.Destination(Length("y", 4));

        SettledStep compiled = ActivationKernel.Bind<SettledStep>(typeof(Conv1D), nameof(Conv1D.Step), [2, 3], default(Nnfs.Kernels.ReLU));

        Assert.Throws<ArgumentException>(parameter, () => Conv1D.Step(window, 3, 1, x, history, w, b, default(Nnfs.Kernels.ReLU), y.Span));
        Assert.Throws<ArgumentException>(parameter, () => compiled(window, x, history, w, b, y.Span));
        Assert.All(history, static value => Assert.Equal(0f, value));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 4)]
    [InlineData("state", 20)]
    [InlineData("w", 23)]
    [InlineData("b", 4)]
    [InlineData("y", 4)]
    public void Span_of_channels_too_short_throws_before_anything_is_written(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        Window2D window = Causal(kernel: 3, dilation: 2, channels: 5);
        float[] x = new float[Length("x", 5)];
        float[] history = new float[Length("state", 21)];
        float[] w = new float[Length("w", 24)];
        float[] b = new float[Length("b", 5)];
        FramedBlock y = FramedBlock.Destination(Length("y", 5));

        Assert.Throws<ArgumentException>(parameter, () => DepthwiseConv1D.Step(window, x, history, w, b, default(Nnfs.Kernels.ReLU), y.Span));
        Assert.All(history, static value => Assert.Equal(0f, value));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void History_without_its_place_throws(int place)
    {
        Window2D window = Causal(kernel: 3, dilation: 2, channels: 2);
        float[] history = [1, 1, 1, 1, 1, 1, 1, 1, BitConverter.Int32BitsToSingle(place)];
        float[] floats = new float[100];

        Assert.Throws<ArgumentException>("state", () => Conv1D.Step(window, 3, 1, floats, history, floats, floats, default(Nnfs.Kernels.ReLU), floats));
        Assert.Throws<ArgumentException>("state", () => DepthwiseConv1D.Step(window, floats, history, floats, floats, default(Nnfs.Kernels.ReLU), floats));
        Assert.All(floats, static value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Window_that_is_not_causal_throws()
    {
        float[] floats = new float[1000];

        foreach (Window2D window in (Window2D[])
            [new(1, 9, 2, 1, 3), new(1, 9, 2, 1, 3, isPadded: true), new(1, 9, 2, 1, 3, stride: 2, isCausal: true), new(9, 9, 2, 1, 3, isCausal: true)])
        {
            Assert.Throws<ArgumentException>("window", () => Conv1D.Step(window, 3, 1, floats, floats, floats, floats, default(Nnfs.Kernels.ReLU), floats));
            Assert.Throws<ArgumentException>(
                "window", () => DepthwiseConv1D.Step(window, floats, floats, floats, floats, default(Nnfs.Kernels.ReLU), floats));
        }

        SettledStep ofThree = ActivationKernel.Bind<SettledStep>(typeof(Conv1D), nameof(Conv1D.Step), [3, 4], default(Nnfs.Kernels.ReLU));
        Assert.Throws<ArgumentException>("window", () => ofThree(Causal(kernel: 3, dilation: 1, channels: 2), floats, floats, floats, floats, floats));
    }

    private static void Check(ConvolutionLayer layer, Window2D window, ElementwiseLayer? activation, int written, SettledStep step)
    {
        SampleShape shape = new(Steps, window.Channels);
        int columns = layer.OutputOf([shape]).Channels;
        int rows = layer.TensorsOf([shape])[0].Count / columns;
        float[] xs = Gaussians(shape.Size, seed: columns);
        float[] ws = Gaussians(rows * columns, seed: rows);
        float[] bs = Gaussians(columns, seed: columns + rows);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, rows, columns), misalignment: columns % 4);
        FramedBlock b = FramedBlock.Source(DenseTests.Pad(bs, 1, columns).AsSpan(0, written), misalignment: rows % 4);

        foreach (bool hasBiases in (bool[])[true, false])
        {
            double[] sums = Forward(xs, ws, bs, static value => value);
            double[] sizes = Forward(xs, ws, bs, Math.Abs);
            FramedBlock history = FramedBlock.InPlace(new float[HistoryLength(window)], misalignment: rows % 5);

            for (int i = 0; i < Steps; i++)
            {
                FramedBlock x = FramedBlock.Source(xs.AsSpan(i * shape.Channels, shape.Channels), misalignment: i % 4);
                FramedBlock y = FramedBlock.Destination(written, misalignment: i % 5);
                int first = i * columns;

                step(window, x.Span, history.Span, w.Span, hasBiases ? b.Span : [], y.Span);

                double[] outputs = [.. sums.Skip(first).Take(columns).Select(sum => activation?.Function(sum) ?? sum)];
                AssertClose(outputs, y.Span[..columns], Tolerance, $"y of step {i}{(activation is null ? "" : $" of {activation.Attribute}")}");
                y.AssertFrameIsIntact();
                history.AssertFrameIsIntact();

                // The slopes of activations are less than 2.
                double Tolerance(int k)
                {
                    double rounding = DenseTests.RoundingOfSum(rows + 1, sizes[first + k]);

                    return activation is null ? rounding : (2 * rounding) + activation.Kernels!.Tolerance(sums[first + k], outputs[k]);
                }
            }

            double[] Forward(float[] inputs, float[] weights, float[] biases, Func<double, double> change) => (layer with { HasBiases = hasBiases }).Forward(
                new LayerPass
                {
                    Inputs = [Array.ConvertAll(ToDoubles(inputs), value => change(value))],
                    Shapes = [shape],
                    Samples = 1,
                    Tensors = [.. new[] { weights, biases }.Select(tensor => Array.ConvertAll(ToDoubles(tensor), value => change(value)))],
                });
        }
    }

    private static Window2D Causal(int kernel, int dilation, int channels) => new(1, Steps, channels, 1, kernel, dilation: dilation, isCausal: true);

    private static int HistoryLength(Window2D window) => (int)ConvolutionLayout.HistoryLength(window.KernelWidth, window.Dilation, window.Channels);

    private static ElementwiseLayer ActivationOf(int number) => ActivationTests.Layers[number % ActivationTests.Layers.Count];
}
