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
        where TFunction : struct, IActivation
    {
        ShapeGuard.AtLeast(y.Length, 1, x.Length);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint done = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            done = Forward<TFunction, Simd512, Vector512<float>>(function, ref x0, ref y0, done, (nuint)x.Length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Forward<TFunction, Simd256, Vector256<float>>(function, ref x0, ref y0, done, (nuint)x.Length);
        }
        else
        {
            done = Forward<TFunction, Simd128, Vector128<float>>(function, ref x0, ref y0, done, (nuint)x.Length);
        }

        Forward<TFunction, SimdScalar, float>(function, ref x0, ref y0, done, (nuint)x.Length);
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
            TSimd.Store(function.Forward<TSimd, TVector>(TSimd.Load(in y, i)), ref y, i);
        }
    }

    /// <returns>The index of the first element that a whole vector did not reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Forward<TFunction, TSimd, TVector>(TFunction function, ref float x, ref float y, nuint i, nuint length)
        where TFunction : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
        {
            TSimd.Store(function.Forward<TSimd, TVector>(TSimd.Load(in x, i)), ref y, i);
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
