using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The fully connected layer with samples in the lanes, see <see cref="Lanes"/>: every weight meets 16 samples at once.</summary>
/// <remarks>
/// The weights lie as <see cref="Dense"/> has them, or transposed, neuron after neuron, where <c>TLayout</c> says so.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseLanes
{
    /// <summary>The most neurons of a layer that counts as an output.</summary>
    private const int MostOutputs = 8;

    /// <summary>Effectively computes <c>y[j, i] = b[j] + Σₖ x[k, i] · w[k, j]</c>.</summary>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="w">Weights, laid out as the layout says.</param>
    /// <param name="b">Biases [neurons].</param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <typeparam name="TLayout">How the weights lie.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TInputs, TNeurons, TLayout>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout =>
        Forward<TInputs, TNeurons, TLayout, GemmForm.RowAffine>(x, w, b, y, stride, samples);

    /// <summary>Effectively computes <c>y[j, i] = max(0, b[j] + Σₖ x[k, i] · w[k, j])</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Forward{TInputs, TNeurons, TLayout}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, int)"/>
    public static void ForwardReLU<TInputs, TNeurons, TLayout>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout =>
        Forward<TInputs, TNeurons, TLayout, GemmForm.RowAffineReLU>(x, w, b, y, stride, samples);

    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σᵢ x[k, i] · dy[j, i]</c> and <c>db[j] = Σᵢ dy[j, i]</c> for some of the neurons <c>j</c>, overwriting
    /// both or adding to them, and leaving their padding as it is. The samples that fill up the last group count: their <c>dy</c> must be zero.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [inputs × stride].</param>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="dw">Gradients of the weights, laid out as they are; written.</param>
    /// <param name="db">Gradients of the biases [neurons]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the neurons whose parameters' gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <typeparam name="TLayout">How the weights lie.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range of neurons is not within the layer's.</exception>
    public static void BackwardParameters<TInputs, TNeurons, TLayout>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, int stride, int samples, int start, int count, bool adds)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
    {
        Lanes.Check(x.Length, TInputs.Value, stride, samples);
        Lanes.Check(dy.Length, TNeurons.Value, stride, samples);
        ShapeGuard.AtLeast(dw.Length, 1, TLayout.Length(TInputs.Value, TNeurons.Value));
        ShapeGuard.AtLeast(db.Length, 1, TNeurons.Value);
        ShapeGuard.Part(start, count, TNeurons.Value);

        if (Vector512.IsHardwareAccelerated)
        {
            BackwardParameters<TInputs, TNeurons, TLayout, Simd512, Vector512<float>>(x, dy, dw, db, stride, samples, start, count, adds);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BackwardParameters<TInputs, TNeurons, TLayout, Simd256, Vector256<float>>(x, dy, dw, db, stride, samples, start, count, adds);
        }
        else
        {
            BackwardParameters<TInputs, TNeurons, TLayout, Simd128, Vector128<float>>(x, dy, dw, db, stride, samples, start, count, adds);
        }
    }

    /// <summary>Effectively computes <c>dx[k, i] = Σⱼ dy[j, i] · w[k, j]</c>.</summary>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="w">Weights, laid out as the layout says.</param>
    /// <param name="dx">Gradients of the inputs [inputs × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <typeparam name="TLayout">How the weights lie.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputs<TInputs, TNeurons, TLayout>(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout =>
        BackwardInputs<TInputs, TNeurons, TLayout, GemmForm.Product>(dy, w, dx, dx, stride, samples);

    /// <summary>
    /// Effectively computes <c>dx[k, i] = x[k, i] &gt; 0 ? Σⱼ dy[j, i] · w[k, j] : 0</c>, back through the ReLU that gave <paramref name="x"/>.
    /// </summary>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="w">Weights, laid out as the layout says.</param>
    /// <param name="x">The inputs of the forward pass, outputs of a ReLU [inputs × stride].</param>
    /// <param name="dx">Gradients of what the ReLU took [inputs × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <typeparam name="TLayout">How the weights lie.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputsReLU<TInputs, TNeurons, TLayout>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> w, ReadOnlySpan<float> x, Span<float> dx, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
    {
        Lanes.Check(x.Length, TInputs.Value, stride, samples);

        BackwardInputs<TInputs, TNeurons, TLayout, GemmForm.MaskedProduct>(dy, w, x, dx, stride, samples);
    }

    private static void Forward<TInputs, TNeurons, TLayout, TForm>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
        where TForm : struct, IGemmForm
    {
        Lanes.Check(x.Length, TInputs.Value, stride, samples);
        ShapeGuard.AtLeast(w.Length, 1, TLayout.Length(TInputs.Value, TNeurons.Value));
        ShapeGuard.AtLeast(b.Length, 1, TNeurons.Value);
        Lanes.Check(y.Length, TNeurons.Value, stride, samples);

        // Y = Wᵀ·X + b.
        GemmMatrices matrices = new()
        {
            A = ref MemoryMarshal.GetReference(w),
            ARow = (nuint)TLayout.NeuronStride(TInputs.Value, TNeurons.Value),
            ATerm = (nuint)TLayout.InputStride(TInputs.Value, TNeurons.Value),
            B = ref MemoryMarshal.GetReference(x),
            BRow = (nuint)stride,
            Biases = ref MemoryMarshal.GetReference(b),
            C = ref MemoryMarshal.GetReference(y),
            CRow = (nuint)stride,
            Terms = (nuint)TInputs.Value,
        };

        Dense.Multiply<TForm>(in matrices, TNeurons.Value, Lanes.Padded(samples), Lanes.Group);
    }

    private static void BackwardInputs<TInputs, TNeurons, TLayout, TForm>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> w, ReadOnlySpan<float> mask, Span<float> dx, int stride, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
        where TForm : struct, IGemmForm
    {
        Lanes.Check(dy.Length, TNeurons.Value, stride, samples);
        ShapeGuard.AtLeast(w.Length, 1, TLayout.Length(TInputs.Value, TNeurons.Value));
        Lanes.Check(dx.Length, TInputs.Value, stride, samples);

        // dX = W·dY.
        GemmMatrices matrices = new()
        {
            A = ref MemoryMarshal.GetReference(w),
            ARow = (nuint)TLayout.InputStride(TInputs.Value, TNeurons.Value),
            ATerm = (nuint)TLayout.NeuronStride(TInputs.Value, TNeurons.Value),
            B = ref MemoryMarshal.GetReference(dy),
            BRow = (nuint)stride,
            Mask = ref MemoryMarshal.GetReference(mask),
            MaskRow = (nuint)stride,
            C = ref MemoryMarshal.GetReference(dx),
            CRow = (nuint)stride,
            Terms = (nuint)TNeurons.Value,
        };

        Dense.Multiply<TForm>(in matrices, TInputs.Value, Lanes.Padded(samples), Lanes.Group);
    }

    private static void BackwardParameters<TInputs, TNeurons, TLayout, TSimd, TVector>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, int stride, int samples, int start, int count, bool adds)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        nuint distance = (nuint)stride;
        ref float dy0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), (nuint)start * distance);
        ref float dw0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(dw), (nuint)start * (nuint)TLayout.NeuronStride(TInputs.Value, TNeurons.Value));
        ref float db0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(db), start);
        nuint terms = (nuint)Lanes.Padded(samples);

        // The gradients of logits nearly cancel when they are summed over the samples. Optimizers that divide by a gradient's size make
        // much of what is left, so as few neurons as an output has are summed in order, as the book's code does.
        bool isOutput = TNeurons.Value <= MostOutputs;

        // The rows of dW are inputs, or neurons where the weights are transposed.
        if (TLayout.NeuronStride(TInputs.Value, TNeurons.Value) == 1)
        {
            nuint row = (nuint)TLayout.InputStride(TInputs.Value, TNeurons.Value);

            // The biases' sums follow at once while the neurons' gradients are in the cache.
            for (int neuron = 0; neuron < count; neuron += 8)
            {
                int neurons = Math.Min(8, count - neuron);
                ref float dys = ref Unsafe.Add(ref dy0, (nuint)neuron * distance);
                DotProducts.Multiply<TSimd, TVector>(
                    in x0, distance, in dys, distance, ref Unsafe.Add(ref dw0, neuron), row, TInputs.Value, neurons, terms, adds);

                if (!isOutput)
                {
                    DotProducts.SumRows<TSimd, TVector>(in dys, distance, ref Unsafe.Add(ref db0, neuron), neurons, terms, adds);
                }
            }
        }
        else
        {
            nuint row = (nuint)TLayout.NeuronStride(TInputs.Value, TNeurons.Value);
            DotProducts.Multiply<TSimd, TVector>(in dy0, distance, in x0, distance, ref dw0, row, count, TInputs.Value, terms, adds);

            if (!isOutput)
            {
                DotProducts.SumRows<TSimd, TVector>(in dy0, distance, ref db0, count, terms, adds);
            }
        }

        if (isOutput)
        {
            DotProducts.SumRowsInOrder(in dy0, distance, ref db0, count, (nuint)samples, adds);
        }
    }
}
