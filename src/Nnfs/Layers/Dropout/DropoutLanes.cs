using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Dropout with samples in the lanes, see <see cref="Lanes"/>. An element has the number, and so the mask, that it has in rows. What each is multiplied by is
/// drawn once, and kept for the way back.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutLanes
{
    /// <summary>
    /// Effectively computes <c>m[j, i] = 1 / (1 − rate)</c> where the random number from 0 to 1 of <c>first + i · features + j</c> is at least
    /// <paramref name="rate"/>, and zero elsewhere.
    /// </summary>
    /// <param name="rate">The share that is dropped, from 0 to less than 1; rounded to a multiple of 2⁻³². At 0 every element is kept as it is.</param>
    /// <param name="seed">The seed of the mask, see <see cref="Dropout.Seed"/>.</param>
    /// <param name="first">The number of the first sample's first element, at least 0.</param>
    /// <param name="scales">What the elements are multiplied by, <c>m</c> [features × stride]; written.</param>
    /// <param name="features">The number of features, at least 1.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/>, <paramref name="first"/> or <paramref name="features"/> is out of its range.
    /// </exception>
    public static void Draw(float rate, ulong seed, long first, Span<float> scales, int features, int stride, int samples)
    {
        Lanes.Check(scales.Length, features, stride, samples);
        Dropout.Check(rate, first);
        ArgumentOutOfRangeException.ThrowIfZero(features);

        Dropout.Apply<Dropout.Ones>(default, rate, seed, (ulong)first, distance: features, scales, rows: features, stride, Lanes.Padded(samples));
    }

    /// <summary>Effectively computes <c>m[j, i] = 1</c>: outside training every element is kept as it is.</summary>
    /// <param name="scales">What the elements are multiplied by, <c>m</c> [features × stride]; written.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void KeepAll(Span<float> scales, int features, int stride, int samples)
    {
        Lanes.Check(scales.Length, features, stride, samples);

        for (int j = 0; j < features; j++)
        {
            scales.Slice(j * stride, Lanes.Padded(samples)).Fill(1f);
        }
    }

    /// <summary>Effectively computes <c>y[j, i] = m[j, i] · x[j, i]</c>, and exactly zero where <c>m</c> is, even where <c>x[j, i]</c> is NaN.</summary>
    /// <param name="x">Inputs [features × stride].</param>
    /// <param name="scales">What the elements are multiplied by, <c>m</c> [features × stride].</param>
    /// <param name="y">Outputs [features × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> scales, Span<float> y, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);

        Apply(x, scales, y, features, stride, samples);
    }

    /// <summary>Effectively computes <c>dx[j, i] = m[j, i] · dy[j, i]</c>, and exactly zero where <c>m</c> is.</summary>
    /// <param name="dy">Gradients of the outputs [features × stride].</param>
    /// <param name="scales">What the forward pass multiplied by, <c>m</c> [features × stride].</param>
    /// <param name="dx">Gradients of the inputs [features × stride]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> scales, Span<float> dx, int features, int stride, int samples)
    {
        Lanes.Check(dy.Length, features, stride, samples);
        Lanes.Check(dx.Length, features, stride, samples);

        Apply(dy, scales, dx, features, stride, samples);
    }

    /// <summary>A vector of values times their scales, and zero where these are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Apply<TSimd, TVector>(TVector x, TVector scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.WhereGreater(scale, TSimd.Create(0f), TSimd.Multiply(scale, x));

    private static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> scales, Span<float> y, int features, int stride, int samples)
    {
        Lanes.Check(scales.Length, features, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float scales0 = ref MemoryMarshal.GetReference(scales);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Simd512, Vector512<float>>(ref x0, ref scales0, ref y0, features, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<Simd256, Vector256<float>>(ref x0, ref scales0, ref y0, features, (nuint)stride, length);
        }
        else
        {
            Apply<Simd128, Vector128<float>>(ref x0, ref scales0, ref y0, features, (nuint)stride, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TSimd, TVector>(ref float x, ref float scales, ref float y, int features, nuint stride, nuint length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; features > 0; features--)
        {
            for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(Apply<TSimd, TVector>(TSimd.Load(in x, i), TSimd.Load(in scales, i)), ref y, i);
            }

            x = ref Unsafe.Add(ref x, stride);
            scales = ref Unsafe.Add(ref scales, stride);
            y = ref Unsafe.Add(ref y, stride);
        }
    }
}
