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
        where TActivation : struct, IActivation =>
        Forward<TActivation, Keeping.Nothing>(activation, x, y, default, features, stride, samples);

    /// <summary>The same, and <c>derivatives[j, i] = f′(x[j, i])</c>, of an activation whose outputs do not tell its derivative.</summary>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="x">Inputs [features × stride].</param>
    /// <param name="y">Outputs [features × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="derivatives">What the way back multiplies by [features × stride]; written.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TActivation>(
        TActivation activation, ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives, int features, int stride, int samples)
        where TActivation : struct, IActivation
    {
        Lanes.Check(derivatives.Length, features, stride, samples);

        Forward<TActivation, Keeping.Activations>(activation, x, y, derivatives, features, stride, samples);
    }

    /// <summary>Effectively computes <c>dx[j, i] = f′(x[j, i]) · dy[j, i]</c>.</summary>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="kept">
    /// The outputs of the forward pass [features × stride], or its derivatives for an activation whose outputs do not tell them.
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

    private static void Forward<TActivation, TKeeping>(
        TActivation activation, ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives, int features, int stride, int samples)
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        ref float derivatives0 = ref MemoryMarshal.GetReference(derivatives);
        nuint length = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Forward<TActivation, TKeeping, Simd512, Vector512<float>>(activation, ref x0, ref y0, ref derivatives0, features, (nuint)stride, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<TActivation, TKeeping, Simd256, Vector256<float>>(activation, ref x0, ref y0, ref derivatives0, features, (nuint)stride, length);
        }
        else
        {
            Forward<TActivation, TKeeping, Simd128, Vector128<float>>(activation, ref x0, ref y0, ref derivatives0, features, (nuint)stride, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TActivation, TKeeping, TSimd, TVector>(
        TActivation activation, ref float x, ref float y, ref float derivatives, int features, nuint stride, nuint length)
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; features > 0; features--)
        {
            for (nuint i = 0; i < length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Load(in x, i), out TVector derivative), ref y, i);

                if (TKeeping.IsKept)
                {
                    TSimd.Store(derivative, ref derivatives, i);
                }
            }

            if (TKeeping.IsKept)
            {
                derivatives = ref Unsafe.Add(ref derivatives, stride);
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
