using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs;

public static partial class Kernels
{
    /// <summary>Probabilities of classes from logits.</summary>
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

        /// <summary>The probabilities of one sample, and what they were divided by: <c>sum = Σₖ exp(x[k] − max)</c>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static void ForwardRow<TClasses, TSimd, TVector>(ref float x, ref float y, out float max, out float sum)
            where TClasses : struct, IDimension
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            nuint classes = (nuint)TClasses.Value;

            max = Row.Max<TSimd, TVector>(ref x, classes);
            sum = Row.ExpOfDifference<TSimd, TVector>(ref x, max, ref y, classes);
            Row.Divide<TSimd, TVector>(ref y, sum, ref y, classes);
        }
    }
}
