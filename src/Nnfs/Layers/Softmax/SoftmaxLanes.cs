using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>Probabilities of classes from logits, with samples in the lanes, see <see cref="Lanes"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxLanes
{
    /// <summary>
    /// Effectively computes <c>y[j, i] = exp(x[j, i] − mᵢ) / Σₖ exp(x[k, i] − mᵢ)</c> with <c>mᵢ = maxₖ x[k, i]</c>, as <see cref="Softmax"/> does.
    /// </summary>
    /// <param name="x">Logits [classes × stride].</param>
    /// <param name="y">Probabilities [classes × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TClasses>(ReadOnlySpan<float> x, Span<float> y, int stride, int samples)
        where TClasses : struct, IDimension
    {
        Lanes.Check(x.Length, TClasses.Value, stride, samples);
        Lanes.Check(y.Length, TClasses.Value, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Forward<TClasses, Simd512, Vector512<float>>(ref x0, ref y0, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<TClasses, Simd256, Vector256<float>>(ref x0, ref y0, (nuint)stride, length);
        }
        else
        {
            Forward<TClasses, Simd128, Vector128<float>>(ref x0, ref y0, (nuint)stride, length);
        }
    }

    /// <summary>Effectively computes <c>dx[j, i] = y[j, i] · (dy[j, i] − Σₖ dy[k, i] · y[k, i])</c>, as <see cref="Softmax"/> does.</summary>
    /// <param name="y">The probabilities of the forward pass [classes × stride].</param>
    /// <param name="dy">Gradients of the probabilities [classes × stride].</param>
    /// <param name="dx">Gradients of the logits [classes × stride]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int stride, int samples)
        where TClasses : struct, IDimension
    {
        Lanes.Check(y.Length, TClasses.Value, stride, samples);
        Lanes.Check(dy.Length, TClasses.Value, stride, samples);
        Lanes.Check(dx.Length, TClasses.Value, stride, samples);

        ref float y0 = ref MemoryMarshal.GetReference(y);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float dx0 = ref MemoryMarshal.GetReference(dx);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd512, Vector512<float>>(ref y0, ref dy0, ref dx0, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd256, Vector256<float>>(ref y0, ref dy0, ref dx0, (nuint)stride, length);
        }
        else
        {
            Backward<TClasses, Simd128, Vector128<float>>(ref y0, ref dy0, ref dx0, (nuint)stride, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TClasses, TSimd, TVector>(ref float y, ref float dy, ref float dx, nuint stride, nuint length)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;

        for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
        {
            // Less the gradient of the likeliest class, which changes nothing, but spares the difference of two nearly equal numbers.
            TVector greatest = TSimd.Load(in y, i);
            TVector likeliest = TSimd.Load(in dy, i);

            for (nuint j = i + stride; j < i + end; j += stride)
            {
                TVector probability = TSimd.Load(in y, j);
                TVector isGreater = TSimd.Greater(probability, greatest);
                greatest = TSimd.Select(isGreater, probability, greatest);
                likeliest = TSimd.Select(isGreater, TSimd.Load(in dy, j), likeliest);
            }

            TVector sum = TSimd.Create(0f);

            for (nuint j = i; j < i + end; j += stride)
            {
                sum = TSimd.MultiplyAdd(TSimd.Load(in y, j), TSimd.Subtract(TSimd.Load(in dy, j), likeliest), sum);
            }

            for (nuint j = i; j < i + end; j += stride)
            {
                TVector difference = TSimd.Subtract(TSimd.Subtract(TSimd.Load(in dy, j), likeliest), sum);
                TSimd.Store(TSimd.Multiply(TSimd.Load(in y, j), difference), ref dx, j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TClasses, TSimd, TVector>(ref float x, ref float y, nuint stride, nuint length)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
        {
            ForwardVector<TClasses, TSimd, TVector>(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), stride, out _, out _);
        }
    }

    /// <summary>The probabilities of a vector of samples, and what they were divided by: <c>sum = Σₖ exp(x[k] − max)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ForwardVector<TClasses, TSimd, TVector>(ref float x, ref float y, nuint stride, out TVector max, out TVector sum)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;
        TVector greatest = TSimd.Load(in x, 0);

        for (nuint j = stride; j < end; j += stride)
        {
            greatest = TSimd.Max(greatest, TSimd.Load(in x, j));
        }

        TVector total = TSimd.Create(0f);

        for (nuint j = 0; j < end; j += stride)
        {
            TVector exp = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, j), greatest));
            TSimd.Store(exp, ref y, j);
            total = TSimd.Add(total, exp);
        }

        TVector reciprocal = TSimd.Divide(TSimd.Create(1f), total);

        for (nuint j = 0; j < end; j += stride)
        {
            TSimd.Store(Quotient<TSimd, TVector>(TSimd.Load(in y, j), total, reciprocal), ref y, j);
        }

        max = greatest;
        sum = total;
    }

    /// <summary><c>x / divisor</c> from the divisor's reciprocal: the product, corrected by what it leaves over, as if it were divided.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Quotient<TSimd, TVector>(TVector x, TVector divisor, TVector reciprocal)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector quotient = TSimd.Multiply(x, reciprocal);
        TVector remainder = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Create(0f), quotient), divisor, x);

        return TSimd.MultiplyAdd(remainder, reciprocal, quotient);
    }
}
