using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DenseTests
{
    internal delegate void ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples);

    internal delegate void BackwardParametersKernel(
        ReadOnlySpan<float> x, AlignedBlock dy, int first, Span<float> dw, Span<float> db, int samples, int start, int count, bool adds);

    internal delegate void TransposeKernel(ReadOnlySpan<float> w, Span<float> transposed, int start, int count);

    internal delegate void BackwardInputsKernel(ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples);

    internal delegate void BackwardInputsReLUKernel(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, AlignedBlock x, int start, Span<float> dx, int samples);

    /// <summary>Every size as inputs and as neurons, beside a small one and beside one of another kind.</summary>
    public static TheoryData<int, int> Shapes
    {
        get
        {
            int[] some = [.. KernelSizes.Some];
            (int, int)[] shapes =
            [
                .. KernelSizes.All.Select(static size => (size, 3)),
                .. KernelSizes.All.Select(static size => (2, size)),
                .. some.Zip(some.Reverse()),
                (64, 64), (64, 10), (130, 130),
            ];

            return [.. shapes.Distinct()];
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_agrees_with_the_specification(int inputs, int neurons) =>
        AssertForwardAgrees(nameof(Nnfs.Kernels.Dense.Forward), inputs, neurons, static value => value);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardReLU_of_any_shape_agrees_with_the_specification(int inputs, int neurons) =>
        AssertForwardAgrees(nameof(Nnfs.Kernels.Dense.ForwardReLU), inputs, neurons, static value => Math.Max(0, value));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(int inputs, int neurons)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), inputs, neurons);
        int stride = MatrixLayout.RowStride(neurons);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] xs = Numbers.Gaussians(samples * inputs, seed: inputs);
            float[] dys = Numbers.Gaussians(samples * neurons, seed: neurons);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            FramedBlock dw = FramedBlock.Destination(inputs * stride, misalignment: inputs % 4);
            FramedBlock db = FramedBlock.Destination(stride, misalignment: neurons % 5);

            // The floats after dy may be read, but must not count.
            AlignedBlock dy = new((samples * neurons) + 16);
            dys.CopyTo(dy.Span);
            dy.Span[(samples * neurons)..].Fill(float.NaN);

            // In two parts, as two threads do it.
            kernel(x.Span, dy, 0, dw.Span, db.Span, samples, inputs / 2, inputs - (inputs / 2), adds: false);
            kernel(x.Span, dy, 0, dw.Span, db.Span, samples, 0, inputs / 2, adds: false);

            if (inputs == 1)
            {
                kernel(x.Span, dy, 0, dw.Span, db.Span, samples, 0, 1, adds: false);
            }

            double[] transposed = Transpose(ToDoubles(xs), samples, inputs);
            double[] ones = [.. Enumerable.Repeat(1.0, samples)];
            AssertProduct(transposed, ToDoubles(dys), Unpad(dw.Span, inputs, neurons), inputs, samples, neurons, "dw");
            AssertProduct(ones, ToDoubles(dys), db.Span[..neurons], 1, samples, neurons, "db");

            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            AssertPaddingIsUntouched(dw.Span, inputs, neurons, FramedBlock.Canary);
            AssertPaddingIsUntouched(db.Span, 1, neurons, FramedBlock.Canary);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_that_add_part_by_part_give_the_bits_of_all_samples_at_once(int inputs, int neurons)
    {
        const int Samples = 61;
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), inputs, neurons);
        int stride = MatrixLayout.RowStride(neurons);
        float[] x = Numbers.Gaussians(Samples * inputs, seed: inputs);
        float[] gradients = Numbers.Gaussians(Samples * neurons, seed: neurons);
        AlignedBlock dy = new(gradients.Length + 16);
        gradients.CopyTo(dy.Span);
        dy.Span[gradients.Length..].Fill(float.NaN);
        FramedBlock dw = FramedBlock.Destination(inputs * stride, misalignment: inputs % 4);
        FramedBlock db = FramedBlock.Destination(stride, misalignment: neurons % 5);
        FramedBlock dwOfParts = FramedBlock.Destination(inputs * stride, misalignment: neurons % 4);
        FramedBlock dbOfParts = FramedBlock.Destination(stride, misalignment: inputs % 5);

        kernel(x, dy, 0, dw.Span, db.Span, Samples, 0, inputs, adds: false);

        foreach ((int start, int end) in ((int, int)[])[(0, 1), (1, 49), (49, 60), (60, 60), (60, Samples)])
        {
            kernel(x.AsSpan(start * inputs), dy, start, dwOfParts.Span, dbOfParts.Span, end - start, 0, inputs, adds: start != 0);
        }

        Numbers.AssertSameBits(Unpad(dw.Span, inputs, neurons), Unpad(dwOfParts.Span, inputs, neurons), "dw");
        Numbers.AssertSameBits(db.Span[..neurons], dbOfParts.Span[..neurons], "db");
        dwOfParts.AssertFrameIsIntact();
        dbOfParts.AssertFrameIsIntact();
        AssertPaddingIsUntouched(dwOfParts.Span, inputs, neurons, FramedBlock.Canary);
        AssertPaddingIsUntouched(dbOfParts.Span, 1, neurons, FramedBlock.Canary);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputs_of_any_shape_agrees_with_the_specification(int inputs, int neurons)
    {
        BackwardInputsKernel kernel = Bind<BackwardInputsKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputs), inputs, neurons);
        float[] ws = Numbers.Gaussians(inputs * neurons, seed: inputs + neurons);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] dys = Numbers.Gaussians(samples * neurons, seed: neurons);
            FramedBlock dy = FramedBlock.Source(dys, misalignment: samples % 4);
            FramedBlock w = FramedBlock.Source(Pad(ws, inputs, neurons), misalignment: inputs % 4);
            FramedBlock transposed = FramedBlock.Destination(neurons * MatrixLayout.RowStride(inputs), misalignment: neurons % 4);
            FramedBlock dx = FramedBlock.Destination(samples * inputs, misalignment: neurons % 5);
            transposed.Span.Fill(float.NaN);

            // In two parts, as two threads do it.
            TransposeKernel transpose = Bind<TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), inputs, neurons);
            transpose(w.Span, transposed.Span, neurons / 3, neurons - (neurons / 3));
            transpose(w.Span, transposed.Span, 0, neurons / 3);
            kernel(dy.Span, transposed.Span, dx.Span, samples);

            AssertProduct(ToDoubles(dys), Transpose(ToDoubles(ws), inputs, neurons), dx.Span, samples, neurons, inputs, "dx");
            dx.AssertFrameIsIntact();
            transposed.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputsReLU_of_any_shape_is_BackwardInputs_where_the_output_was_positive(int inputs, int neurons)
    {
        BackwardInputsKernel plain = Bind<BackwardInputsKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputs), inputs, neurons);
        BackwardInputsReLUKernel masked = Bind<BackwardInputsReLUKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputsReLU), inputs, neurons);
        float[] w = Pad(Numbers.Gaussians(inputs * neurons, seed: inputs + neurons), inputs, neurons);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] dys = Numbers.Gaussians(samples * neurons, seed: neurons);
            float[] xs = [.. Numbers.Gaussians(samples * inputs, seed: inputs).Select(static value => Math.Max(0f, value))];
            FramedBlock dy = FramedBlock.Source(dys, misalignment: samples % 4);
            FramedBlock transposed = FramedBlock.Destination(neurons * MatrixLayout.RowStride(inputs), misalignment: neurons % 4);
            FramedBlock dx = FramedBlock.Destination(samples * inputs, misalignment: neurons % 5);
            float[] expected = new float[samples * inputs];

            // The floats after x may be read, but must not count.
            AlignedBlock x = new((samples * inputs) + 16);
            xs.CopyTo(x.Span);
            x.Span[(samples * inputs)..].Fill(float.NaN);

            Bind<TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), inputs, neurons)(w, transposed.Span, 0, neurons);
            plain(dy.Span, transposed.Span, expected, samples);

            // In two parts, as two threads do it.
            int half = samples / 2;
            masked(dy.Span[(half * neurons)..], transposed.Span, x, half, dx.Span[(half * inputs)..], samples - half);
            masked(dy.Span, transposed.Span, x, 0, dx.Span, half);

            Numbers.AssertSameBits([.. expected.Zip(xs, static (gradient, output) => output > 0f ? gradient : 0f)], dx.Span, "dx");
            dx.AssertFrameIsIntact();
            transposed.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(9, 20)]
    public void Forward_of_a_sample_gives_the_same_bits_whatever_the_batch_around_it(int inputs, int neurons)
    {
        ForwardKernel kernel = Bind<ForwardKernel>(nameof(Nnfs.Kernels.Dense.Forward), inputs, neurons);
        float[] x = Numbers.Gaussians(13 * inputs, seed: 1);
        float[] w = Pad(Numbers.Gaussians(inputs * neurons, seed: 2), inputs, neurons);
        float[] b = Pad(Numbers.Gaussians(neurons, seed: 3), 1, neurons);
        float[] together = new float[13 * neurons];
        float[] alone = new float[13 * neurons];

        kernel(x, w, b, together, 13);

        for (int i = 0; i < 13; i++)
        {
            kernel(x.AsSpan(i * inputs), w, b, alone.AsSpan(i * neurons), 1);
        }

        Numbers.AssertSameBits(together, alone, "y");
    }

    [Fact]
    public void ForwardReLU_of_NaN_is_NaN_in_that_sample_only()
    {
        const int Inputs = 5;
        const int Neurons = 19;
        ForwardKernel kernel = Bind<ForwardKernel>(nameof(Nnfs.Kernels.Dense.ForwardReLU), Inputs, Neurons);
        float[] x = Numbers.Gaussians(7 * Inputs, seed: 1);
        x[(3 * Inputs) + 2] = float.NaN;
        float[] y = new float[7 * Neurons];

        kernel(x, Pad(Numbers.Gaussians(Inputs * Neurons, seed: 2), Inputs, Neurons), new float[32], y, 7);

        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(i / Neurons == 3, float.IsNaN(y[i]));
        }
    }

    [Theory]
    [InlineData("x", "12 values (4 × 3)", 11)]
    [InlineData("w", "24 values (3 × 8)", 23)]
    [InlineData("b", "8 values (1 × 8)", 7)]
    [InlineData("y", "20 values (4 × 5)", 19)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, string expected, int length)
    {
        foreach (string name in (string[])[nameof(Nnfs.Kernels.Dense.Forward), nameof(Nnfs.Kernels.Dense.ForwardReLU)])
        {
            ForwardKernel kernel = Bind<ForwardKernel>(name, 3, 5);
            FramedBlock y = FramedBlock.Destination(parameter == "y" ? length : 20);
            int Length(string of, int enough) => of == parameter ? length : enough;

            AssertTooShort(
                parameter, expected, length, () => kernel(new float[Length("x", 12)], new float[Length("w", 24)], new float[Length("b", 8)], y.Span, 4));
            y.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData("x", "12 values (4 × 3)", 11)]
    [InlineData("dy", "20 values (4 × 5)", 19)]
    [InlineData("dw", "24 values (3 × 8)", 23)]
    [InlineData("db", "8 values (1 × 8)", 7)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, string expected, int length)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), 3, 5);
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock dw = FramedBlock.Destination(Length("dw", 24));
        FramedBlock db = FramedBlock.Destination(Length("db", 8));

        foreach (bool adds in (bool[])[false, true])
        {
            AssertTooShort(
                parameter,
                expected,
                length,
                () => kernel(new float[Length("x", 12)], new AlignedBlock(Length("dy", 20)), 0, dw.Span, db.Span, 4, 0, 3, adds));
        }

        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", "20 values (4 × 5)", 19)]
    [InlineData("transposed", "20 values (5 × 4)", 19)]
    [InlineData("dx", "12 values (4 × 3)", 11)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, string expected, int length)
    {
        BackwardInputsKernel kernel = Bind<BackwardInputsKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputs), 3, 5);
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock dx = FramedBlock.Destination(Length("dx", 12));

        AssertTooShort(parameter, expected, length, () => kernel(new float[Length("dy", 20)], new float[Length("transposed", 20)], dx.Span, 4));
        dx.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 19)]
    [InlineData("transposed", 19)]
    [InlineData("x", 11)]
    [InlineData("dx", 11)]
    public void BackwardInputsReLU_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        BackwardInputsReLUKernel kernel = Bind<BackwardInputsReLUKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputsReLU), 3, 5);
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock dx = FramedBlock.Destination(Length("dx", 12));

        Assert.Throws<ArgumentException>(
            parameter, () => kernel(new float[Length("dy", 20)], new float[Length("transposed", 20)], new AlignedBlock(Length("x", 12)), 0, dx.Span, 4));
        Assert.Throws<ArgumentNullException>("x", () => kernel(new float[20], new float[20], null!, 0, dx.Span, 4));
        Assert.Throws<ArgumentException>("x", () => kernel(new float[20], new float[20], new AlignedBlock(12), 1, dx.Span, 4));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => kernel(new float[20], new float[20], new AlignedBlock(12), -1, dx.Span, 4));
        dx.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("w", "24 values (3 × 8)", 23)]
    [InlineData("transposed", "20 values (5 × 4)", 19)]
    public void Transpose_with_a_span_too_short_throws_before_it_writes(string parameter, string expected, int length)
    {
        TransposeKernel kernel = Bind<TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), 3, 5);
        FramedBlock transposed = FramedBlock.Destination(parameter == "transposed" ? length : 20);

        AssertTooShort(parameter, expected, length, () => kernel(new float[parameter == "w" ? length : 24], transposed.Span, 0, 5));
        transposed.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 3, 3)]
    [InlineData("count", 6, 0)]
    public void Transpose_of_neurons_that_are_not_there_throws_before_it_writes(string parameter, int start, int count)
    {
        TransposeKernel kernel = Bind<TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), 3, 5);
        FramedBlock transposed = FramedBlock.Destination(20);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => kernel(new float[24], transposed.Span, start, count));
        transposed.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 2, 2)]
    [InlineData("count", 4, 0)]
    public void BackwardParameters_of_inputs_that_are_not_there_throws_before_it_writes(string parameter, int start, int count)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), 3, 5);
        FramedBlock dw = FramedBlock.Destination(24);
        FramedBlock db = FramedBlock.Destination(8);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => kernel(new float[12], new AlignedBlock(20), 0, dw.Span, db.Span, 4, start, count, false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Fact]
    public void BackwardParameters_of_samples_whose_gradients_are_not_there_throws_before_it_writes()
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), 3, 5);
        FramedBlock dw = FramedBlock.Destination(24);
        FramedBlock db = FramedBlock.Destination(8);

        Assert.Throws<ArgumentException>("dy", () => kernel(new float[12], new AlignedBlock(20), 1, dw.Span, db.Span, 4, 0, 3, true));
        Assert.Throws<ArgumentOutOfRangeException>("first", () => kernel(new float[12], new AlignedBlock(20), -1, dw.Span, db.Span, 4, 0, 3, true));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Fact]
    public void BackwardParameters_without_gradients_throws()
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), 3, 5);

        Assert.Throws<ArgumentNullException>("dy", () => kernel(new float[3], null!, 0, new float[24], new float[8], 1, 0, 3, false));
    }

    [Fact]
    public void Forward_with_a_negative_number_of_samples_throws_before_it_writes()
    {
        ForwardKernel kernel = Bind<ForwardKernel>(nameof(Nnfs.Kernels.Dense.Forward), 3, 5);
        FramedBlock y = FramedBlock.Destination(20);

        Assert.Throws<ArgumentException>("x", () => kernel(new float[12], new float[24], new float[8], y.Span, -1));
        y.AssertNothingIsWritten();
    }

    internal static TKernel Bind<TKernel>(string method, int inputs, int neurons)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.Dense), method, inputs, neurons);

    /// <summary>A matrix with its rows padded as the kernels read them; the padding must not count, so it is NaN.</summary>
    internal static float[] Pad(float[] matrix, int rows, int columns)
    {
        int stride = MatrixLayout.RowStride(columns);
        float[] padded = new float[rows * stride];
        Array.Fill(padded, float.NaN);

        for (int i = 0; i < rows; i++)
        {
            matrix.AsSpan(i * columns, columns).CopyTo(padded.AsSpan(i * stride));
        }

        return padded;
    }

    internal static float[] Unpad(ReadOnlySpan<float> padded, int rows, int columns)
    {
        int stride = MatrixLayout.RowStride(columns);
        float[] matrix = new float[rows * columns];

        for (int i = 0; i < rows; i++)
        {
            padded.Slice(i * stride, columns).CopyTo(matrix.AsSpan(i * columns));
        }

        return matrix;
    }

    private static void AssertForwardAgrees(string method, int inputs, int neurons, Func<double, double> activation)
    {
        ForwardKernel kernel = Bind<ForwardKernel>(method, inputs, neurons);
        float[] ws = Numbers.Gaussians(inputs * neurons, seed: inputs + neurons);
        float[] bs = Numbers.Gaussians(neurons, seed: neurons);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] xs = Numbers.Gaussians(samples * inputs, seed: inputs);
            FramedBlock x = FramedBlock.Source(xs, misalignment: samples % 4);
            FramedBlock w = FramedBlock.Source(Pad(ws, inputs, neurons), misalignment: inputs % 4);
            FramedBlock b = FramedBlock.Source(Pad(bs, 1, neurons), misalignment: neurons % 4);
            FramedBlock y = FramedBlock.Destination(samples * neurons, misalignment: neurons % 5);

            kernel(x.Span, w.Span, b.Span, y.Span, samples);

            double[] expected = DenseLayer.Forward(ToDoubles(xs), ToDoubles(ws), ToDoubles(bs), samples, inputs, neurons);
            double[] sizes = DenseLayer.Forward(Absolute(xs), Absolute(ws), Absolute(bs), samples, inputs, neurons);
            Numbers.AssertClose([.. expected.Select(activation)], y.Span, i => RoundingOfSum(inputs + 1, sizes[i]), "y");
            y.AssertFrameIsIntact();
        }
    }

    internal static void AssertProduct(double[] a, double[] b, ReadOnlySpan<float> actual, int rows, int terms, int columns, string what)
    {
        double[] expected = DenseLayer.Forward(a, b, new double[columns], rows, terms, columns);
        double[] sizes = DenseLayer.Forward([.. a.Select(Math.Abs)], [.. b.Select(Math.Abs)], new double[columns], rows, terms, columns);

        Numbers.AssertClose(expected, actual, i => RoundingOfSum(terms, sizes[i]), what);
    }

    /// <summary>
    /// The bound that holds for a sum of products in any order, with and without fused multiply-add (Higham 2002, section 3.1):
    /// one rounding for each product and one for each addition, of numbers no greater than the sum of the absolute values.
    /// </summary>
    internal static double RoundingOfSum(int terms, double sumOfAbsoluteValues) => (terms + 1) * Numbers.Rounding * 1.001 * sumOfAbsoluteValues;

    internal static double[] Absolute(float[] values) => [.. values.Select(static value => (double)Math.Abs(value))];

    internal static void AssertPaddingIsUntouched(ReadOnlySpan<float> padded, int rows, int columns, float expected)
    {
        int stride = MatrixLayout.RowStride(columns);

        for (int i = 0; i < rows; i++)
        {
            Assert.False(padded[((i * stride) + columns)..((i + 1) * stride)].ContainsAnyExcept(expected), "Padding was written.");
        }
    }

    private static void AssertTooShort(string parameter, string expected, int length, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);

        Assert.Contains($"Expected at least {expected}, but the length is {length}.", exception.Message, StringComparison.Ordinal);
    }
}
