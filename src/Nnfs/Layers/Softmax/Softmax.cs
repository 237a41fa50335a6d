using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>Probabilities of classes from logits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Softmax
{
    /// <summary>
    /// Effectively computes <c>y[i, j] = exp(x[i, j] − mᵢ) / Σₖ exp(x[i, k] − mᵢ)</c> with <c>mᵢ = maxₖ x[i, k]</c>.
    /// Finite for any finite logits; probabilities below e⁻⁶⁴ of a sample's greatest are zero; a NaN makes its sample NaN.
    /// </summary>
    /// <param name="x">Logits [samples × classes].</param>
    /// <param name="y">Probabilities [samples × classes]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TClasses>(ReadOnlySpan<float> x, Span<float> y, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(y.Length, samples, TClasses.Value);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Vector512.IsHardwareAccelerated && TClasses.Value >= Simd512.Count)
        {
            Forward<TClasses, Simd512, Vector512<float>>(ref x0, ref y0, samples);
        }
        else if (Vector256.IsHardwareAccelerated && TClasses.Value >= Simd256.Count)
        {
            Forward<TClasses, Simd256, Vector256<float>>(ref x0, ref y0, samples);
        }
        else
        {
            Forward<TClasses, Simd128, Vector128<float>>(ref x0, ref y0, samples);
        }
    }

    /// <summary>The probabilities of a single sample, see <see cref="Forward{TClasses}"/>.</summary>
    /// <param name="x">Logits [classes], padded as <see cref="DenseSample"/> gives them; what is in the padding does not count.</param>
    /// <param name="y">Probabilities [classes]; written. Must not overlap <paramref name="x"/>.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ForwardSample<TClasses>(Span<float> x, Span<float> y)
        where TClasses : struct, IDimension
    {
        int stride = MatrixLayout.RowStride(TClasses.Value);
        ShapeGuard.AtLeast(x.Length, 1, stride);
        ShapeGuard.AtLeast(y.Length, 1, TClasses.Value);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Vector512.IsHardwareAccelerated && stride >= Simd512.Count)
        {
            ForwardSample<TClasses, Simd512, Vector512<float>>(ref x0, ref y0);
        }
        else if (Vector256.IsHardwareAccelerated && stride >= Simd256.Count)
        {
            ForwardSample<TClasses, Simd256, Vector256<float>>(ref x0, ref y0);
        }
        else
        {
            ForwardSample<TClasses, Simd128, Vector128<float>>(ref x0, ref y0);
        }
    }

    /// <summary>
    /// Effectively computes <c>dx[i, j] = y[i, j] · (dy[i, j] − Σₖ dy[i, k] · y[i, k])</c>, the product of <c>dy</c> with the
    /// Jacobian <c>diag(y) − y·yᵀ</c>.
    /// </summary>
    /// <remarks>
    /// As the probabilities of a sample sum to 1, a constant added to its <c>dy</c> changes nothing. The constant taken here
    /// is that of the likeliest class, which spares the difference of two nearly equal numbers when the network is sure.
    /// </remarks>
    /// <param name="y">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="dy">Gradients of the probabilities [samples × classes].</param>
    /// <param name="dx">Gradients of the logits [samples × classes]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(y.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(dy.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(dx.Length, samples, TClasses.Value);

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<float> yRow = y.Slice(i * TClasses.Value, TClasses.Value);
            ReadOnlySpan<float> dyRow = dy.Slice(i * TClasses.Value, TClasses.Value);
            Span<float> dxRow = dx.Slice(i * TClasses.Value, TClasses.Value);
            float likeliest = dyRow[TensorPrimitives.IndexOfMax(yRow)];

            TensorPrimitives.Subtract(dyRow, likeliest, dxRow);
            TensorPrimitives.Subtract(dxRow, TensorPrimitives.Dot(yRow, dxRow), dxRow);
            TensorPrimitives.Multiply(yRow, dxRow, dxRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TClasses, TSimd, TVector>(ref float x, ref float y, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int i = 0; i < samples; i++)
        {
            ForwardRow<TClasses, TSimd, TVector>(ref x, ref y, out _, out _);
            x = ref Unsafe.Add(ref x, TClasses.Value);
            y = ref Unsafe.Add(ref y, TClasses.Value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardSample<TClasses, TSimd, TVector>(ref float x, ref float y)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint last = ((nuint)TClasses.Value - 1) / width * width;
        int left = TClasses.Value - (int)last;

        // The padding takes no part: its logits are lower than any other.
        TVector tail = TSimd.Load(in x, last);
        tail = left == TSimd.Count ? tail : TSimd.Select(TSimd.Greater(TSimd.Create(left), TSimd.Sequence), tail, TSimd.Create(float.NegativeInfinity));
        TVector maxima = tail;

        for (nuint i = 0; i < last; i += width)
        {
            maxima = TSimd.Max(maxima, TSimd.Load(in x, i));
        }

        TVector max = TSimd.Create(TSimd.MaxOfLanes(maxima));
        tail = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(tail, max));
        TVector sums = tail;

        for (nuint i = 0; i < last; i += width)
        {
            TVector exp = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, i), max));
            TSimd.Store(exp, ref y, i);
            sums = TSimd.Add(sums, exp);
        }

        TVector sum = TSimd.Create(TSimd.Sum(sums));

        for (nuint i = 0; i < last; i += width)
        {
            TSimd.Store(TSimd.Divide(TSimd.Load(in y, i), sum), ref y, i);
        }

        tail = TSimd.Divide(tail, sum);

        if (left == TSimd.Count)
        {
            TSimd.Store(tail, ref y, last);
        }
        else
        {
            TSimd.StorePart(tail, ref y, last, left);
        }
    }

    /// <summary>The probabilities of at most four classes; what lanes beyond the last class hold does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> OfFour<TClasses>(Vector128<float> x)
        where TClasses : struct, IDimension
    {
        // Two classes only meet each other; of one or three, the lane beside the last must not take part.
        Vector128<float> logits = TClasses.Value % 2 == 0
            ? x
            : Simd128.Select(Simd128.Greater(Simd128.Create(TClasses.Value), Simd128.Sequence), x, Simd128.Create(float.NegativeInfinity));

        // Lanes change places and are taken together, once for each pair and once for both: then all hold the result.
        Vector128<float> max = Simd128.Max(logits, Vector128.Shuffle(logits, Vector128.Create(1, 0, 3, 2)));
        max = TClasses.Value > 2 ? Simd128.Max(max, Vector128.Shuffle(max, Vector128.Create(2, 3, 0, 1))) : max;

        Vector128<float> exp = Elementary.ExpOfNegative<Simd128, Vector128<float>>(logits - max);

        Vector128<float> sum = exp + Vector128.Shuffle(exp, Vector128.Create(1, 0, 3, 2));
        sum = TClasses.Value > 2 ? sum + Vector128.Shuffle(sum, Vector128.Create(2, 3, 0, 1)) : sum;

        return exp / sum;
    }

    /// <summary>The probabilities of one sample, and what they were divided by: <c>sum = Σₖ exp(x[k] − max)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ForwardRow<TClasses, TSimd, TVector>(ref float x, ref float y, out float max, out float sum)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint classes = (nuint)TClasses.Value;

        max = RowMath.Max<TSimd, TVector>(ref x, classes);
        sum = RowMath.ExpOfDifference<TSimd, TVector>(ref x, max, ref y, classes);
        RowMath.Divide<TSimd, TVector>(ref y, sum, ref y, classes);
    }
}
