using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The last two or three fully connected layers of a small network in one, for a single sample: layers with an activation, and an output of at
/// most 4 neurons. What the layer before the output gives stays in registers; see <see cref="DenseSample"/> for the order of sums.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseTailSample
{
    /// <summary>Effectively computes <c>y[j] = g(b₂[j] + Σₖ f(b₁[k] + Σᵢ x[i] · w₁[i, k]) · w₂[k, j])</c>.</summary>
    /// <param name="x">Inputs [inputs].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>, padded to 4. Each starts at a
    /// multiple of 16 floats.
    /// </param>
    /// <param name="activation">The function <c>f</c>.</param>
    /// <param name="last">The function <c>g</c>.</param>
    /// <param name="y">Outputs [neurons]; written.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The type of the function <c>f</c>, <see cref="Linear"/> where there is none.</typeparam>
    /// <typeparam name="TLast">The type of the function <c>g</c>, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward<TInputs, THidden, TNeurons, TActivation, TLast>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TActivation activation, TLast last, Span<float> y)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TLast : struct, IActivation
    {
        ShapeGuard.AtLeast(y.Length, 1, TNeurons.Value);

        Vector128<float> z = Multiply<TInputs, THidden, TNeurons, TActivation>(x, parameters, activation);
        Simd128.StoreFirst(last.Forward<Simd128, Vector128<float>>(z, out _), ref MemoryMarshal.GetReference(y), TNeurons.Value);
    }

    /// <summary>
    /// Effectively computes <c>z</c> as <see cref="Forward{TInputs, THidden, TNeurons, TActivation, TLast}"/> does without a last function, and then
    /// <c>y[j] = exp(z[j] − m) / Σₖ exp(z[k] − m)</c> with <c>m = maxₖ z[k]</c>, as <see cref="Softmax"/> does.
    /// </summary>
    /// <inheritdoc cref="Forward{TInputs, THidden, TNeurons, TActivation, TLast}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ForwardSoftmax<TInputs, THidden, TNeurons, TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TActivation activation, Span<float> y)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        ShapeGuard.AtLeast(y.Length, 1, TNeurons.Value);

        Vector128<float> z = Multiply<TInputs, THidden, TNeurons, TActivation>(x, parameters, activation);
        Simd128.StoreFirst(Softmax.OfFour<TNeurons>(z), ref MemoryMarshal.GetReference(y), TNeurons.Value);
    }

    /// <summary>
    /// As <see cref="Forward{TInputs, THidden, TNeurons, TActivation, TLast}"/>, with a layer before: <c>e(b₀[l] + Σᵢ x[i] · w₀[i, l])</c> takes the place
    /// of <c>x[l]</c>.
    /// </summary>
    /// <param name="x">Inputs [inputs].</param>
    /// <param name="parameters">Weights <c>w₀</c>, <see cref="ByInput"/>, and biases <c>b₀</c>; then those of the other layers.</param>
    /// <param name="first">The function <c>e</c>.</param>
    /// <param name="second">The function <c>f</c>.</param>
    /// <param name="last">The function <c>g</c>.</param>
    /// <param name="y">Outputs [neurons]; written.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="TFirst">The number of values after the first layer, from 9 to 128.</typeparam>
    /// <typeparam name="TSecond">The number of values after the second layer, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TFirstActivation">The type of the function <c>e</c>, <see cref="Linear"/> where there is none.</typeparam>
    /// <typeparam name="TSecondActivation">The type of the function <c>f</c>, <see cref="Linear"/> where there is none.</typeparam>
    /// <typeparam name="TLast">The type of the function <c>g</c>, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Forward<TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation, TLast>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TFirstActivation first, TSecondActivation second, TLast last, Span<float> y)
        where TInputs : struct, IDimension
        where TFirst : struct, IDimension
        where TSecond : struct, IDimension
        where TNeurons : struct, IDimension
        where TFirstActivation : struct, IActivation
        where TSecondActivation : struct, IActivation
        where TLast : struct, IActivation
    {
        ShapeGuard.AtLeast(y.Length, 1, TNeurons.Value);

        Vector128<float> z = Multiply<TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation>(x, parameters, first, second);
        Simd128.StoreFirst(last.Forward<Simd128, Vector128<float>>(z, out _), ref MemoryMarshal.GetReference(y), TNeurons.Value);
    }

    /// <summary>
    /// As <see cref="ForwardSoftmax{TInputs, THidden, TNeurons, TActivation}"/>, with a layer before, as
    /// <see cref="Forward{TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation, TLast}"/> has it.
    /// </summary>
    /// <inheritdoc cref="Forward{TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation, TLast}"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void ForwardSoftmax<TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TFirstActivation first, TSecondActivation second, Span<float> y)
        where TInputs : struct, IDimension
        where TFirst : struct, IDimension
        where TSecond : struct, IDimension
        where TNeurons : struct, IDimension
        where TFirstActivation : struct, IActivation
        where TSecondActivation : struct, IActivation
    {
        ShapeGuard.AtLeast(y.Length, 1, TNeurons.Value);

        Vector128<float> z = Multiply<TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation>(x, parameters, first, second);
        Simd128.StoreFirst(Softmax.OfFour<TNeurons>(z), ref MemoryMarshal.GetReference(y), TNeurons.Value);
    }

    /// <summary>What the last of two layers gives, before what comes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Multiply<TInputs, THidden, TNeurons, TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TActivation activation)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        int stride = MatrixLayout.RowStride(THidden.Value);

        CheckSizes<THidden, THidden, TNeurons>();
        ShapeGuard.AtLeast(x.Length, 1, TInputs.Value);
        ShapeGuard.AtLeast(parameters.Length, 1, ((TInputs.Value + 1 + TNeurons.Value) * stride) + KernelLimits.MostTailNeurons);

        return Multiply<THidden, TNeurons, TActivation>(
            ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(parameters), activation, TInputs.Value);
    }

    /// <summary>What the last of three layers gives, before what comes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    private static Vector128<float> Multiply<TInputs, TFirst, TSecond, TNeurons, TFirstActivation, TSecondActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, TFirstActivation first, TSecondActivation second)
        where TInputs : struct, IDimension
        where TFirst : struct, IDimension
        where TSecond : struct, IDimension
        where TNeurons : struct, IDimension
        where TFirstActivation : struct, IActivation
        where TSecondActivation : struct, IActivation
    {
        int firstStride = MatrixLayout.RowStride(TFirst.Value);
        int secondStride = MatrixLayout.RowStride(TSecond.Value);
        int start = (TInputs.Value + 1) * firstStride;

        CheckSizes<TFirst, TSecond, TNeurons>();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TFirst.Value, KernelLimits.MostTailValues);
        ShapeGuard.AtLeast(x.Length, 1, TInputs.Value);
        ShapeGuard.AtLeast(parameters.Length, 1, start + ((TFirst.Value + 1 + TNeurons.Value) * secondStride) + KernelLimits.MostTailNeurons);

        ref float w = ref MemoryMarshal.GetReference(parameters);
        Unsafe.SkipInit(out FirstValues values);
        ref float h = ref Unsafe.As<FirstValues, float>(ref values);

        DenseSample.Multiply<TFirst, TFirstActivation>(
            ref MemoryMarshal.GetReference(x), ref w, ref Unsafe.Add(ref w, TInputs.Value * firstStride), first, ref h, TInputs.Value);

        return Multiply<TSecond, TNeurons, TSecondActivation>(ref h, ref Unsafe.Add(ref w, start), second, TFirst.Value);
    }

    /// <summary>
    /// Layers between have rows of whole vectors of any width, and the output's neurons have a sum each. Of sizes that fit nothing is left of this.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckSizes<TFirst, TSecond, TNeurons>()
        where TFirst : struct, IDimension
        where TSecond : struct, IDimension
        where TNeurons : struct, IDimension
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TFirst.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfLessThan(TSecond.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TNeurons.Value, KernelLimits.MostTailNeurons);
    }

    /// <summary>The same without checks. Sizes become arguments one by one, see <see cref="DenseSample.Multiply{TNeurons, TActivation}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Multiply<THidden, TNeurons, TActivation>(ref float x, ref float parameters, TActivation activation, int inputs)
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Multiply<TNeurons, TActivation, Simd512, Vector512<float>>(ref x, ref parameters, activation, inputs, Vector512<float>.Count, THidden.Value);
        }

        return Vector256.IsHardwareAccelerated
            ? Multiply<TNeurons, TActivation, Simd256, Vector256<float>>(ref x, ref parameters, activation, inputs, Vector256<float>.Count, THidden.Value)
            : Multiply<TNeurons, TActivation, Simd128, Vector128<float>>(ref x, ref parameters, activation, inputs, Vector128<float>.Count, THidden.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Multiply<TNeurons, TActivation, TSimd, TVector>(
        ref float x, ref float parameters, TActivation activation, int inputs, int width, int hidden)
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        Multiply<TActivation, TSimd, TVector>(
            ref x, ref parameters, activation, inputs, hidden, (hidden + width - 1) / width, isCut: hidden % width != 0, TNeurons.Value);

    /// <summary>Takes a few vectors of the first layer's outputs, and adds what they give to the second's, before it takes the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Multiply<TActivation, TSimd, TVector>(
        ref float x, ref float parameters, TActivation activation, int inputs, int hidden, int vectors, bool isCut, int neurons)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint stride = (nuint)MatrixLayout.RowStride(hidden);
        ref float w1 = ref parameters;
        ref float b1 = ref Unsafe.Add(ref parameters, (nuint)inputs * stride);
        ref float w2 = ref Unsafe.Add(ref b1, stride);
        ref float b2 = ref Unsafe.Add(ref w2, (nuint)neurons * stride);

        // The lanes of a sum are added up in the end: the bias is in the first.
        TVector s0 = TSimd.CreateFirst(b2);
        TVector s1 = neurons > 1 ? TSimd.CreateFirst(Unsafe.Add(ref b2, 1)) : TSimd.Create(0f);
        TVector s2 = neurons > 2 ? TSimd.CreateFirst(Unsafe.Add(ref b2, 2)) : TSimd.Create(0f);
        TVector s3 = neurons > 3 ? TSimd.CreateFirst(Unsafe.Add(ref b2, 3)) : TSimd.Create(0f);

        // Conditions of constants: the compiler reads only what the size and the activation need.
        if (default(TActivation) is IBriefActivation && vectors >= 4)
        {
            nuint column = 0;

            do
            {
                DenseSample.FourVectors<TActivation, TSimd, TVector>(
                    ref x, ref Unsafe.Add(ref w1, column), stride, ref Unsafe.Add(ref b1, column), activation, inputs, out TVector h0, out TVector h1,
                    out TVector h2, out TVector h3);

                TVector counts = Counts<TSimd, TVector>(hidden, column + (3 * width));
                ref float w = ref Unsafe.Add(ref w2, column);
                s0 = AddProducts<TSimd, TVector>(s0, h0, h1, h2, h3, ref w, isCut & (vectors % 4 == 0), counts);
                s1 = neurons > 1 ? AddProducts<TSimd, TVector>(s1, h0, h1, h2, h3, ref Unsafe.Add(ref w, stride), isCut & (vectors % 4 == 0), counts) : s1;
                s2 = neurons > 2 ? AddProducts<TSimd, TVector>(s2, h0, h1, h2, h3, ref Unsafe.Add(ref w, 2 * stride), isCut & (vectors % 4 == 0), counts) : s2;
                s3 = neurons > 3 ? AddProducts<TSimd, TVector>(s3, h0, h1, h2, h3, ref Unsafe.Add(ref w, 3 * stride), isCut & (vectors % 4 == 0), counts) : s3;
                column += 4 * width;
            }
            while (vectors >= 8 && column < (nuint)(vectors / 4 * 4) * width);
        }

        if (default(TActivation) is IBriefActivation && (vectors & 2) != 0)
        {
            nuint column = (nuint)(vectors / 4 * 4) * width;
            DenseSample.TwoVectors<TActivation, TSimd, TVector>(
                ref x, ref Unsafe.Add(ref w1, column), stride, ref Unsafe.Add(ref b1, column), activation, inputs, out TVector h0, out TVector h1);

            TVector counts = Counts<TSimd, TVector>(hidden, column + width);
            ref float w = ref Unsafe.Add(ref w2, column);
            s0 = AddProducts<TSimd, TVector>(s0, h0, h1, ref w, isCut & (vectors % 2 == 0), counts);
            s1 = neurons > 1 ? AddProducts<TSimd, TVector>(s1, h0, h1, ref Unsafe.Add(ref w, stride), isCut & (vectors % 2 == 0), counts) : s1;
            s2 = neurons > 2 ? AddProducts<TSimd, TVector>(s2, h0, h1, ref Unsafe.Add(ref w, 2 * stride), isCut & (vectors % 2 == 0), counts) : s2;
            s3 = neurons > 3 ? AddProducts<TSimd, TVector>(s3, h0, h1, ref Unsafe.Add(ref w, 3 * stride), isCut & (vectors % 2 == 0), counts) : s3;
        }

        if (default(TActivation) is not IBriefActivation || (vectors & 1) != 0)
        {
            nuint column = default(TActivation) is IBriefActivation ? (nuint)(vectors / 2 * 2) * width : 0;

            do
            {
                TVector h = DenseSample.OneVector<TActivation, TSimd, TVector>(
                    ref x, ref Unsafe.Add(ref w1, column), stride, ref Unsafe.Add(ref b1, column), activation, inputs);

                TVector counts = Counts<TSimd, TVector>(hidden, column);
                ref float w = ref Unsafe.Add(ref w2, column);
                s0 = AddProducts<TSimd, TVector>(s0, h, ref w, isCut, counts);
                s1 = neurons > 1 ? AddProducts<TSimd, TVector>(s1, h, ref Unsafe.Add(ref w, stride), isCut, counts) : s1;
                s2 = neurons > 2 ? AddProducts<TSimd, TVector>(s2, h, ref Unsafe.Add(ref w, 2 * stride), isCut, counts) : s2;
                s3 = neurons > 3 ? AddProducts<TSimd, TVector>(s3, h, ref Unsafe.Add(ref w, 3 * stride), isCut, counts) : s3;
                column += width;
            }
            while (default(TActivation) is not IBriefActivation && column < (nuint)vectors * width);
        }

        return TSimd.Sum4(s0, s1, s2, s3);
    }

    /// <summary>The lanes, of a vector that starts at a column, that are values of the layer between: the last vector may have others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Counts<TSimd, TVector>(int hidden, nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Greater(TSimd.Create(hidden - (int)column), TSimd.Sequence);

    /// <summary>A sum and the products of four vectors with weights, in two halves that do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddProducts<TSimd, TVector>(
        TVector sum, TVector h0, TVector h1, TVector h2, TVector h3, ref float w, bool isCut, TVector counts)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TVector half = TSimd.MultiplyAdd(h1, TSimd.Load(in w, width), TSimd.Multiply(h0, TSimd.Load(in w, 0)));
        sum = TSimd.MultiplyAdd(h2, TSimd.Load(in w, 2 * width), sum);
        sum = AddProducts<TSimd, TVector>(sum, h3, ref Unsafe.Add(ref w, 3 * width), isCut, counts);

        return TSimd.Add(sum, half);
    }

    /// <summary>A sum and the products of two vectors with weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddProducts<TSimd, TVector>(TVector sum, TVector h0, TVector h1, ref float w, bool isCut, TVector counts)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        sum = TSimd.MultiplyAdd(h0, TSimd.Load(in w, 0), sum);

        return AddProducts<TSimd, TVector>(sum, h1, ref Unsafe.Add(ref w, (nuint)TSimd.Count), isCut, counts);
    }

    /// <summary>A sum and the products of a vector with weights; of one that is cut, only those that count, whatever is in the other lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddProducts<TSimd, TVector>(TVector sum, TVector h, ref float w, bool isCut, TVector counts)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector added = TSimd.MultiplyAdd(h, TSimd.Load(in w, 0), sum);

        return isCut ? TSimd.Select(counts, added, sum) : added;
    }

    /// <summary>What the first of three layers gives, with the padding of its last vector.</summary>
    [InlineArray(KernelLimits.MostTailValues)]
    private struct FirstValues
    {
        private float _value;
    }
}
