using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The fully connected layer. Activations are row-major and unpadded; a row of the weights is
/// padded with zeros to a stride of 4 floats for up to 4 neurons, 8 for up to 8, and otherwise the next multiple of 16,
/// which is an odd multiple from 113 neurons on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dense
{
    /// <summary>Effectively computes <c>y[i, j] = b[j] + Σₖ x[i, k] · w[k, j]</c>.</summary>
    /// <param name="x">Inputs [samples × inputs].</param>
    /// <param name="w">Weights [inputs × stride].</param>
    /// <param name="b">Biases [stride].</param>
    /// <param name="y">Outputs [samples × neurons]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TInputs, TNeurons>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension =>
        Forward<TInputs, TNeurons, GemmForm.Affine>(x, w, b, y, samples);

    /// <summary>Effectively computes <c>y[i, j] = max(0, b[j] + Σₖ x[i, k] · w[k, j])</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Forward{TInputs, TNeurons}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int)"/>
    public static void ForwardReLU<TInputs, TNeurons>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension =>
        Forward<TInputs, TNeurons, GemmForm.AffineReLU>(x, w, b, y, samples);

    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σᵢ x[i, k] · dy[i, j]</c> for some of the inputs <c>k</c>, and with the first of them
    /// <c>db[j] = Σᵢ dy[i, j]</c>, overwriting both or adding to them, and leaving their padding as it is.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [samples × inputs].</param>
    /// <param name="dy">Gradients of the outputs, followed by at least 16 floats that may be read.</param>
    /// <param name="first">The first sample in <paramref name="dy"/>.</param>
    /// <param name="dw">Gradients of the weights [inputs × stride]; written.</param>
    /// <param name="db">Gradients of the biases [stride]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the inputs whose weights' gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">
    /// Whether the sums go on from what is there: the samples of a batch, taken part by part, then give the same bits as all at once.
    /// </param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range of inputs is not within the layer's, or <paramref name="first"/> is negative.</exception>
    public static void BackwardParameters<TInputs, TNeurons>(
        ReadOnlySpan<float> x, AlignedBlock dy, int first, Span<float> dw, Span<float> db, int samples, int start, int count, bool adds)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
    {
        if (adds)
        {
            BackwardParameters<TInputs, TNeurons, GemmForm.Sum>(x, dy, first, dw, db, samples, start, count);
        }
        else
        {
            BackwardParameters<TInputs, TNeurons, GemmForm.Product>(x, dy, first, dw, db, samples, start, count);
        }
    }

    /// <summary>
    /// Effectively computes <c>transposed[j, k] = w[k, j]</c> for some of the neurons <c>j</c>, which the gradients of the inputs are computed from.
    /// </summary>
    /// <param name="w">Weights [inputs × stride].</param>
    /// <param name="transposed">The transposed weights [neurons × stride of the inputs]; written, except for the padding.</param>
    /// <param name="start">The first of the neurons.</param>
    /// <param name="count">Their number.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range of neurons is not within the layer's.</exception>
    public static void Transpose<TInputs, TNeurons>(ReadOnlySpan<float> w, Span<float> transposed, int start, int count)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
    {
        ShapeGuard.AtLeast(w.Length, TInputs.Value, MatrixLayout.RowStride(TNeurons.Value));
        ShapeGuard.AtLeast(transposed.Length, TNeurons.Value, MatrixLayout.RowStride(TInputs.Value));
        ShapeGuard.Part(start, count, TNeurons.Value);

        Transposition.Run(
            in Unsafe.Add(ref MemoryMarshal.GetReference(w), start),
            (nuint)MatrixLayout.RowStride(TNeurons.Value),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(transposed), (nuint)start * (nuint)MatrixLayout.RowStride(TInputs.Value)),
            (nuint)MatrixLayout.RowStride(TInputs.Value),
            TInputs.Value,
            count);
    }

    /// <summary>Effectively computes <c>dx[i, k] = Σⱼ dy[i, j] · w[k, j]</c>.</summary>
    /// <param name="dy">Gradients of the outputs [samples × neurons].</param>
    /// <param name="transposed">The transposed weights [neurons × stride of the inputs], as <see cref="Transpose"/> gives them.</param>
    /// <param name="dx">Gradients of the inputs [samples × inputs]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputs<TInputs, TNeurons>(ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension =>
        BackwardInputs<TInputs, TNeurons, GemmForm.Product>(dy, transposed, dx, dx, samples);

    /// <summary>
    /// Effectively computes <c>dx[i, k] = x[i, k] &gt; 0 ? Σⱼ dy[i, j] · w[k, j] : 0</c>, back through the ReLU that gave <paramref name="x"/>.
    /// </summary>
    /// <param name="dy">Gradients of the outputs [samples × neurons].</param>
    /// <param name="transposed">The transposed weights [neurons × stride of the inputs], as <see cref="Transpose"/> gives them.</param>
    /// <param name="x">The inputs of the forward pass, outputs of a ReLU, followed by at least 16 floats that may be read.</param>
    /// <param name="start">The first sample in <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of what the ReLU took [samples × inputs]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    public static void BackwardInputsReLU<TInputs, TNeurons>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, AlignedBlock x, int start, Span<float> dx, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ShapeGuard.AtLeast(x.Length, start + samples, TInputs.Value);

        BackwardInputs<TInputs, TNeurons, GemmForm.MaskedProduct>(dy, transposed, x.Span.Slice(start * TInputs.Value), dx, samples);
    }

    private static void BackwardParameters<TInputs, TNeurons, TForm>(
        ReadOnlySpan<float> x, AlignedBlock dy, int first, Span<float> dw, Span<float> db, int samples, int start, int count)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TForm : struct, IGemmForm
    {
        ArgumentNullException.ThrowIfNull(dy);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ShapeGuard.AtLeast(x.Length, samples, TInputs.Value);
        ShapeGuard.AtLeast(dy.Length, first + samples, TNeurons.Value);
        ShapeGuard.AtLeast(dw.Length, TInputs.Value, MatrixLayout.RowStride(TNeurons.Value));
        ShapeGuard.AtLeast(db.Length, 1, MatrixLayout.RowStride(TNeurons.Value));
        ShapeGuard.Part(start, count, TInputs.Value);

        int stride = MatrixLayout.RowStride(TNeurons.Value);

        // dW = xᵀ·dy: a row of x is a column of xᵀ, so the strides of x change places.
        GemmMatrices matrices = new()
        {
            A = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), start),
            ARow = 1,
            ATerm = (nuint)TInputs.Value,
            B = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy.Span), (nuint)first * (nuint)TNeurons.Value),
            BRow = (nuint)TNeurons.Value,
            IsBUnpadded = true,
            C = ref Unsafe.Add(ref MemoryMarshal.GetReference(dw), (nuint)start * (nuint)stride),
            CRow = (nuint)stride,
            Terms = (nuint)samples,
        };

        Multiply<TForm>(in matrices, count, TNeurons.Value, stride);

        if (start == 0)
        {
            // db = 1ᵀ·dy: one row of ones, read with a stride of zero.
            matrices.A = ref GemmMatrices.One;
            matrices.ARow = 0;
            matrices.ATerm = 0;
            matrices.C = ref MemoryMarshal.GetReference(db);

            Multiply<TForm>(in matrices, 1, TNeurons.Value, stride);
        }
    }

    private static void BackwardInputs<TInputs, TNeurons, TForm>(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, ReadOnlySpan<float> mask, Span<float> dx, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TForm : struct, IGemmForm
    {
        ShapeGuard.AtLeast(dy.Length, samples, TNeurons.Value);
        ShapeGuard.AtLeast(transposed.Length, TNeurons.Value, MatrixLayout.RowStride(TInputs.Value));
        ShapeGuard.AtLeast(dx.Length, samples, TInputs.Value);

        // Seen from here the transposed weights are those of a layer from neurons to inputs without biases.
        GemmMatrices matrices = new()
        {
            A = ref MemoryMarshal.GetReference(dy),
            ARow = (nuint)TNeurons.Value,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(transposed),
            BRow = (nuint)MatrixLayout.RowStride(TInputs.Value),
            Mask = ref MemoryMarshal.GetReference(mask),
            MaskRow = (nuint)TInputs.Value,
            C = ref MemoryMarshal.GetReference(dx),
            CRow = (nuint)TInputs.Value,
            Terms = (nuint)TNeurons.Value,
        };

        Multiply<TForm>(in matrices, samples, TInputs.Value, MatrixLayout.RowStride(TInputs.Value));
    }

    private static void Forward<TInputs, TNeurons, TForm>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TForm : struct, IGemmForm
    {
        ShapeGuard.AtLeast(x.Length, samples, TInputs.Value);
        ShapeGuard.AtLeast(w.Length, TInputs.Value, MatrixLayout.RowStride(TNeurons.Value));
        ShapeGuard.AtLeast(b.Length, 1, MatrixLayout.RowStride(TNeurons.Value));
        ShapeGuard.AtLeast(y.Length, samples, TNeurons.Value);

        GemmMatrices matrices = new()
        {
            A = ref MemoryMarshal.GetReference(x),
            ARow = (nuint)TInputs.Value,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(w),
            BRow = (nuint)MatrixLayout.RowStride(TNeurons.Value),
            Biases = ref MemoryMarshal.GetReference(b),
            C = ref MemoryMarshal.GetReference(y),
            CRow = (nuint)TNeurons.Value,
            Terms = (nuint)TInputs.Value,
        };

        Multiply<TForm>(in matrices, samples, TNeurons.Value, MatrixLayout.RowStride(TNeurons.Value));
    }

    /// <summary>The product with whole vectors of the widest kind that a row of B, padded to <paramref name="stride"/>, has.</summary>
    internal static void Multiply<TForm>(in GemmMatrices matrices, int rows, int columns, int stride)
        where TForm : struct, IGemmForm
    {
        if (Vector512.IsHardwareAccelerated && stride >= Simd512.Count)
        {
            Gemm.Multiply<Simd512, Vector512<float>, TForm>(in matrices, (nuint)rows, (nuint)columns);
        }
        else if (Vector256.IsHardwareAccelerated && stride >= Simd256.Count)
        {
            Gemm.Multiply<Simd256, Vector256<float>, TForm>(in matrices, (nuint)rows, (nuint)columns);
        }
        else
        {
            Gemm.Multiply<Simd128, Vector128<float>, TForm>(in matrices, (nuint)rows, (nuint)columns);
        }
    }
}
