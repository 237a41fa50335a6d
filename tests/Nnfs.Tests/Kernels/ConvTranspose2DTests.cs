using Nnfs.Kernels;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class ConvTranspose2DTests
{
    private const int Samples = 3;

    /// <summary>12 places, 4 taps; with 2 channels and 3 filters 24 inputs and 36 outputs.</summary>
    private static readonly Window2D s_window = new(4, 3, 3, 2, 2, isPadded: true);

    /// <summary>Height, width and channels of the outputs; height and width of the window; stride, dilation, whether padded; channels of the inputs.</summary>
    public static TheoryData<int, int, int, int, int, int, int, bool, int> Shapes
    {
        get
        {
            TheoryData<int, int, int, int, int, int, int, bool, int> shapes = [];

            foreach (bool isPadded in (bool[])[false, true])
            {
                foreach (int size in (int[])[.. Enumerable.Range(1, 9), 12, 15, 16, 17, 20, 31, 32, 33, 48, 64, 65])
                {
                    shapes.Add(5, 6, size, 3, 3, 1, 1, isPadded, 5);
                    shapes.Add(7, 9, size, 2, 3, 1 + (size % 3), 1, isPadded, 18);
                    shapes.Add(7, 5, 4, 3, 2, 1 + (size % 2), 1, isPadded, size);
                    shapes.Add(4, 8, 19, 2, 2, 2, 1, isPadded, size);
                }

                for (int stride = 1; stride <= 4; stride++)
                {
                    for (int dilation = 1; dilation <= 3; dilation++)
                    {
                        shapes.Add(9, 8, 3, 3, 2, stride, dilation, isPadded, 6);
                        shapes.Add(8, 11, 17, 2, 4, stride, dilation, isPadded, 2);
                        shapes.Add(7, 7, 16, 1, 1, stride, dilation, isPadded, 16);
                    }
                }

                shapes.Add(1, 1, 1, 1, 1, 1, 1, isPadded, 1);
                shapes.Add(1, 12, 3, 1, 5, 1, 1, isPadded, 4);
                shapes.Add(12, 1, 3, 5, 1, 1, 1, isPadded, 4);
                shapes.Add(16, 16, 8, 4, 4, 2, 1, isPadded, 16);
            }

            shapes.Add(2, 2, 2, 5, 5, 1, 1, true, 3);
            shapes.Add(3, 2, 2, 3, 3, 4, 3, true, 3);

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(
        int height, int width, int filters, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int channels)
    {
        Window2D window = new(height, width, filters, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: 1);
        int rows = window.Taps * channels;
        float[] ws = Gaussians(rows * filters, seed: filters);
        float[] bs = Gaussians(filters, seed: channels);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, rows, filters), misalignment: channels % 4);
        FramedBlock b = FramedBlock.Source(bs, misalignment: filters % 4);

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * window.Places * channels, seed: height);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            double[] expected = WithBiases(reference.BackwardInputs(ToDoubles(xs), Turned(ToDoubles(ws), window.Taps, channels, filters), samples), bs);
            double[] sizes = WithBiases(
                reference.BackwardInputs(DenseTests.Absolute(xs), Turned(DenseTests.Absolute(ws), window.Taps, channels, filters), samples),
                [.. bs.Select(Math.Abs)]);

            FramedBlock y = FramedBlock.Destination(expected.Length, misalignment: filters % 5);
            ConvTranspose2D.Forward(window, channels, x.Span, w.Span, b.Span, y.Span, samples);
            AssertClose(expected, y.Span, i => DenseTests.RoundingOfSum(rows + 1, sizes[i]), "y");
            y.AssertFrameIsIntact();

            FramedBlock rectified = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            ConvTranspose2D.ForwardReLU(window, channels, x.Span, w.Span, b.Span, rectified.Span, samples);
            AssertSameBits([.. y.Span.ToArray().Select(static value => Math.Max(0f, value))], rectified.Span, "y of ReLU");
            rectified.AssertFrameIsIntact();

            FramedBlock withoutBiases = FramedBlock.Destination(expected.Length);
            ConvTranspose2D.Forward(window, channels, x.Span, w.Span, [], withoutBiases.Span, samples);
            double[] unbiased = [.. expected.Select((value, i) => value - bs[i % filters])];
            AssertClose(unbiased, withoutBiases.Span, i => DenseTests.RoundingOfSum(rows + 1, sizes[i]), "y without biases");
            withoutBiases.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputs_of_any_shape_agrees_with_the_specification(
        int height, int width, int filters, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int channels)
    {
        Window2D window = new(height, width, filters, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: 1);
        int rows = window.Taps * channels;
        int inputs = window.Places * channels;
        float[] ws = Gaussians(rows * filters, seed: filters);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, rows, filters), misalignment: channels % 4);
        FramedBlock transposed = FramedBlock.Destination(window.Taps * filters * MatrixLayout.RowStride(channels), misalignment: filters % 4);

        // In two parts, as two threads do it.
        ConvTranspose2D.Transpose(window, channels, w.Span, transposed.Span, window.Taps / 2, window.Taps - (window.Taps / 2));
        ConvTranspose2D.Transpose(window, channels, w.Span, transposed.Span, 0, window.Taps / 2);
        transposed.AssertFrameIsIntact();

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] dys = Gaussians(samples * window.Size, seed: width);
            FramedBlock dy = FramedBlock.Source(dys, misalignment: samples % 4);
            double[] expected = reference.Forward(ToDoubles(dys), Turned(ToDoubles(ws), window.Taps, channels, filters), null, samples);
            double[] sizes = reference.Forward(DenseTests.Absolute(dys), Turned(DenseTests.Absolute(ws), window.Taps, channels, filters), null, samples);

            FramedBlock dx = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            ConvTranspose2D.BackwardInputs(window, channels, dy.Span, transposed.Span, dx.Span, samples);
            AssertClose(expected, dx.Span, i => DenseTests.RoundingOfSum(window.Taps * filters, sizes[i]), "dx");
            dx.AssertFrameIsIntact();

            // The samples of dx are the last of x.
            const int First = 2;
            AlignedBlock x = new((First + samples) * inputs);
            Gaussians(x.Length, seed: 7).CopyTo(x.Span);
            double[] masked = [.. dx.Span.ToArray().Select((value, i) => x.Span[(First * inputs) + i] > 0f ? value : 0.0)];
            FramedBlock through = FramedBlock.Destination(expected.Length, misalignment: filters % 5);
            ConvTranspose2D.BackwardInputsReLU(window, channels, dy.Span, transposed.Span, x, First, through.Span, samples);
            AssertClose(masked, through.Span, 0, "dx of ReLU");
            through.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(
        int height, int width, int filters, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int channels)
    {
        Window2D window = new(height, width, filters, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, channels, groups: 1);
        ConvolutionReference pixels = new(window, filters, groups: 1);
        int rows = window.Taps * channels;
        int row = MatrixLayout.RowStride(filters);
        int inputs = window.Places * channels;

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * inputs, seed: height);
            float[] dys = Gaussians(samples * window.Size, seed: width);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            AlignedBlock dy = Block(dys);
            double[] weights = Turned(reference.BackwardWeights(ToDoubles(dys), ToDoubles(xs), samples), window.Taps, filters, channels);
            double[] sizes = Turned(
                reference.BackwardWeights(DenseTests.Absolute(dys), DenseTests.Absolute(xs), samples), window.Taps, filters, channels);
            double[] biases = pixels.BackwardBiases(ToDoubles(dys));
            double[] sizesOfBiases = pixels.BackwardBiases(DenseTests.Absolute(dys));

            // In three parts, as three threads do it.
            FramedBlock dw = FramedBlock.Destination(rows * row, misalignment: channels % 4);
            FramedBlock db = FramedBlock.Destination(row, misalignment: filters % 5);
            int third = (rows + 2) / 3;

            for (int start = 0; start < rows; start += third)
            {
                ConvTranspose2D.BackwardParameters(
                    window, channels, x.Span, dy, 0, dw.Span, db.Span, samples, start, Math.Min(third, rows - start), adds: false);
            }

            AssertClose(
                weights, DenseTests.Unpad(dw.Span, rows, filters), i => DenseTests.RoundingOfSum(samples * window.Places, sizes[i]), "dw");
            AssertClose(biases, db.Span[..filters], i => DenseTests.RoundingOfSum(samples * height * width, sizesOfBiases[i]), "db");
            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            DenseTests.AssertPaddingIsUntouched(dw.Span, rows, filters, FramedBlock.Canary);
            DenseTests.AssertPaddingIsUntouched(db.Span, 1, filters, FramedBlock.Canary);

            FramedBlock whole = FramedBlock.Destination(dw.Span.Length);
            ConvTranspose2D.BackwardParameters(window, channels, x.Span, dy, 0, whole.Span, [], samples, 0, rows, adds: false);
            AssertSameBits(whole.Span, dw.Span, "dw in parts");

            // The samples one by one.
            float[] parts = [.. whole.Span];
            float[] partsOfBiases = [.. db.Span];

            for (int i = 0; i < samples; i++)
            {
                ConvTranspose2D.BackwardParameters(
                    window, channels, x.Span[(i * inputs)..], dy, i, parts, partsOfBiases, 1, 0, rows, adds: i > 0);
            }

            AssertSameBits(whole.Span, parts, "dw sample by sample");
            AssertSameBits(db.Span, partsOfBiases, "db sample by sample");
        }
    }

    [Theory]
    [InlineData("x", 47)]
    [InlineData("w", 31)]
    [InlineData("b", 2)]
    [InlineData("y", 71)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 48)];
        float[] w = new float[Length("w", 32)];
        float[] b = new float[Length("b", 3)];
        FramedBlock y = FramedBlock.Destination(Length("y", 72));

        Assert.Throws<ArgumentException>(parameter, () => ConvTranspose2D.Forward(s_window, 2, x, w, b, y.Span, 2));
        Assert.Throws<ArgumentException>(parameter, () => ConvTranspose2D.ForwardReLU(s_window, 2, x, w, b, y.Span, 2));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 71)]
    [InlineData("transposed", 47)]
    [InlineData("x", 71)]
    [InlineData("dx", 47)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] dy = new float[Length("dy", 72)];
        float[] transposed = new float[Length("transposed", 48)];
        AlignedBlock x = new(Length("x", 72));
        FramedBlock dx = FramedBlock.Destination(Length("dx", 48));

        Assert.Throws<ArgumentException>(parameter, () => ConvTranspose2D.BackwardInputsReLU(s_window, 2, dy, transposed, x, 1, dx.Span, 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            "first", () => ConvTranspose2D.BackwardInputsReLU(s_window, 2, new float[72], new float[48], new(72), -1, new float[48], 2));

        if (parameter != "x")
        {
            Assert.Throws<ArgumentException>(parameter, () => ConvTranspose2D.BackwardInputs(s_window, 2, dy, transposed, dx.Span, 2));
        }

        dx.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 47)]
    [InlineData("dy", 107)]
    [InlineData("dw", 31)]
    [InlineData("db", 3)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 48)];
        AlignedBlock dy = new(Length("dy", 108));
        FramedBlock dw = FramedBlock.Destination(Length("dw", 32));
        FramedBlock db = FramedBlock.Destination(Length("db", 4));

        Assert.Throws<ArgumentException>(
            parameter, () => ConvTranspose2D.BackwardParameters(s_window, 2, x, dy, 1, dw.Span, db.Span, 2, 0, 8, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 1, 8)]
    [InlineData("count", 9, 0)]
    public void Parts_that_are_not_there_throw_before_anything_is_written(string parameter, int start, int count)
    {
        FramedBlock dw = FramedBlock.Destination(32);
        FramedBlock db = FramedBlock.Destination(4);
        FramedBlock transposed = FramedBlock.Destination(48);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => ConvTranspose2D.Transpose(s_window, 2, new float[32], transposed.Span, start, count));
        Assert.Throws<ArgumentOutOfRangeException>(
            parameter,
            () => ConvTranspose2D.BackwardParameters(s_window, 2, new float[48], new(72), 0, dw.Span, db.Span, 2, start, count, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
        transposed.AssertNothingIsWritten();
    }

    /// <summary>Matrices of some rows and columns, one for each tap, as those of as many columns and rows.</summary>
    private static double[] Turned(double[] weights, int taps, int rows, int columns)
    {
        double[] turned = new double[weights.Length];

        for (int i = 0; i < weights.Length; i++)
        {
            (int tap, int rest) = int.DivRem(i, rows * columns);
            (int row, int column) = int.DivRem(rest, columns);
            turned[(((tap * columns) + column) * rows) + row] = weights[i];
        }

        Assert.Equal(taps * rows * columns, weights.Length);

        return turned;
    }

    private static double[] WithBiases(double[] sums, float[] biases) => [.. sums.Select((sum, i) => sum + biases[i % biases.Length])];

    private static AlignedBlock Block(float[] values)
    {
        AlignedBlock block = new(values.Length);
        values.CopyTo(block.Span);

        return block;
    }
}
