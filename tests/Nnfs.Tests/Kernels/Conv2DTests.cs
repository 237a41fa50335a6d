using Nnfs.Kernels;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class Conv2DTests
{
    private const int Samples = 3;

    /// <summary>12 inputs, 4 taps, 12 places.</summary>
    private static readonly Window2D s_window = new(4, 3, 1, 2, 2, isPadded: true);

    /// <summary>Height, width, channels; height and width of the window; stride, dilation, whether padded; filters, groups.</summary>
    public static TheoryData<int, int, int, int, int, int, int, bool, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int, int, int, int, int, bool, int, int> shapes = [];

            foreach (bool isPadded in (bool[])[false, true])
            {
                // Filters about whole vectors, then channels, in windows of some kinds.
                foreach (int filters in (int[])[.. Enumerable.Range(1, 9), 12, 15, 16, 17, 20, 24, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 80])
                {
                    shapes.Add(5, 6, 3, 3, 3, 1, 1, isPadded, filters, 1);
                    shapes.Add(7, 5, 2, 2, 3, 1 + (filters % 3), 1, isPadded, filters, 1);
                }

                foreach (int channels in (int[])[.. Enumerable.Range(1, 13), 15, 16, 17, 20, 32, 33, 65])
                {
                    shapes.Add(5, 6, channels, 3, 3, 1, 1, isPadded, 5, 1);
                    shapes.Add(6, 7, channels, 3, 2, 1 + (channels % 3), 1, isPadded, 18, 1);
                    shapes.Add(4, 5, channels, 1, 1, 1 + (channels % 2), 1, isPadded, 7, 1);
                }

                // Every stride with every dilation and images that leave rows and columns over.
                for (int stride = 1; stride <= 4; stride++)
                {
                    for (int dilation = 1; dilation <= 3; dilation++)
                    {
                        shapes.Add(9, 8, 3, 3, 2, stride, dilation, isPadded, 6, 1);
                        shapes.Add(8, 11, 2, 2, 4, stride, dilation, isPadded, 17, 1);
                        shapes.Add(7, 7, 16, 1, 1, stride, dilation, isPadded, 16, 1);
                        shapes.Add(10, 9, 6, 3, 3, stride, dilation, isPadded, 12, 3);
                    }
                }

                // Images and windows of all proportions.
                shapes.Add(1, 1, 1, 1, 1, 1, 1, isPadded, 1, 1);
                shapes.Add(1, 1, 4, 1, 1, 1, 1, isPadded, 3, 1);
                shapes.Add(1, 12, 3, 1, 5, 1, 1, isPadded, 4, 1);
                shapes.Add(12, 1, 3, 5, 1, 1, 1, isPadded, 4, 1);
                shapes.Add(5, 5, 2, 5, 5, 1, 1, isPadded, 10, 1);
                shapes.Add(12, 12, 1, 5, 5, 1, 1, isPadded, 6, 1);
                shapes.Add(18, 37, 1, 5, 5, 1, 1, isPadded, 6, 1);
                shapes.Add(9, 20, 1, 3, 3, 1, 1, isPadded, 32, 1);
                shapes.Add(9, 33, 3, 3, 3, 2, 1, isPadded, 8, 1);
                shapes.Add(8, 8, 6, 5, 5, 1, 1, isPadded, 16, 1);
                shapes.Add(6, 6, 32, 3, 3, 1, 1, isPadded, 64, 1);
                shapes.Add(2, 17, 5, 2, 2, 1, 1, isPadded, 19, 1);

                // Few filters in rows of some vectors, from few channels; and few channels from whole vectors of filters.
                for (int filters = 2; filters <= 8; filters++)
                {
                    shapes.Add(4 + filters, 48 / filters + 5, 1 + (filters % 4), 1 + (filters % 5), 3, 1, 1, isPadded, filters, 1);
                    shapes.Add(9, 5 + filters, filters, 2 + (filters % 2), 3, 1, 1 + (filters % 3), isPadded, 16 * (1 + (filters % 3)), 1);
                }

                // Groups: of one channel each, of a few, of vectors.
                shapes.Add(6, 6, 8, 3, 3, 1, 1, isPadded, 8, 8);
                shapes.Add(6, 6, 3, 3, 3, 1, 1, isPadded, 6, 3);
                shapes.Add(5, 6, 20, 3, 3, 2, 1, isPadded, 20, 20);
                shapes.Add(5, 6, 4, 2, 2, 1, 2, isPadded, 34, 2);
                shapes.Add(5, 5, 32, 3, 3, 1, 1, isPadded, 32, 2);
                shapes.Add(4, 4, 36, 1, 1, 1, 1, isPadded, 12, 4);
            }

            // What is padded only at some sides, and where the window reaches beyond the whole image.
            shapes.Add(3, 3, 2, 2, 2, 1, 1, true, 3, 1);
            shapes.Add(2, 2, 2, 5, 5, 1, 1, true, 3, 1);
            shapes.Add(3, 2, 2, 3, 3, 4, 3, true, 3, 1);
            shapes.Add(1, 1, 3, 3, 3, 1, 1, true, 9, 1);

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int filters, int groups)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, filters, groups);
        float[] ws = Gaussians(reference.Rows * filters, seed: filters);
        float[] bs = Gaussians(filters, seed: channels);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, reference.Rows, filters), misalignment: channels % 4);
        FramedBlock b = FramedBlock.Source(DenseTests.Pad(bs, 1, filters), misalignment: filters % 4);

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * window.Size, seed: height);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            double[] expected = reference.Forward(ToDoubles(xs), ToDoubles(ws), ToDoubles(bs), samples);
            double[] sizes = reference.Forward(DenseTests.Absolute(xs), DenseTests.Absolute(ws), DenseTests.Absolute(bs), samples);
            double Tolerance(int i) => DenseTests.RoundingOfSum(reference.Rows + 1, sizes[i]);

            FramedBlock y = FramedBlock.Destination(expected.Length, misalignment: filters % 5);
            Conv2D.Forward(window, filters, groups, x.Span, w.Span, b.Span, y.Span, samples);
            AssertClose(expected, y.Span, Tolerance, "y");
            y.AssertFrameIsIntact();

            FramedBlock rectified = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            Conv2D.ForwardReLU(window, filters, groups, x.Span, w.Span, b.Span, rectified.Span, samples);
            AssertSameBits([.. y.Span.ToArray().Select(static value => Math.Max(0f, value))], rectified.Span, "y of ReLU");
            rectified.AssertFrameIsIntact();

            expected = reference.Forward(ToDoubles(xs), ToDoubles(ws), null, samples);
            FramedBlock withoutBiases = FramedBlock.Destination(expected.Length);
            Conv2D.Forward(window, filters, groups, x.Span, w.Span, [], withoutBiases.Span, samples);
            AssertClose(expected, withoutBiases.Span, Tolerance, "y without biases");
            withoutBiases.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputs_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int filters, int groups)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, filters, groups);
        float[] ws = Gaussians(reference.Rows * filters, seed: filters);
        FramedBlock w = FramedBlock.Source(DenseTests.Pad(ws, reference.Rows, filters), misalignment: channels % 4);
        FramedBlock transposed = FramedBlock.Destination(TransposedLength(window, filters, groups), misalignment: filters % 4);

        // In two parts, as two threads do it.
        Conv2D.Transpose(window, filters, groups, w.Span, transposed.Span, window.Taps / 2, window.Taps - (window.Taps / 2));
        Conv2D.Transpose(window, filters, groups, w.Span, transposed.Span, 0, window.Taps / 2);
        transposed.AssertFrameIsIntact();

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] dys = Gaussians(samples * window.Places * filters, seed: width);
            FramedBlock dy = FramedBlock.Source(dys, misalignment: samples % 4);
            double[] expected = reference.BackwardInputs(ToDoubles(dys), ToDoubles(ws), samples);
            double[] sizes = reference.BackwardInputs(DenseTests.Absolute(dys), DenseTests.Absolute(ws), samples);

            FramedBlock dx = FramedBlock.Destination(expected.Length, misalignment: channels % 5);
            Conv2D.BackwardInputs(window, filters, groups, dy.Span, transposed.Span, dx.Span, samples);
            AssertClose(expected, dx.Span, i => DenseTests.RoundingOfSum(reference.TermsOfInput, sizes[i]), "dx");
            dx.AssertFrameIsIntact();

            // The samples of dx are the last of x.
            const int First = 2;
            AlignedBlock x = new((First + samples) * window.Size);
            Gaussians(x.Length, seed: 7).CopyTo(x.Span);
            float[] masked = [.. dx.Span.ToArray().Select((value, i) => x.Span[(First * window.Size) + i] > 0f ? value : 0f)];
            FramedBlock through = FramedBlock.Destination(expected.Length, misalignment: filters % 5);
            Conv2D.BackwardInputsReLU(window, filters, groups, dy.Span, transposed.Span, x, First, through.Span, samples);
            AssertEqual(masked, through.Span, "dx of ReLU");
            through.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int filters, int groups)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        ConvolutionReference reference = new(window, filters, groups);
        int rows = reference.Rows;

        for (int samples = 0; samples <= Samples; samples++)
        {
            float[] xs = Gaussians(samples * window.Size, seed: height);
            float[] dys = Gaussians(samples * window.Places * filters, seed: width);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            AlignedBlock dy = Gradients(dys, first: 0);
            double[] weights = reference.BackwardWeights(ToDoubles(xs), ToDoubles(dys), samples);
            double[] sizes = reference.BackwardWeights(DenseTests.Absolute(xs), DenseTests.Absolute(dys), samples);
            double[] biases = reference.BackwardBiases(ToDoubles(dys));
            double[] sizesOfBiases = reference.BackwardBiases(DenseTests.Absolute(dys));

            // In three parts, as three threads do it.
            FramedBlock dw = FramedBlock.Destination(rows * MatrixLayout.RowStride(filters), misalignment: channels % 4);
            FramedBlock db = FramedBlock.Destination(MatrixLayout.RowStride(filters), misalignment: filters % 5);
            int third = (rows + 2) / 3;

            for (int start = 0; start < rows; start += third)
            {
                Conv2D.BackwardParameters(
                    window, filters, groups, x.Span, dy, 0, dw.Span, db.Span, samples, start, Math.Min(third, rows - start), adds: false);
            }

            AssertClose(
                weights,
                DenseTests.Unpad(dw.Span, rows, filters),
                i => DenseTests.RoundingOfSum(samples * window.Places, sizes[i]),
                "dw");
            AssertClose(biases, db.Span[..filters], i => DenseTests.RoundingOfSum(samples * window.Places, sizesOfBiases[i]), "db");
            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            DenseTests.AssertPaddingIsUntouched(dw.Span, rows, filters, FramedBlock.Canary);
            DenseTests.AssertPaddingIsUntouched(db.Span, 1, filters, FramedBlock.Canary);

            FramedBlock whole = FramedBlock.Destination(dw.Span.Length);
            Conv2D.BackwardParameters(window, filters, groups, x.Span, dy, 0, whole.Span, [], samples, 0, rows, adds: false);
            AssertSameBits(whole.Span, dw.Span, "dw in parts");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Parts_of_a_batch_give_the_bits_of_all_samples_at_once(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int filters, int groups)
    {
        Window2D window = new(height, width, channels, kernelHeight, kernelWidth, stride, dilation, isPadded);
        int rows = window.Taps * (channels / groups);
        int outputs = window.Places * filters;
        float[] x = Gaussians(Samples * window.Size, seed: height);
        float[] w = DenseTests.Pad(Gaussians(rows * filters, seed: filters), rows, filters);
        float[] dys = Gaussians(Samples * outputs, seed: width);
        AlignedBlock dy = Gradients(dys, first: 0);
        float[] transposed = new float[TransposedLength(window, filters, groups)];
        Conv2D.Transpose(window, filters, groups, w, transposed, 0, window.Taps);

        float[] y = new float[dys.Length];
        float[] dx = new float[x.Length];
        float[] dw = new float[w.Length];
        float[] db = new float[MatrixLayout.RowStride(filters)];
        Conv2D.Forward(window, filters, groups, x, w, [], y, Samples);
        Conv2D.BackwardInputs(window, filters, groups, dys, transposed, dx, Samples);
        Conv2D.BackwardParameters(window, filters, groups, x, dy, 0, dw, db, Samples, 0, rows, adds: false);

        float[] yOfParts = new float[y.Length];
        float[] dxOfParts = new float[dx.Length];
        float[] dwOfParts = new float[dw.Length];
        float[] dbOfParts = new float[db.Length];

        foreach ((int start, int count) in ((int, int)[])[(0, 2), (2, 0), (2, 1)])
        {
            int input = start * window.Size;
            int output = start * outputs;
            Conv2D.Forward(window, filters, groups, x.AsSpan(input), w, [], yOfParts.AsSpan(output), count);
            Conv2D.BackwardInputs(window, filters, groups, dys.AsSpan(output), transposed, dxOfParts.AsSpan(input), count);
            Conv2D.BackwardParameters(
                window, filters, groups, x.AsSpan(input), dy, start, dwOfParts, dbOfParts, count, 0, (rows + 1) / 2, adds: start != 0);

            if (rows > 1)
            {
                Conv2D.BackwardParameters(
                    window, filters, groups, x.AsSpan(input), dy, start, dwOfParts, dbOfParts, count, (rows + 1) / 2, rows / 2, adds: start != 0);
            }
        }

        AssertSameBits(y, yOfParts, "y");
        AssertSameBits(dx, dxOfParts, "dx");
        AssertSameBits(dw, dwOfParts, "dw");
        AssertSameBits(db, dbOfParts, "db");
    }

    [Theory]
    [InlineData("x", 23)]
    [InlineData("w", 15)]
    [InlineData("b", 3)]
    [InlineData("y", 71)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 24)];
        float[] w = new float[Length("w", 16)];
        float[] b = new float[Length("b", 4)];
        FramedBlock y = FramedBlock.Destination(Length("y", 72));

        Assert.Throws<ArgumentException>(parameter, () => Conv2D.Forward(s_window, 3, 1, x, w, b, y.Span, 2));
        Assert.Throws<ArgumentException>(parameter, () => Conv2D.ForwardReLU(s_window, 3, 1, x, w, b, y.Span, 2));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 71)]
    [InlineData("transposed", 47)]
    [InlineData("x", 35)]
    [InlineData("dx", 23)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] dy = new float[Length("dy", 72)];
        float[] transposed = new float[Length("transposed", TransposedLength(s_window, 3, 1))];
        AlignedBlock x = new(Length("x", 36));
        FramedBlock dx = FramedBlock.Destination(Length("dx", 24));

        Assert.Throws<ArgumentException>(parameter, () => Conv2D.BackwardInputsReLU(s_window, 3, 1, dy, transposed, x, 1, dx.Span, 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            "first", () => Conv2D.BackwardInputsReLU(s_window, 3, 1, new float[72], new float[100], new(36), -1, new float[24], 2));

        if (parameter != "x")
        {
            Assert.Throws<ArgumentException>(parameter, () => Conv2D.BackwardInputs(s_window, 3, 1, dy, transposed, dx.Span, 2));
        }

        dx.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 23)]
    [InlineData("dy", 107)]
    [InlineData("dw", 15)]
    [InlineData("db", 3)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        int Length(string of, int enough) => of == parameter ? length : enough;
        float[] x = new float[Length("x", 24)];
        AlignedBlock dy = new(Length("dy", 108));
        FramedBlock dw = FramedBlock.Destination(Length("dw", 16));
        FramedBlock db = FramedBlock.Destination(Length("db", 4));

        Assert.Throws<ArgumentException>(
            parameter, () => Conv2D.BackwardParameters(s_window, 3, 1, x, dy, 1, dw.Span, db.Span, 2, 0, 4, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 1, 4)]
    [InlineData("count", 5, 0)]
    public void Parts_that_are_not_there_throw_before_anything_is_written(string parameter, int start, int count)
    {
        FramedBlock dw = FramedBlock.Destination(16);
        FramedBlock db = FramedBlock.Destination(4);
        FramedBlock transposed = FramedBlock.Destination(TransposedLength(s_window, 3, 1));

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Conv2D.Transpose(s_window, 3, 1, new float[16], transposed.Span, start, count));
        Assert.Throws<ArgumentOutOfRangeException>(
            parameter, () => Conv2D.BackwardParameters(s_window, 3, 1, new float[24], new(72), 0, dw.Span, db.Span, 2, start, count, adds: false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
        transposed.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(4, 6, 3)]
    [InlineData(6, 4, 3)]
    public void Groups_that_do_not_divide_channels_and_filters_throw(int channels, int filters, int groups)
    {
        Window2D window = new(4, 3, channels, 2, 2);
        float[] floats = new float[1000];

        Assert.Throws<ArgumentException>(nameof(groups), () => Conv2D.Forward(window, filters, groups, floats, floats, floats, floats, 1));
        Assert.Throws<ArgumentException>(nameof(groups), () => Conv2D.Transpose(window, filters, groups, floats, floats, 0, 1));
        Assert.Throws<ArgumentException>(nameof(groups), () => Conv2D.BackwardInputs(window, filters, groups, floats, floats, floats, 1));
        Assert.Throws<ArgumentException>(
            nameof(groups), () => Conv2D.BackwardParameters(window, filters, groups, floats, new(1000), 0, floats, floats, 1, 0, 1, adds: false));
    }

    [Fact]
    public void Weights_that_are_transposed_have_exactly_the_length_that_the_generator_knows()
    {
        int length = TransposedLength(s_window, 3, 1);
        float[] transposed = new float[length];

        Conv2D.Transpose(s_window, 3, 1, new float[16], transposed, 0, 4);
        Assert.Throws<ArgumentException>("transposed", () => Conv2D.Transpose(s_window, 3, 1, new float[16], new float[length - 1], 0, 4));
    }

    private static int TransposedLength(Window2D window, int filters, int groups) =>
        (int)ConvolutionLayout.TransposedLength(window.KernelHeight, window.KernelWidth, window.Channels, filters, groups);

    /// <summary>Gradients in a block whose further floats may be read, but must not count.</summary>
    private static AlignedBlock Gradients(float[] gradients, int first)
    {
        AlignedBlock block = new(first + gradients.Length + 16);
        block.Span.Fill(float.NaN);
        gradients.CopyTo(block.Span[first..]);

        return block;
    }

    /// <summary>The same numbers, of which zeros may have either sign.</summary>
    private static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        AssertClose(ToDoubles(expected), actual, 0, what);
}
