using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs;

public static partial class Kernels
{
    /// <summary>
    /// The fully connected layer. Activations are row-major and unpadded; a row of the weights is
    /// padded with zeros to a stride of 4 floats for up to 4 neurons, 8 for up to 8, and otherwise the next multiple of 16.
    /// </summary>
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
            Forward<TInputs, TNeurons, Affine>(x, w, b, y, samples);

        /// <summary>Effectively computes <c>y[i, j] = max(0, b[j] + Σₖ x[i, k] · w[k, j])</c>; NaN stays NaN.</summary>
        /// <inheritdoc cref="Forward{TInputs, TNeurons}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int)"/>
        public static void ForwardReLU<TInputs, TNeurons>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension =>
            Forward<TInputs, TNeurons, AffineReLU>(x, w, b, y, samples);

        /// <summary>
        /// Effectively computes <c>dw[k, j] = Σᵢ x[i, k] · dy[i, j]</c> and <c>db[j] = Σᵢ dy[i, j]</c>, overwriting both and
        /// leaving their padding as it is.
        /// </summary>
        /// <param name="x">The inputs of the forward pass [samples × inputs].</param>
        /// <param name="dy">Gradients of the outputs [samples × neurons], followed by at least 16 floats that may be read.</param>
        /// <param name="dw">Gradients of the weights [inputs × stride]; written.</param>
        /// <param name="db">Gradients of the biases [stride]; written.</param>
        /// <param name="samples">The number of samples.</param>
        /// <typeparam name="TInputs">The number of inputs.</typeparam>
        /// <typeparam name="TNeurons">The number of outputs.</typeparam>
        /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
        public static void BackwardParameters<TInputs, TNeurons>(ReadOnlySpan<float> x, AlignedBlock dy, Span<float> dw, Span<float> db, int samples)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension
        {
            ArgumentNullException.ThrowIfNull(dy);
            ShapeGuard.AtLeast(x.Length, samples, TInputs.Value);
            ShapeGuard.AtLeast(dy.Length, samples, TNeurons.Value);
            ShapeGuard.AtLeast(dw.Length, TInputs.Value, MatrixLayout.RowStride(TNeurons.Value));
            ShapeGuard.AtLeast(db.Length, 1, MatrixLayout.RowStride(TNeurons.Value));

            ref float x0 = ref MemoryMarshal.GetReference(x);
            ref float dy0 = ref MemoryMarshal.GetReference(dy.Span);
            ref float dw0 = ref MemoryMarshal.GetReference(dw);
            ref float db0 = ref MemoryMarshal.GetReference(db);

            if (Vector512.IsHardwareAccelerated && MatrixLayout.RowStride(TNeurons.Value) >= Simd512.Count)
            {
                BackwardParameters<TInputs, TNeurons, Simd512, Vector512<float>>(ref x0, ref dy0, ref dw0, ref db0, (nuint)samples);
            }
            else if (Vector256.IsHardwareAccelerated && MatrixLayout.RowStride(TNeurons.Value) >= Simd256.Count)
            {
                BackwardParameters<TInputs, TNeurons, Simd256, Vector256<float>>(ref x0, ref dy0, ref dw0, ref db0, (nuint)samples);
            }
            else
            {
                BackwardParameters<TInputs, TNeurons, Simd128, Vector128<float>>(ref x0, ref dy0, ref dw0, ref db0, (nuint)samples);
            }
        }

        /// <summary>Effectively computes <c>dx[i, k] = Σⱼ dy[i, j] · w[k, j]</c>.</summary>
        /// <param name="dy">Gradients of the outputs [samples × neurons].</param>
        /// <param name="w">Weights [inputs × stride].</param>
        /// <param name="transposed">Scratch for the transposed weights [neurons × stride of the inputs]; written.</param>
        /// <param name="dx">Gradients of the inputs [samples × inputs]; written.</param>
        /// <param name="samples">The number of samples.</param>
        /// <typeparam name="TInputs">The number of inputs.</typeparam>
        /// <typeparam name="TNeurons">The number of outputs.</typeparam>
        /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
        public static void BackwardInputs<TInputs, TNeurons>(
            ReadOnlySpan<float> dy,
            ReadOnlySpan<float> w,
            Span<float> transposed,
            Span<float> dx,
            int samples)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension
        {
            ShapeGuard.AtLeast(dy.Length, samples, TNeurons.Value);
            ShapeGuard.AtLeast(w.Length, TInputs.Value, MatrixLayout.RowStride(TNeurons.Value));
            ShapeGuard.AtLeast(transposed.Length, TNeurons.Value, MatrixLayout.RowStride(TInputs.Value));
            ShapeGuard.AtLeast(dx.Length, samples, TInputs.Value);

            ref float dy0 = ref MemoryMarshal.GetReference(dy);
            ref float t0 = ref MemoryMarshal.GetReference(transposed);
            ref float dx0 = ref MemoryMarshal.GetReference(dx);
            Transpose<TInputs, TNeurons>(ref MemoryMarshal.GetReference(w), ref t0);

            // Seen from here the transposed weights are those of a layer from neurons to inputs without biases.
            if (Vector512.IsHardwareAccelerated && MatrixLayout.RowStride(TInputs.Value) >= Simd512.Count)
            {
                Multiply<TNeurons, TInputs, Simd512, Vector512<float>, Product>(ref dy0, ref t0, ref t0, ref dx0, (nuint)samples);
            }
            else if (Vector256.IsHardwareAccelerated && MatrixLayout.RowStride(TInputs.Value) >= Simd256.Count)
            {
                Multiply<TNeurons, TInputs, Simd256, Vector256<float>, Product>(ref dy0, ref t0, ref t0, ref dx0, (nuint)samples);
            }
            else
            {
                Multiply<TNeurons, TInputs, Simd128, Vector128<float>, Product>(ref dy0, ref t0, ref t0, ref dx0, (nuint)samples);
            }
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

            ref float x0 = ref MemoryMarshal.GetReference(x);
            ref float w0 = ref MemoryMarshal.GetReference(w);
            ref float b0 = ref MemoryMarshal.GetReference(b);
            ref float y0 = ref MemoryMarshal.GetReference(y);

            if (Vector512.IsHardwareAccelerated && MatrixLayout.RowStride(TNeurons.Value) >= Simd512.Count)
            {
                Multiply<TInputs, TNeurons, Simd512, Vector512<float>, TForm>(ref x0, ref w0, ref b0, ref y0, (nuint)samples);
            }
            else if (Vector256.IsHardwareAccelerated && MatrixLayout.RowStride(TNeurons.Value) >= Simd256.Count)
            {
                Multiply<TInputs, TNeurons, Simd256, Vector256<float>, TForm>(ref x0, ref w0, ref b0, ref y0, (nuint)samples);
            }
            else
            {
                Multiply<TInputs, TNeurons, Simd128, Vector128<float>, TForm>(ref x0, ref w0, ref b0, ref y0, (nuint)samples);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static void Multiply<TInputs, TNeurons, TSimd, TVector, TForm>(ref float x, ref float w, ref float b, ref float y, nuint samples)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
            where TForm : struct, IGemmForm
        {
            nuint inputs = (nuint)TInputs.Value;
            nuint neurons = (nuint)TNeurons.Value;
            nuint stride = (nuint)MatrixLayout.RowStride(TNeurons.Value);

            Gemm.Multiply<TSimd, TVector, TForm>(in x, inputs, 1, in w, stride, in b, ref y, neurons, samples, neurons, inputs);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static void BackwardParameters<TInputs, TNeurons, TSimd, TVector>(ref float x, ref float dy, ref float dw, ref float db, nuint samples)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            nuint inputs = (nuint)TInputs.Value;
            nuint neurons = (nuint)TNeurons.Value;
            nuint stride = (nuint)MatrixLayout.RowStride(TNeurons.Value);

            // dW = xᵀ·dy: a row of x is a column of xᵀ, so the strides of x change places.
            Gemm.Multiply<TSimd, TVector, Product>(in x, 1, inputs, in dy, neurons, in db, ref dw, stride, inputs, neurons, samples);

            // db = 1ᵀ·dy: one row of ones, read with a stride of zero.
            float one = 1f;
            Gemm.Multiply<TSimd, TVector, Product>(in one, 0, 0, in dy, neurons, in db, ref db, stride, 1, neurons, samples);
        }

        private static void Transpose<TInputs, TNeurons>(ref float w, ref float transposed)
            where TInputs : struct, IDimension
            where TNeurons : struct, IDimension
        {
            nuint inputs = (nuint)TInputs.Value;
            nuint neurons = (nuint)TNeurons.Value;
            nuint stride = (nuint)MatrixLayout.RowStride(TNeurons.Value);
            nuint transposedStride = (nuint)MatrixLayout.RowStride(TInputs.Value);

            for (nuint input = 0; input < inputs; input++)
            {
                for (nuint neuron = 0; neuron < neurons; neuron++)
                {
                    Unsafe.Add(ref transposed, (neuron * transposedStride) + input) = Unsafe.Add(ref w, (input * stride) + neuron);
                }
            }
        }
    }
}
