using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The fully connected layer for a single sample: a matrix-vector product. Eight sums run side by side, as many as hide the
/// latency of multiply-add, so a sample's last bits may differ from those that <see cref="Dense"/> gives it in a batch.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseSample
{
    /// <summary>With so few inputs, one sum is ready before several could be added up.</summary>
    private const int MostOfOneSum = 3;

    /// <summary>How many rows ahead weights are fetched into the cache.</summary>
    private const int RowsAhead = 8;

    /// <summary>Fewer floats of weights stay in the cache from one sample to the next.</summary>
    private const int LeastFloatsToFetch = 8192;

    /// <summary>Effectively computes <c>y[j] = f(b[j] + Σₖ x[k] · w[k, j])</c>.</summary>
    /// <param name="x">Inputs [inputs]; where the layout is <see cref="ByNeuron"/>, followed by floats up to a multiple of 16, which do not count.</param>
    /// <param name="w">Weights, laid out as the layout says.</param>
    /// <param name="b">Biases, padded to whole vectors as <paramref name="y"/> is.</param>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="y">
    /// Outputs [neurons], padded to a stride of 4 for up to 4 neurons, 8 for up to 8, and otherwise as <see cref="Dense"/> pads a row; written with the
    /// padding.
    /// </param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs.</typeparam>
    /// <typeparam name="TLayout">How the weights lie.</typeparam>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward<TInputs, TNeurons, TLayout, TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, TActivation activation, Span<float> y)
        where TInputs : struct, IDimension
        where TNeurons : struct, IDimension
        where TLayout : struct, IWeightLayout
        where TActivation : struct, IActivation
    {
        int stride = MatrixLayout.RowStride(TNeurons.Value);
        bool isByInput = TLayout.NeuronStride(TInputs.Value, TNeurons.Value) == 1;

        ShapeGuard.AtLeast(x.Length, 1, isByInput ? TInputs.Value : Lanes.Padded(TInputs.Value));
        ShapeGuard.AtLeast(w.Length, 1, TLayout.Length(TInputs.Value, TNeurons.Value));
        ShapeGuard.AtLeast(b.Length, 1, stride);
        ShapeGuard.AtLeast(y.Length, 1, stride);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float w0 = ref MemoryMarshal.GetReference(w);
        ref float b0 = ref MemoryMarshal.GetReference(b);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (typeof(TLayout) == typeof(ByNeuron))
        {
            MultiplyByNeuron<TNeurons, TActivation>(ref x0, ref w0, ref b0, activation, ref y0, TInputs.Value);
        }
        else
        {
            Multiply<TNeurons, TActivation>(ref x0, ref w0, ref b0, activation, ref y0, TInputs.Value);
        }
    }

    /// <summary>The product without its checks, for weights <see cref="ByInput"/>.</summary>
    /// <remarks>
    /// Sizes are arguments here and further down, each a constant where the compiler inlines the method: it knows them before it reads the code, and does not
    /// read the branches that they rule out. A type's size, which is a call, is that only as the last argument: what comes before a call goes into a variable.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Multiply<TNeurons, TActivation>(ref float x, ref float w, ref float b, TActivation activation, ref float y, int inputs)
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        if (default(TActivation) is IBriefActivation)
        {
            Multiply(ref x, ref w, ref b, activation, ref y, inputs, TNeurons.Value);
        }
        else
        {
            Multiply(ref x, ref w, ref b, default(Linear), ref y, inputs, TNeurons.Value);
            Elementwise.ForwardInPlace(activation, ref y, TNeurons.Value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TActivation>(ref float x, ref float w, ref float b, TActivation activation, ref float y, int inputs, int neurons)
        where TActivation : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated && neurons > Vector256<float>.Count)
        {
            Multiply<TActivation, Simd512, Vector512<float>>(ref x, ref w, ref b, activation, ref y, inputs, neurons, Vectors(neurons, Vector512<float>.Count));
        }
        else if (Vector256.IsHardwareAccelerated && neurons > Vector128<float>.Count)
        {
            Multiply<TActivation, Simd256, Vector256<float>>(ref x, ref w, ref b, activation, ref y, inputs, neurons, Vectors(neurons, Vector256<float>.Count));
        }
        else
        {
            Multiply<TActivation, Simd128, Vector128<float>>(ref x, ref w, ref b, activation, ref y, inputs, neurons, Vectors(neurons, Vector128<float>.Count));
        }
    }

    /// <summary>The product without its checks, for weights <see cref="ByNeuron"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyByNeuron<TNeurons, TActivation>(ref float x, ref float w, ref float b, TActivation activation, ref float y, int inputs)
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        for (int neuron = 0; neuron < TNeurons.Value; neuron += 4)
        {
            if (Vector512.IsHardwareAccelerated && inputs > Vector256<float>.Count)
            {
                DotFourNeurons<TActivation, Simd512, Vector512<float>>(ref x, ref w, ref b, activation, ref y, inputs, neuron, TNeurons.Value);
            }
            else if (Vector256.IsHardwareAccelerated && inputs > Vector128<float>.Count)
            {
                DotFourNeurons<TActivation, Simd256, Vector256<float>>(ref x, ref w, ref b, activation, ref y, inputs, neuron, TNeurons.Value);
            }
            else
            {
                DotFourNeurons<TActivation, Simd128, Vector128<float>>(ref x, ref w, ref b, activation, ref y, inputs, neuron, TNeurons.Value);
            }
        }
    }

    /// <summary>The vectors that so many floats take.</summary>
    private static int Vectors(int floats, int width) => (floats + width - 1) / width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TActivation, TSimd, TVector>(
        ref float x, ref float w, ref float b, TActivation activation, ref float y, int inputs, int neurons, int vectors)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint stride = (nuint)MatrixLayout.RowStride(neurons);
        nuint width = (nuint)TSimd.Count;
        nuint column = 0;

        if (vectors >= 8)
        {
            for (; column < (nuint)(vectors / 8 * 8) * width; column += 8 * width)
            {
                EightVectors<TActivation, TSimd, TVector>(
                    ref x, ref Unsafe.Add(ref w, column), stride, ref Unsafe.Add(ref b, column), activation, ref Unsafe.Add(ref y, column), inputs);
            }
        }

        if ((vectors & 4) != 0)
        {
            column = (nuint)(vectors / 8 * 8) * width;
            FourVectors<TActivation, TSimd, TVector>(
                ref x, ref Unsafe.Add(ref w, column), stride, ref Unsafe.Add(ref b, column), activation, inputs, out TVector y0, out TVector y1, out TVector y2,
                out TVector y3);
            TSimd.Store(y0, ref y, column);
            TSimd.Store(y1, ref y, column + width);
            TSimd.Store(y2, ref y, column + (2 * width));
            TSimd.Store(y3, ref y, column + (3 * width));
        }

        if ((vectors & 2) != 0)
        {
            column = (nuint)(vectors / 4 * 4) * width;
            TwoVectors<TActivation, TSimd, TVector>(
                ref x, ref Unsafe.Add(ref w, column), stride, ref Unsafe.Add(ref b, column), activation, inputs, out TVector y0, out TVector y1);
            TSimd.Store(y0, ref y, column);
            TSimd.Store(y1, ref y, column + width);
        }

        if ((vectors & 1) != 0)
        {
            column = (nuint)(vectors / 2 * 2) * width;
            TVector y0 = OneVector<TActivation, TSimd, TVector>(
                ref x, ref Unsafe.Add(ref w, column), stride, ref Unsafe.Add(ref b, column), activation, inputs);
            TSimd.Store(y0, ref y, column);
        }
    }

    /// <summary>Eight vectors of outputs, a sum for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightVectors<TActivation, TSimd, TVector>(
        ref float x, ref float w, nuint stride, ref float b, TActivation activation, ref float y, int inputs)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TVector s0 = TSimd.Load(in b, 0);
        TVector s1 = TSimd.Load(in b, width);
        TVector s2 = TSimd.Load(in b, 2 * width);
        TVector s3 = TSimd.Load(in b, 3 * width);
        TVector s4 = TSimd.Load(in b, 4 * width);
        TVector s5 = TSimd.Load(in b, 5 * width);
        TVector s6 = TSimd.Load(in b, 6 * width);
        TVector s7 = TSimd.Load(in b, 7 * width);
        ref float row = ref w;

        // Where a row is wider than eight vectors, what is read jumps from row to row, which the processor does not foresee by itself.
        bool isFetched = stride > 8 * width && (nuint)inputs * stride >= LeastFloatsToFetch;

        for (nuint k = 0; k < (nuint)inputs; k++)
        {
            if (isFetched)
            {
                nuint ahead = CacheLine.AddressOf(ref row) + (RowsAhead * stride * sizeof(float));
                CacheLine.Fetch(ahead);
                CacheLine.Fetch(ahead + KernelLimits.BytesPerLine);

                if (8 * width >= 4 * KernelLimits.FloatsPerLine)
                {
                    CacheLine.Fetch(ahead + (2 * KernelLimits.BytesPerLine));
                    CacheLine.Fetch(ahead + (3 * KernelLimits.BytesPerLine));
                }

                if (8 * width >= 8 * KernelLimits.FloatsPerLine)
                {
                    CacheLine.Fetch(ahead + (4 * KernelLimits.BytesPerLine));
                    CacheLine.Fetch(ahead + (5 * KernelLimits.BytesPerLine));
                    CacheLine.Fetch(ahead + (6 * KernelLimits.BytesPerLine));
                    CacheLine.Fetch(ahead + (7 * KernelLimits.BytesPerLine));
                }
            }

            TVector value = TSimd.Create(Unsafe.Add(ref x, k));
            s0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), s0);
            s1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), s1);
            s2 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 2 * width), s2);
            s3 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 3 * width), s3);
            s4 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 4 * width), s4);
            s5 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 5 * width), s5);
            s6 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 6 * width), s6);
            s7 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 7 * width), s7);
            row = ref Unsafe.Add(ref row, stride);
        }

        TSimd.Store(activation.Forward<TSimd, TVector>(s0, out _), ref y, 0);
        TSimd.Store(activation.Forward<TSimd, TVector>(s1, out _), ref y, width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s2, out _), ref y, 2 * width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s3, out _), ref y, 3 * width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s4, out _), ref y, 4 * width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s5, out _), ref y, 5 * width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s6, out _), ref y, 6 * width);
        TSimd.Store(activation.Forward<TSimd, TVector>(s7, out _), ref y, 7 * width);
    }

    /// <summary>Four vectors of outputs, two sums for each where there are more than a few inputs: of those with even and with odd numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void FourVectors<TActivation, TSimd, TVector>(
        ref float x, ref float w, nuint stride, ref float b, TActivation activation, int inputs, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TVector s0 = TSimd.Load(in b, 0);
        TVector s1 = TSimd.Load(in b, width);
        TVector s2 = TSimd.Load(in b, 2 * width);
        TVector s3 = TSimd.Load(in b, 3 * width);
        ref float value = ref x;
        ref float row = ref w;
        ref float end = ref Unsafe.Add(ref x, inputs);

        if (inputs > MostOfOneSum)
        {
            ref float endOfPairs = ref Unsafe.Add(ref x, inputs / 2 * 2);
            TVector t0, t1, t2, t3;
            t0 = t1 = t2 = t3 = TSimd.Create(0f);

            do
            {
                TVector xk = TSimd.Create(value);
                s0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, width), s1);
                s2 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 2 * width), s2);
                s3 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 3 * width), s3);

                xk = TSimd.Create(Unsafe.Add(ref value, 1));
                t0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride), t0);
                t1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride + width), t1);
                t2 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride + (2 * width)), t2);
                t3 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride + (3 * width)), t3);
                value = ref Unsafe.Add(ref value, 2);
                row = ref Unsafe.Add(ref row, 2 * stride);
            }
            while (Unsafe.IsAddressLessThan(ref value, ref endOfPairs));

            s0 = TSimd.Add(s0, t0);
            s1 = TSimd.Add(s1, t1);
            s2 = TSimd.Add(s2, t2);
            s3 = TSimd.Add(s3, t3);
        }

        if (inputs <= MostOfOneSum || inputs % 2 != 0)
        {
            do
            {
                TVector xk = TSimd.Create(value);
                s0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, width), s1);
                s2 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 2 * width), s2);
                s3 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 3 * width), s3);
                value = ref Unsafe.Add(ref value, 1);
                row = ref Unsafe.Add(ref row, stride);
            }
            while (Unsafe.IsAddressLessThan(ref value, ref end));
        }

        y0 = activation.Forward<TSimd, TVector>(s0, out _);
        y1 = activation.Forward<TSimd, TVector>(s1, out _);
        y2 = activation.Forward<TSimd, TVector>(s2, out _);
        y3 = activation.Forward<TSimd, TVector>(s3, out _);
    }

    /// <summary>Two vectors of outputs, four sums for each where there are more than a few inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoVectors<TActivation, TSimd, TVector>(
        ref float x, ref float w, nuint stride, ref float b, TActivation activation, int inputs, out TVector y0, out TVector y1)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TVector s0 = TSimd.Load(in b, 0);
        TVector s1 = TSimd.Load(in b, width);
        ref float value = ref x;
        ref float row = ref w;
        ref float end = ref Unsafe.Add(ref x, inputs);

        if (inputs > MostOfOneSum)
        {
            ref float endOfFours = ref Unsafe.Add(ref x, inputs / 4 * 4);
            TVector t0, t1, u0, u1, v0, v1;
            t0 = t1 = u0 = u1 = v0 = v1 = TSimd.Create(0f);

            do
            {
                TVector xk = TSimd.Create(value);
                s0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, width), s1);
                xk = TSimd.Create(Unsafe.Add(ref value, 1));
                t0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride), t0);
                t1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, stride + width), t1);
                xk = TSimd.Create(Unsafe.Add(ref value, 2));
                u0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 2 * stride), u0);
                u1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, (2 * stride) + width), u1);
                xk = TSimd.Create(Unsafe.Add(ref value, 3));
                v0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 3 * stride), v0);
                v1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, (3 * stride) + width), v1);
                value = ref Unsafe.Add(ref value, 4);
                row = ref Unsafe.Add(ref row, 4 * stride);
            }
            while (Unsafe.IsAddressLessThan(ref value, ref endOfFours));

            s0 = TSimd.Add(TSimd.Add(s0, t0), TSimd.Add(u0, v0));
            s1 = TSimd.Add(TSimd.Add(s1, t1), TSimd.Add(u1, v1));
        }

        if (inputs <= MostOfOneSum || inputs % 4 != 0)
        {
            do
            {
                TVector xk = TSimd.Create(value);
                s0 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(xk, TSimd.Load(in row, width), s1);
                value = ref Unsafe.Add(ref value, 1);
                row = ref Unsafe.Add(ref row, stride);
            }
            while (Unsafe.IsAddressLessThan(ref value, ref end));
        }

        y0 = activation.Forward<TSimd, TVector>(s0, out _);
        y1 = activation.Forward<TSimd, TVector>(s1, out _);
    }

    /// <summary>One vector of outputs, eight sums where there are more than a few inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector OneVector<TActivation, TSimd, TVector>(
        ref float x, ref float w, nuint stride, ref float b, TActivation activation, int inputs)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector s0 = TSimd.Load(in b, 0);
        ref float row = ref w;
        nuint k = 0;

        if (inputs > MostOfOneSum)
        {
            TVector s1, s2, s3, s4, s5, s6, s7;
            s1 = s2 = s3 = s4 = s5 = s6 = s7 = TSimd.Create(0f);

            for (; k + 8 <= (nuint)inputs; k += 8)
            {
                s0 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k)), TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 1)), TSimd.Load(in row, stride), s1);
                s2 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 2)), TSimd.Load(in row, 2 * stride), s2);
                s3 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 3)), TSimd.Load(in row, 3 * stride), s3);
                s4 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 4)), TSimd.Load(in row, 4 * stride), s4);
                s5 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 5)), TSimd.Load(in row, 5 * stride), s5);
                s6 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 6)), TSimd.Load(in row, 6 * stride), s6);
                s7 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k + 7)), TSimd.Load(in row, 7 * stride), s7);
                row = ref Unsafe.Add(ref row, 8 * stride);
            }

            s0 = TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7)));
        }

        for (; k < (nuint)inputs; k++)
        {
            s0 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, k)), TSimd.Load(in row, 0), s0);
            row = ref Unsafe.Add(ref row, stride);
        }

        return activation.Forward<TSimd, TVector>(s0, out _);
    }

    /// <summary>Up to four outputs as dot products along the inputs. Neurons beyond the last are the last once more: their outputs are padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DotFourNeurons<TActivation, TSimd, TVector>(
        ref float x, ref float w, ref float b, TActivation activation, ref float y, int inputs, int neuron, int neurons)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint stride = (nuint)MatrixLayout.RowStride(inputs);
        int left = neurons - neuron;
        ref float row = ref Unsafe.Add(ref w, (nuint)neuron * stride);
        TVector s0, s1, s2, s3;
        s0 = s1 = s2 = s3 = TSimd.Create(0f);

        nuint whole = (nuint)(inputs / TSimd.Count * TSimd.Count);

        for (nuint k = 0; k < whole; k += (nuint)TSimd.Count)
        {
            TVector values = TSimd.Load(in x, k);
            s0 = TSimd.MultiplyAdd(values, TSimd.Load(in row, k), s0);
            s1 = left > 1 ? TSimd.MultiplyAdd(values, TSimd.Load(in row, k + stride), s1) : s1;
            s2 = left > 2 ? TSimd.MultiplyAdd(values, TSimd.Load(in row, k + (2 * stride)), s2) : s2;
            s3 = left > 3 ? TSimd.MultiplyAdd(values, TSimd.Load(in row, k + (3 * stride)), s3) : s3;
        }

        if (inputs % TSimd.Count != 0)
        {
            // What comes after the inputs and after a row of weights does not count, whatever it is.
            TVector counts = TSimd.Greater(TSimd.Create(inputs % TSimd.Count), TSimd.Sequence);
            TVector values = TSimd.Load(in x, whole);
            s0 = TSimd.Select(counts, TSimd.MultiplyAdd(values, TSimd.Load(in row, whole), s0), s0);
            s1 = left > 1 ? TSimd.Select(counts, TSimd.MultiplyAdd(values, TSimd.Load(in row, whole + stride), s1), s1) : s1;
            s2 = left > 2 ? TSimd.Select(counts, TSimd.MultiplyAdd(values, TSimd.Load(in row, whole + (2 * stride)), s2), s2) : s2;
            s3 = left > 3 ? TSimd.Select(counts, TSimd.MultiplyAdd(values, TSimd.Load(in row, whole + (3 * stride)), s3), s3) : s3;
        }

        Vector128<float> sums = TSimd.Sum4(s0, s1, s2, s3) + Simd128.Load(in b, (nuint)neuron);
        Simd128.Store(activation.Forward<Simd128, Vector128<float>>(sums, out _), ref y, (nuint)neuron);
    }
}
