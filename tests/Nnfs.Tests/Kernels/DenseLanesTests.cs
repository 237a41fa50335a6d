using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Kernels.DenseTests;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class DenseLanesTests
{
    internal delegate void ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int stride, int samples);

    internal delegate void BackwardParametersKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, int stride, int samples, int start, int count, bool adds);

    internal delegate void BackwardInputsKernel(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int stride, int samples);

    private delegate void BackwardInputsReLUKernel(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> w, ReadOnlySpan<float> x, Span<float> dx, int stride, int samples);

    /// <summary>Every size as inputs with the weights by neuron, as neurons with the weights by input, and awkward ones with either.</summary>
    public static TheoryData<int, int, Type> Shapes
    {
        get
        {
            int[] some = [.. KernelSizes.Some];
            (int Inputs, int Neurons)[] both = [.. some.Zip(some.Reverse()), (64, 64), (64, 10), (16, 8), (128, 1)];
            (int Inputs, int Neurons, Type Layout)[] shapes =
            [
                .. KernelSizes.All.Select(static size => (size, 3, typeof(ByNeuron))),
                .. KernelSizes.All.Select(static size => (2, size, typeof(ByInput))),
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
        ForwardKernel affine = Bind<ForwardKernel>(nameof(Nnfs.Kernels.DenseLanes.Forward), inputs, neurons, layout);
        ForwardKernel rectified = Bind<ForwardKernel>(nameof(Nnfs.Kernels.DenseLanes.ForwardReLU), inputs, neurons, layout);
        float[] ws = Numbers.Gaussians(inputs * neurons, seed: inputs + neurons);
        float[] bs = Numbers.Gaussians(neurons, seed: neurons);
        FramedBlock w = FramedBlock.Source(LaidOut(ws, inputs, neurons, layout), misalignment: inputs % 4);
        FramedBlock b = FramedBlock.Source(bs, misalignment: neurons % 4);

        foreach (int samples in Batches(inputs + neurons))
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] xs = Numbers.Gaussians(samples * inputs, seed: inputs);
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(xs, inputs, stride, samples));
            FramedBlock y = FramedBlock.Destination(LanesBlock.Length(neurons, stride, samples));
            FramedBlock positive = FramedBlock.Destination(LanesBlock.Length(neurons, stride, samples));

            affine(x.Span, w.Span, b.Span, y.Span, stride, samples);
            rectified(x.Span, w.Span, b.Span, positive.Span, stride, samples);

            double[] expected = DenseLayer.Forward(ToDoubles(xs), ToDoubles(ws), ToDoubles(bs), samples, inputs, neurons);
            double[] sizes = DenseLayer.Forward(Absolute(xs), Absolute(ws), Absolute(bs), samples, inputs, neurons);
            Numbers.AssertClose(expected, LanesBlock.Rows(y.Span, neurons, stride, samples), i => RoundingOfSum(inputs + 1, sizes[i]), "y");
            Numbers.AssertClose(
                [.. expected.Select(static value => Math.Max(0, value))],
                LanesBlock.Rows(positive.Span, neurons, stride, samples),
                i => RoundingOfSum(inputs + 1, sizes[i]),
                "y of ReLU");
            AssertFrame(y, neurons, stride, samples);
            AssertFrame(positive, neurons, stride, samples);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(int inputs, int neurons, Type layout)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), inputs, neurons, layout);
        bool isByInput = layout == typeof(ByInput);
        (int rows, int columns) = isByInput ? (inputs, neurons) : (neurons, inputs);

        foreach (int samples in Batches(inputs + neurons))
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] xs = Numbers.Gaussians(samples * inputs, seed: inputs);
            float[] dys = Numbers.Gaussians(samples * neurons, seed: neurons);

            // Fillers of x are whatever the layers before made of zeros; those of dy are zero.
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(xs, inputs, stride, samples, filler: 7f));
            FramedBlock dy = FramedBlock.Source(LanesBlock.Of(dys, neurons, stride, samples));
            FramedBlock dw = FramedBlock.Destination(rows * MatrixLayout.RowStride(columns), misalignment: inputs % 4);
            FramedBlock db = FramedBlock.Destination(neurons, misalignment: neurons % 5);

            // In two parts, as two threads do it.
            kernel(x.Span, dy.Span, dw.Span, db.Span, stride, samples, neurons / 2, neurons - (neurons / 2), adds: false);
            kernel(x.Span, dy.Span, dw.Span, db.Span, stride, samples, 0, neurons / 2, adds: false);

            FramedBlock whole = FramedBlock.Destination(dw.Span.Length);
            FramedBlock wholeBiases = FramedBlock.Destination(db.Span.Length);
            kernel(x.Span, dy.Span, whole.Span, wholeBiases.Span, stride, samples, 0, neurons, adds: false);
            Numbers.AssertSameBits(whole.Span, dw.Span, "dw in parts");
            Numbers.AssertSameBits(wholeBiases.Span, db.Span, "db in parts");

            double[] gradients = ToDoubles(Unpad(dw.Span, rows, columns));
            double[] transposed = Transpose(ToDoubles(xs), samples, inputs);
            double[] ones = [.. Enumerable.Repeat(1.0, samples)];
            AssertProduct(
                transposed, ToDoubles(dys), Numbers.ToFloats(isByInput ? gradients : Transpose(gradients, neurons, inputs)), inputs, samples, neurons, "dw");
            AssertProduct(ones, ToDoubles(dys), db.Span, 1, samples, neurons, "db");
            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            AssertPaddingIsUntouched(dw.Span, rows, columns, FramedBlock.Canary);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_that_add_part_by_part_agree_with_the_specification_of_all_samples(int inputs, int neurons, Type layout)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), inputs, neurons, layout);
        bool isByInput = layout == typeof(ByInput);
        (int rows, int columns) = isByInput ? (inputs, neurons) : (neurons, inputs);

        foreach (int samples in Batches(inputs + neurons))
        {
            // A part of whole groups, one that fills no group, and one without samples.
            const int First = 48;
            int all = First + samples;
            float[] xs = Numbers.Gaussians(all * inputs, seed: inputs);
            float[] dys = Numbers.Gaussians(all * neurons, seed: neurons);
            FramedBlock dw = FramedBlock.Destination(rows * MatrixLayout.RowStride(columns), misalignment: inputs % 4);
            FramedBlock db = FramedBlock.Destination(neurons, misalignment: neurons % 5);

            foreach ((int start, int end) in ((int, int)[])[(0, First), (First, First), (First, all)])
            {
                int stride = Nnfs.Kernels.Lanes.Stride(end - start);
                float[] x = LanesBlock.Of(xs.AsSpan(start * inputs), inputs, stride, end - start, filler: 7f);
                float[] dy = LanesBlock.Of(dys.AsSpan(start * neurons), neurons, stride, end - start);

                // In two parts, as two threads do it.
                kernel(x, dy, dw.Span, db.Span, stride, end - start, neurons / 2, neurons - (neurons / 2), adds: start != 0);
                kernel(x, dy, dw.Span, db.Span, stride, end - start, 0, neurons / 2, adds: start != 0);
            }

            double[] gradients = ToDoubles(Unpad(dw.Span, rows, columns));
            double[] transposed = Transpose(ToDoubles(xs), all, inputs);
            double[] ones = [.. Enumerable.Repeat(1.0, all)];
            AssertProduct(
                transposed, ToDoubles(dys), Numbers.ToFloats(isByInput ? gradients : Transpose(gradients, neurons, inputs)), inputs, all, neurons, "dw");
            AssertProduct(ones, ToDoubles(dys), db.Span, 1, all, neurons, "db");
            dw.AssertFrameIsIntact();
            db.AssertFrameIsIntact();
            AssertPaddingIsUntouched(dw.Span, rows, columns, FramedBlock.Canary);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardInputs_of_any_shape_agrees_with_the_specification(int inputs, int neurons, Type layout)
    {
        BackwardInputsKernel plain = Bind<BackwardInputsKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardInputs), inputs, neurons, layout);
        BackwardInputsReLUKernel masked = Bind<BackwardInputsReLUKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardInputsReLU), inputs, neurons, layout);
        float[] ws = Numbers.Gaussians(inputs * neurons, seed: inputs + neurons);
        FramedBlock w = FramedBlock.Source(LaidOut(ws, inputs, neurons, layout), misalignment: inputs % 4);

        foreach (int samples in Batches(inputs + neurons))
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] dys = Numbers.Gaussians(samples * neurons, seed: neurons);
            float[] xs = [.. Numbers.Gaussians(samples * inputs, seed: inputs).Select(static value => Math.Max(0f, value))];
            FramedBlock dy = FramedBlock.Source(LanesBlock.Of(dys, neurons, stride, samples));
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(xs, inputs, stride, samples, filler: 1f));
            FramedBlock dx = FramedBlock.Destination(LanesBlock.Length(inputs, stride, samples));
            FramedBlock through = FramedBlock.Destination(LanesBlock.Length(inputs, stride, samples));

            plain(dy.Span, w.Span, dx.Span, stride, samples);
            masked(dy.Span, w.Span, x.Span, through.Span, stride, samples);

            float[] actual = LanesBlock.Rows(dx.Span, inputs, stride, samples);
            AssertProduct(ToDoubles(dys), Transpose(ToDoubles(ws), inputs, neurons), actual, samples, neurons, inputs, "dx");
            Numbers.AssertSameBits(
                [.. actual.Zip(xs, static (gradient, output) => output > 0f ? gradient : 0f)],
                LanesBlock.Rows(through.Span, inputs, stride, samples),
                "dx of ReLU");

            // Fillers stay zero, so that the layer before may sum over them.
            Assert.All(AssertFrame(dx, inputs, stride, samples), static filler => Assert.Equal(0f, filler));
            Assert.All(AssertFrame(through, inputs, stride, samples), static filler => Assert.Equal(0f, filler));
        }
    }

    [Theory]
    [InlineData(typeof(ByInput))]
    [InlineData(typeof(ByNeuron))]
    public void Forward_of_windows_gives_the_bits_of_the_whole(Type layout)
    {
        const int Inputs = 17;
        const int Neurons = 5;
        const int Samples = 100;
        const int Window = 48;
        ForwardKernel kernel = Bind<ForwardKernel>(nameof(Nnfs.Kernels.DenseLanes.Forward), Inputs, Neurons, layout);
        int stride = Nnfs.Kernels.Lanes.Stride(Samples);
        float[] x = LanesBlock.Of(Numbers.Gaussians(Samples * Inputs, seed: 1), Inputs, stride, Samples);
        float[] w = LaidOut(Numbers.Gaussians(Inputs * Neurons, seed: 2), Inputs, Neurons, layout);
        float[] b = Numbers.Gaussians(Neurons, seed: 3);
        FramedBlock whole = FramedBlock.Destination(LanesBlock.Length(Neurons, stride, Samples));
        FramedBlock parts = FramedBlock.Destination(LanesBlock.Length(Neurons, stride, Samples));

        kernel(x, w, b, whole.Span, stride, Samples);

        for (int start = 0; start < Samples; start += Window)
        {
            kernel(x.AsSpan(start), w, b, parts.Span[start..], stride, Math.Min(Window, Samples - start));
        }

        Numbers.AssertSameBits(whole.Span, parts.Span, "y");
    }

    [Fact]
    public void Kernels_of_no_samples_give_no_activations_and_zero_gradients()
    {
        FramedBlock y = FramedBlock.Destination(80);
        FramedBlock dw = FramedBlock.Destination(24);
        FramedBlock db = FramedBlock.Destination(5);

        Bind<ForwardKernel>("Forward", 3, 5, typeof(ByInput))(new float[32], new float[24], new float[5], y.Span, 16, 0);
        Bind<BackwardInputsKernel>("BackwardInputs", 3, 5, typeof(ByInput))(new float[64], new float[24], y.Span, 16, 0);
        Bind<BackwardParametersKernel>("BackwardParameters", 3, 5, typeof(ByInput))(new float[32], new float[64], dw.Span, db.Span, 16, 0, 0, 5, false);

        y.AssertNothingIsWritten();
        Assert.All(Unpad(dw.Span, 3, 5), static gradient => Assert.Equal(0f, gradient));
        Assert.All(db.Span.ToArray(), static gradient => Assert.Equal(0f, gradient));
    }

    [Theory]
    [InlineData("x", 47)]
    [InlineData("x", 0)]
    [InlineData("w", 23)]
    [InlineData("b", 4)]
    [InlineData("y", 79)]
    [InlineData("y", 3)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        foreach (string name in (string[])[nameof(Nnfs.Kernels.DenseLanes.Forward), nameof(Nnfs.Kernels.DenseLanes.ForwardReLU)])
        {
            ForwardKernel kernel = Bind<ForwardKernel>(name, 3, 5, typeof(ByInput));
            int Length(string of, int enough) => of == parameter ? length : enough;
            FramedBlock y = FramedBlock.Destination(Length("y", 80));

            ArgumentException exception = Assert.Throws<ArgumentException>(
                parameter, () => kernel(new float[Length("x", 48)], new float[Length("w", 24)], new float[Length("b", 5)], y.Span, 16, 4));

            Assert.Contains($"the length is {length}.", exception.Message, StringComparison.Ordinal);
            y.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData("x", 47)]
    [InlineData("dy", 79)]
    [InlineData("dy", 0)]
    [InlineData("dw", 19)]
    [InlineData("db", 4)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), 3, 5, typeof(ByNeuron));
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock dw = FramedBlock.Destination(Length("dw", 20));
        FramedBlock db = FramedBlock.Destination(Length("db", 5));

        foreach (bool adds in (bool[])[false, true])
        {
            Assert.Throws<ArgumentException>(
                parameter, () => kernel(new float[Length("x", 48)], new float[Length("dy", 80)], dw.Span, db.Span, 16, 4, 0, 5, adds));
        }

        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 3, 3)]
    [InlineData("count", 6, 0)]
    public void BackwardParameters_of_neurons_that_are_not_there_throws_before_it_writes(string parameter, int start, int count)
    {
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), 3, 5, typeof(ByNeuron));
        FramedBlock dw = FramedBlock.Destination(20);
        FramedBlock db = FramedBlock.Destination(5);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => kernel(new float[48], new float[80], dw.Span, db.Span, 16, 4, start, count, false));
        dw.AssertNothingIsWritten();
        db.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 79)]
    [InlineData("w", 19)]
    [InlineData("x", 47)]
    [InlineData("x", 0)]
    [InlineData("dx", 47)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int length)
    {
        BackwardInputsReLUKernel masked = Bind<BackwardInputsReLUKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardInputsReLU), 3, 5, typeof(ByNeuron));
        BackwardInputsKernel plain = Bind<BackwardInputsKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardInputs), 3, 5, typeof(ByNeuron));
        int Length(string of, int enough) => of == parameter ? length : enough;
        FramedBlock dx = FramedBlock.Destination(Length("dx", 48));

        Assert.Throws<ArgumentException>(
            parameter, () => masked(new float[Length("dy", 80)], new float[Length("w", 20)], new float[Length("x", 48)], dx.Span, 16, 4));

        if (parameter != "x")
        {
            Assert.Throws<ArgumentException>(parameter, () => plain(new float[Length("dy", 80)], new float[Length("w", 20)], dx.Span, 16, 4));
        }

        dx.AssertNothingIsWritten();
    }

    /// <summary>Weights [inputs × neurons] as a layout has them. Their padding must not count here, so it is NaN.</summary>
    internal static float[] LaidOut(float[] w, int inputs, int neurons, Type layout) => layout == typeof(ByInput)
        ? Pad(w, inputs, neurons)
        : Pad(Numbers.ToFloats(Transpose(ToDoubles(w), inputs, neurons)), neurons, inputs);

    /// <summary>Small shapes meet every number of samples, large ones one of them each.</summary>
    private static IEnumerable<int> Batches(int size) =>
        size <= 40 ? LanesBlock.Samples : LanesBlock.Samples.Where((_, i) => i % 4 == size % 4);

    internal static TKernel Bind<TKernel>(string method, int inputs, int neurons, Type layout)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.DenseLanes), method, [BinaryDimension.Of(inputs), BinaryDimension.Of(neurons), layout]);

    private static float[] AssertFrame(FramedBlock block, int features, int stride, int samples)
    {
        block.AssertFrameIsIntact();

        return LanesBlock.Fillers(block.Span, features, stride, samples);
    }
}
