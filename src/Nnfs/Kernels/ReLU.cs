using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs;

public static partial class Kernels
{
    /// <summary>The rectified linear unit.</summary>
    public static class ReLU
    {
        /// <summary>Effectively computes <c>y[i] = max(0, x[i])</c>; NaN stays NaN.</summary>
        /// <param name="x">Inputs.</param>
        /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
        /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
        public static void Forward(ReadOnlySpan<float> x, Span<float> y)
        {
            ShapeGuard.AtLeast(y.Length, 1, x.Length);

            ref float x0 = ref MemoryMarshal.GetReference(x);
            ref float y0 = ref MemoryMarshal.GetReference(y);
            nuint done = 0;

            if (Vector512.IsHardwareAccelerated)
            {
                done = Forward<Simd512, Vector512<float>>(ref x0, ref y0, done, (nuint)x.Length);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                done = Forward<Simd256, Vector256<float>>(ref x0, ref y0, done, (nuint)x.Length);
            }
            else
            {
                done = Forward<Simd128, Vector128<float>>(ref x0, ref y0, done, (nuint)x.Length);
            }

            Forward<SimdScalar, float>(ref x0, ref y0, done, (nuint)x.Length);
        }

        /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? dy[i] : 0</c>: the gradient passes where the input was positive.</summary>
        /// <param name="y">The outputs of the forward pass, which are positive exactly where the inputs were.</param>
        /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
        /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
        /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
        public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
        {
            ShapeGuard.AtLeast(dy.Length, 1, y.Length);
            ShapeGuard.AtLeast(dx.Length, 1, y.Length);

            ref float y0 = ref MemoryMarshal.GetReference(y);
            ref float dy0 = ref MemoryMarshal.GetReference(dy);
            ref float dx0 = ref MemoryMarshal.GetReference(dx);
            nuint done = 0;

            if (Vector512.IsHardwareAccelerated)
            {
                done = Backward<Simd512, Vector512<float>>(ref y0, ref dy0, ref dx0, done, (nuint)y.Length);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                done = Backward<Simd256, Vector256<float>>(ref y0, ref dy0, ref dx0, done, (nuint)y.Length);
            }
            else
            {
                done = Backward<Simd128, Vector128<float>>(ref y0, ref dy0, ref dx0, done, (nuint)y.Length);
            }

            Backward<SimdScalar, float>(ref y0, ref dy0, ref dx0, done, (nuint)y.Length);
        }

        /// <returns>The index of the first element that a whole vector did not reach.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static nuint Forward<TSimd, TVector>(ref float x, ref float y, nuint i, nuint length)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(TSimd.Max(TSimd.Create(0f), TSimd.Load(in x, i)), ref y, i);
            }

            return i;
        }

        /// <returns>The index of the first element that a whole vector did not reach.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static nuint Backward<TSimd, TVector>(ref float y, ref float dy, ref float dx, nuint i, nuint length)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
            {
                TSimd.Store(TSimd.WhereGreater(TSimd.Load(in y, i), TSimd.Create(0f), TSimd.Load(in dy, i)), ref dx, i);
            }

            return i;
        }
    }
}
