using Nnfs.Kernels;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DepthwiseConv2DTests
{
    private const int Samples = 3;

    /// <summary>60 inputs, 4 taps, 60 outputs.</summary>
    private static readonly Window2D s_window = new(4, 3, 5, 2, 2, isPadded: true);

    /// <summary>Height, width, channels; height and width of the window; stride, dilation, whether padded.</summary>
    public static TheoryData<int, int, int, int, int, int, int, bool> Shapes
    {
        get
        {
            TheoryData<int, int, int, int, int, int, int, bool> shapes = [];

            foreach (bool isPadded in (bool[])[false, true])
            {
                // Channels about whole vectors.
                foreach (int channels in (int[])[.. Enumerable.Range(1, 21), 23, 24, 31, 32, 33, 47, 48, 64, 65])
                {
                    shapes.Add(5, 7, channels, 3, 3, 1, 1, isPadded);
                    shapes.Add(6, 9, channels, 2, 3, 1 + (channels % 3), 1, isPadded);
                }

                // Rows of every length in pixels: whole tiles, some left over, all at the edge.
                for (int width = 3; width <= 22; width++)
                {
                    shapes.Add(4, width, 5, 3, 3, 1, 1, isPadded);
                    shapes.Add(3, width, 16, 1, 2, 2, 1, isPadded);
                }

                // Every stride with every dilation.
                for (int stride = 1; stride <= 4; stride++)
                {
                    for (int dilation = 1; dilation <= 4; dilation++)
                    {
                        shapes.Add(13, 14, 3, 3, 4, stride, dilation, isPadded);
                        shapes.Add(14, 17, 18, 2, 3, stride, dilation, isPadded);
                    }
                }

                // Windows of every width, and of all proportions.
                for (int kernel = 1; kernel <= 10; kernel++)
                {
                    shapes.Add(10, 12, 6, kernel, 11 - kernel, 1, 1, isPadded);
                    shapes.Add(12, 12, 17, 1, kernel, 1 + (kernel % 2), 1, isPadded);
                }

                shapes.Add(1, 1, 1, 1, 1, 1, 1, isPadded);
                shapes.Add(1, 12, 3, 1, 5, 1, 1, isPadded);
                shapes.Add(12, 1, 3, 5, 1, 1, 1, isPadded);
                shapes.Add(14, 14, 64, 3, 3, 1, 1, isPadded);
            }

            // What is padded only at some sides, and where the window reaches beyond the whole image.
            shapes.Add(3, 3, 2, 2, 2, 1, 1, true);
            shapes.Add(2, 2, 2, 5, 5, 1, 1, true);
            shapes.Add(2, 3, 17, 7, 8, 1, 1, true);
            shapes.Add(3, 2, 2, 3, 3, 4, 3, true);
            shapes.Add(1, 1, 3, 3, 3, 1, 1, true);

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: channels);
        float[] ws = Gaussians(window.Taps * channels, seed: channels);
        float[] bs = Gaussians(channels, seed: width);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, window.Taps, channels), misalignment: channels % 4);
        FramedBlock b = FramedBlock.Source(bs, misalignment: width % 4);

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * window.Size, seed: height);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            double[] expected = reference.Forward(ToDoubles(xs), ToDoubles(ws), ToDoubles(bs), samples);
            double[] sizes = reference.Forward(DenseTests.Absolute(xs), DenseTests.Absolute(ws), DenseTests.Absolute(bs), samples);
            double Tolerance(int i) => DenseTests.RoundingOfSum(window.Taps + 1, sizes[i]);

            FramedBlock y = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            DepthwiseConv2D.Forward(window, x.Span, w.Span, b.Span, y.Span, samples);
            AssertClose(expected, y.Span, Tolerance, "y");
            y.AssertFrameIsIntact();

            FramedBlock rectified = FramedBlock.Destination(expected.Length, misalignment: width % 5);
            DepthwiseConv2D.ForwardReLU(window, x.Span, w.Span, b.Span, rectified.Span, samples);
            AssertSameBits([.. y.Span.ToArray().Select(static value => Math.Max(0f, value))], rectified.Span, "y of ReLU");
            rectified.AssertFrameIsIntact();

            expected = reference.Forward(ToDoubles(xs), ToDoubles(ws), null, samples);
            FramedBlock withoutBiases = FramedBlock.Destination(expected.Length);
            DepthwiseConv2D.Forward(window, x.Span, w.Span, [], withoutBiases.Span, samples);
            AssertClose(expected, withoutBiases.Span, Tolerance, "y without biases");
            withoutBiases.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputs_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: channels);
        float[] ws = Gaussians(window.Taps * channels, seed: channels);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, window.Taps, channels), misalignment: channels % 4);

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] dys = Gaussians(samples * window.Places * channels, seed: width);
            FramedBlock dy = FramedBlock.Source(dys, misalignment: samples % 4);
            double[] expected = reference.BackwardInputs(ToDoubles(dys), ToDoubles(ws), samples);
            double[] sizes = reference.BackwardInputs(DenseTests.Absolute(dys), DenseTests.Absolute(ws), samples);

            FramedBlock dx = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            DepthwiseConv2D.BackwardInputs(window, dy.Span, w.Span, dx.Span, samples);
            AssertClose(expected, dx.Span, i => DenseTests.RoundingOfSum(window.Taps, sizes[i]), "dx");
            dx.AssertFrameIsIntact();

            // The samples of dx are the last of x.
            const int First = 2;
            AlignedBlock x = new((First + samples) * window.Size);
            Gaussians(x.Length, seed: 7).CopyTo(x.Span);
            double[] masked = [.. dx.Span.ToArray().Select((value, i) => x.Span[(First * window.Size) + i] > 0f ? value : 0.0)];
            FramedBlock through = FramedBlock.Destination(expected.Length, misalignment: width % 5);
            DepthwiseConv2D.BackwardInputsReLU(window, dy.Span, w.Span, x, First, through.Span, samples);
            AssertClose(masked, through.Span, 0, "dx of ReLU");
            through.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: channels);
        int row = MatrixLayout.RowStride(channels);

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * window.Size, seed: height);
            float[] dys = Gaussians(samples * window.Places * channels, seed: width);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            AlignedBlock dy = Block(dys);
            double[] weights = reference.BackwardWeights(ToDoubles(xs), ToDoubles(dys), samples);
            double[] sizes = reference.BackwardWeights(DenseTests.Absolute(xs), DenseTests.Absolute(dys), samples);
            double[] biases = reference.BackwardBiases(ToDoubles(dys));
            double[] sizesOfBiases = reference.BackwardBiases(DenseTests.Absolute(dys));

            // In two parts, as two threads do it.
            FramedBlock dw = FramedBlock.Destination(window.Taps * row, misalignment: channels % 4);
            FramedBlock db = FramedBlock.Destination(channels, misalignment: width % 5);
            int half = (channels + 1) / 2;
            DepthwiseConv2D.BackwardParameters(window, x.Span, dy, 0, dw.Span, db.Span, samples, half, channels - half, adds: false);
            DepthwiseConv2D.BackwardParameters(window, x.Span, dy, 0, dw.Span, db.Span, samples, 0, half, adds: false);

            int terms = samples * window.Places;
            AssertClose(weights, DenseTests.Unpad(dw.Span, window.Taps, channels), i => DenseTests.RoundingOfSum(terms, sizes[i]), "dw");
            AssertClose(biases, db.Span, i => DenseTests.RoundingOfSum(terms, sizesOfBiases[i]), "db");
            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            DenseTests.AssertPaddingIsUntouched(dw.Span, window.Taps, channels, FramedBlock.Canary);

            FramedBlock whole = FramedBlock.Destination(dw.Span.Length);
            DepthwiseConv2D.BackwardParameters(window, x.Span, dy, 0, whole.Span, [], samples, 0, channels, adds: false);
            AssertSameBits(whole.Span, dw.Span, "dw in parts");

            // The samples one by one.
            float[] parts = [.. whole.Span];
            float[] partsOfBiases = new float[channels];

            for (int i = 0; i < samples; i++)
            {
                DepthwiseConv2D.BackwardParameters(window, x.Span[(i * window.Size)..], dy, i, parts, partsOfBiases, 1, 0, channels, adds: i > 0);
            }

            AssertSameBits(whole.Span, parts, "dw sample by sample");
            AssertSameBits(db.Span, partsOfBiases, "db sample by sample");
        }
    }

    [Theory]
    [InlineData("x", 119)]
    [InlineData("w", 31)]
    [InlineData("b", 4)]
    [InlineData("y", 119)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 120)];
        float[] w = new float[Length("w", 32)];
        float[] b = new float[Length("b", 5)];
        FramedBlock y = FramedBlock.Destination(Length("y", 120));

        Assert.Throws<ArgumentException>(parameter, () => DepthwiseConv2D.Forward(s_window, x, w, b, y.Span, 2));
        Assert.Throws<ArgumentException>(parameter, () => DepthwiseConv2D.ForwardReLU(s_window, x, w, b, y.Span, 2));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 119)]
    [InlineData("w", 31)]
    [InlineData("x", 179)]
    [InlineData("dx", 119)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] dy = new float[Length("dy", 120)];
        float[] w = new float[Length("w", 32)];
        AlignedBlock x = new(Length("x", 180));
        FramedBlock dx = FramedBlock.Destination(Length("dx", 120));

        Assert.Throws<ArgumentException>(parameter, () => DepthwiseConv2D.BackwardInputsReLU(s_window, dy, w, x, 1, dx.Span, 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            "first", () => DepthwiseConv2D.BackwardInputsReLU(s_window, new float[120], new float[32], new(180), -1, new float[120], 2));

        if (parameter != "x")
        {
            Assert.Throws<ArgumentException>(parameter, () => DepthwiseConv2D.BackwardInputs(s_window, dy, w, dx.Span, 2));
        }

        dx.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 119)]
    [InlineData("dy", 179)]
    [InlineData("dw", 31)]
    [InlineData("db", 4)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 120)];
        AlignedBlock dy = new(Length("dy", 180));
        FramedBlock dw = FramedBlock.Destination(Length("dw", 32));
        FramedBlock db = FramedBlock.Destination(Length("db", 5));

        Assert.Throws<ArgumentException>(
            parameter, () => DepthwiseConv2D.BackwardParameters(s_window, x, dy, 1, dw.Span, db.Span, 2, 0, 5, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 1, 5)]
    [InlineData("count", 6, 0)]
    public void Channels_that_are_not_there_throw_before_anything_is_written(string parameter, int start, int count)
    {
        FramedBlock dw = FramedBlock.Destination(32);
        FramedBlock db = FramedBlock.Destination(5);

        Assert.Throws<ArgumentOutOfRangeException>(
            parameter,
            () => DepthwiseConv2D.BackwardParameters(s_window, new float[120], new(120), 0, dw.Span, db.Span, 2, start, count, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    private static AlignedBlock Block(float[] values)
    {
        AlignedBlock block = new(values.Length);
        values.CopyTo(block.Span);

        return block;
    }
}
