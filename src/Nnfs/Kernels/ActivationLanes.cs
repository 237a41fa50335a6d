using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>Any activation with samples in the lanes, see <see cref="Lanes"/>: the same arithmetic as over rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActivationLanes
{
    /// <summary>Effectively computes <c>y[j, i] = f(x[j, i])</c>.</summary>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="x">Inputs [features × stride].</param>
    /// <param name="y">Outputs [features × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(TActivation activation, ReadOnlySpan<float> x, Span<float> y, int features, int stride, int samples)
        where TActivation : struct, IActivation
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Forward<TActivation, Simd512, Vector512<float>>(activation, ref x0, ref y0, features, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<TActivation, Simd256, Vector256<float>>(activation, ref x0, ref y0, features, (nuint)stride, length);
        }
        else
        {
            Forward<TActivation, Simd128, Vector128<float>>(activation, ref x0, ref y0, features, (nuint)stride, length);
        }
    }

    /// <summary>Effectively computes <c>dx[j, i] = f′(x[j, i]) · dy[j, i]</c>.</summary>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="kept">
    /// The outputs of the forward pass [features × stride], or its inputs <c>x</c> for an activation whose gradient is computed of them.
    /// </param>
    /// <param name="dy">Gradients of the outputs [features × stride].</param>
    /// <param name="dx">Gradients of the inputs [features × stride]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TActivation>(
        TActivation activation, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx, int features, int stride, int samples)
        where TActivation : struct, IActivation
    {
        Lanes.Check(kept.Length, features, stride, samples);
        Lanes.Check(dy.Length, features, stride, samples);
        Lanes.Check(dx.Length, features, stride, samples);

        ref float kept0 = ref MemoryMarshal.GetReference(kept);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float dx0 = ref MemoryMarshal.GetReference(dx);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Backward<TActivation, Simd512, Vector512<float>>(activation, ref kept0, ref dy0, ref dx0, features, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Backward<TActivation, Simd256, Vector256<float>>(activation, ref kept0, ref dy0, ref dx0, features, (nuint)stride, length);
        }
        else
        {
            Backward<TActivation, Simd128, Vector128<float>>(activation, ref kept0, ref dy0, ref dx0, features, (nuint)stride, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TActivation, TSimd, TVector>(
        TActivation activation, ref float x, ref float y, int features, nuint stride, nuint length)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; features > 0; features--)
        {
            for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Load(in x, i)), ref y, i);
            }

            x = ref Unsafe.Add(ref x, stride);
            y = ref Unsafe.Add(ref y, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TActivation, TSimd, TVector>(
        TActivation activation, ref float kept, ref float dy, ref float dx, int features, nuint stride, nuint length)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; features > 0; features--)
        {
            for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(activation.Backward<TSimd, TVector>(TSimd.Load(in kept, i), TSimd.Load(in dy, i)), ref dx, i);
            }

            kept = ref Unsafe.Add(ref kept, stride);
            dy = ref Unsafe.Add(ref dy, stride);
            dx = ref Unsafe.Add(ref dx, stride);
        }
    }
}
