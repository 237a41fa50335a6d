using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Applies an activation to spans: vectors of the widest kind first, then single floats for what they leave over, with the same
/// arithmetic. The compiler makes one loop for each activation and width, with the activation inside.
/// </summary>
internal static class Elementwise
{
    /// <summary><c>y[i] = f(x[i])</c>; <paramref name="y"/> may be <paramref name="x"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward<TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> y)
        where TFunction : struct, IActivation =>
        Forward<TFunction, Keeping.Nothing>(function, x, y, default);

    /// <summary>The same, and <c>derivatives[i] = f′(x[i])</c>, of a function that keeps its derivative.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="y"/> or <paramref name="derivatives"/> is shorter than <paramref name="x"/>.
    /// </exception>
    public static void Forward<TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives)
        where TFunction : struct, IActivation
    {
        ShapeGuard.AtLeast(derivatives.Length, 1, x.Length);

        Forward<TFunction, Keeping.Activations>(function, x, y, derivatives);
    }

    /// <summary><c>dx[i]</c> from <c>kept[i]</c> and <c>dy[i]</c>; <paramref name="dx"/> may be <paramref name="dy"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="kept"/>.</exception>
    public static void Backward<TFunction>(TFunction function, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx)
        where TFunction : struct, IActivation
    {
        ShapeGuard.AtLeast(dy.Length, 1, kept.Length);
        ShapeGuard.AtLeast(dx.Length, 1, kept.Length);

        ref float kept0 = ref MemoryMarshal.GetReference(kept);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float dx0 = ref MemoryMarshal.GetReference(dx);
        nuint done = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            done = Backward<TFunction, Simd512, Vector512<float>>(function, ref kept0, ref dy0, ref dx0, done, (nuint)kept.Length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Backward<TFunction, Simd256, Vector256<float>>(function, ref kept0, ref dy0, ref dx0, done, (nuint)kept.Length);
        }
        else
        {
            done = Backward<TFunction, Simd128, Vector128<float>>(function, ref kept0, ref dy0, ref dx0, done, (nuint)kept.Length);
        }

        Backward<TFunction, SimdScalar, float>(function, ref kept0, ref dy0, ref dx0, done, (nuint)kept.Length);
    }

    /// <summary><c>y[i] = f(y[i])</c> in whole vectors, with the padding of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ForwardInPlace<TFunction>(TFunction function, ref float y, int length)
        where TFunction : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated && length > Vector256<float>.Count)
        {
            ForwardInPlace<TFunction, Simd512, Vector512<float>>(function, ref y, (nuint)length);
        }
        else if (Vector256.IsHardwareAccelerated && length > Vector128<float>.Count)
        {
            ForwardInPlace<TFunction, Simd256, Vector256<float>>(function, ref y, (nuint)length);
        }
        else
        {
            ForwardInPlace<TFunction, Simd128, Vector128<float>>(function, ref y, (nuint)length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardInPlace<TFunction, TSimd, TVector>(TFunction function, ref float y, nuint length)
        where TFunction : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
        {
            TSimd.Store(function.Forward<TSimd, TVector>(TSimd.Load(in y, i), out _), ref y, i);
        }
    }

    private static void Forward<TFunction, TKeeping>(TFunction function, ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives)
        where TFunction : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        ShapeGuard.AtLeast(y.Length, 1, x.Length);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        ref float derivatives0 = ref MemoryMarshal.GetReference(derivatives);
        nuint done = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            done = Forward<TFunction, TKeeping, Simd512, Vector512<float>>(function, ref x0, ref y0, ref derivatives0, done, (nuint)x.Length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Forward<TFunction, TKeeping, Simd256, Vector256<float>>(function, ref x0, ref y0, ref derivatives0, done, (nuint)x.Length);
        }
        else
        {
            done = Forward<TFunction, TKeeping, Simd128, Vector128<float>>(function, ref x0, ref y0, ref derivatives0, done, (nuint)x.Length);
        }

        Forward<TFunction, TKeeping, SimdScalar, float>(function, ref x0, ref y0, ref derivatives0, done, (nuint)x.Length);
    }

    /// <returns>The index of the first element that a whole vector did not reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Forward<TFunction, TKeeping, TSimd, TVector>(
        TFunction function, ref float x, ref float y, ref float derivatives, nuint i, nuint length)
        where TFunction : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
        {
            TSimd.Store(function.Forward<TSimd, TVector>(TSimd.Load(in x, i), out TVector derivative), ref y, i);

            if (TKeeping.IsKept)
            {
                TSimd.Store(derivative, ref derivatives, i);
            }
        }

        return i;
    }

    /// <returns>The index of the first element that a whole vector did not reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Backward<TFunction, TSimd, TVector>(TFunction function, ref float kept, ref float dy, ref float dx, nuint i, nuint length)
        where TFunction : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
        {
            TSimd.Store(function.Backward<TSimd, TVector>(TSimd.Load(in kept, i), TSimd.Load(in dy, i)), ref dx, i);
        }

        return i;
    }
}
