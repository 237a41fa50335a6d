using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The last two fully connected layers of a small network in one, with samples in the lanes, see <see cref="Lanes"/>: a layer with
/// an activation, and an output of at most 4 neurons. What the first gives stays in registers until the second has taken it. Every sum is
/// the same chain of multiply-adds as in <see cref="DenseLanes"/>, so that the bits are the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseTailLanes
{
    /// <summary>Effectively computes <c>y[j, i] = b₂[j] + Σₗ f(b₁[l] + Σₖ x[k, i] · w₁[k, l]) · w₂[l, j]</c>.</summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>. Each starts at a multiple of 16
    /// floats.
    /// </param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void Forward<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        Forward<TInputs, THidden, TNeurons, TActivation, Forgotten>(activation, x, parameters, default, default, y, stride, samples);

    /// <summary>The same, and keeps what is between the layers: <c>z[l, i] = b₁[l] + Σₖ x[k, i] · w₁[k, l]</c> and <c>h[l, i] = f(z[l, i])</c>.</summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>. Each starts at a multiple of 16
    /// floats.
    /// </param>
    /// <param name="z">Inputs of the activation [hidden × stride]; written, but only for an activation whose gradient is computed of them.</param>
    /// <param name="h">Outputs of the activation [hidden × stride]; written.</param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void Forward<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> z, Span<float> h, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        if (TActivation.IsOfInputs)
        {
            Lanes.Check(z.Length, THidden.Value, stride, samples);
        }

        Lanes.Check(h.Length, THidden.Value, stride, samples);

        Forward<TInputs, THidden, TNeurons, TActivation, Kept>(activation, x, parameters, z, h, y, stride, samples);
    }

    /// <summary>
    /// The gradients of the parameters of both layers in one, without those between, for some of the values <c>l</c> between: effectively computes
    /// <c>dw₂[l, j] = Σᵢ h[l, i] · dy[j, i]</c>, with the first of them <c>db₂[j] = Σᵢ dy[j, i]</c>, and with <c>dz[l, i] = f′(z[l, i]) · Σⱼ dy[j, i] ·
    /// w₂[l, j]</c> <c>dw₁[k, l] = Σᵢ x[k, i] · dz[l, i]</c> and <c>db₁[l] = Σᵢ dz[l, i]</c>, and leaves the padding as it is. The samples that fill up the
    /// last group count: their <c>dy</c> must be zero.
    /// </summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">The inputs of the forward pass [inputs × stride].</param>
    /// <param name="z">What the forward pass kept of the activation's inputs [hidden × stride]; not read where its gradient is computed of its outputs.</param>
    /// <param name="h">What the forward pass kept of the activation's outputs [hidden × stride].</param>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="parameters">The parameters, as the forward pass takes them.</param>
    /// <param name="gradients">Gradients of the parameters, laid out as they are; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the values between whose parameters' gradients are computed.</param>
    /// <param name="count">Their number; of none nothing is written.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TInputs">The number of inputs, at most 4.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range, or the range of values is not within those between.</exception>
    public static void BackwardParameters<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> h,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> parameters,
        Span<float> gradients,
        int stride,
        int samples,
        int start,
        int count,
        bool adds)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
    {
        int length = ((TInputs.Value + 1 + TNeurons.Value) * MatrixLayout.RowStride(THidden.Value)) + TNeurons.Value;

        ArgumentOutOfRangeException.ThrowIfGreaterThan(TInputs.Value, KernelLimits.MostTailInputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(THidden.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TNeurons.Value, KernelLimits.MostTailNeurons);
        Lanes.Check(x.Length, TInputs.Value, stride, samples);

        if (TActivation.IsOfInputs)
        {
            Lanes.Check(z.Length, THidden.Value, stride, samples);
        }

        Lanes.Check(h.Length, THidden.Value, stride, samples);
        Lanes.Check(dy.Length, TNeurons.Value, stride, samples);
        ShapeGuard.AtLeast(parameters.Length, 1, length);
        ShapeGuard.AtLeast(gradients.Length, 1, length);
        ShapeGuard.Part(start, count, THidden.Value);

        if (count == 0)
        {
            return;
        }

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float h0 = ref MemoryMarshal.GetReference(h);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float parameters0 = ref MemoryMarshal.GetReference(parameters);
        ref float gradients0 = ref MemoryMarshal.GetReference(gradients);

        if (Vector512.IsHardwareAccelerated)
        {
            BackwardParameters<TInputs, THidden, TNeurons, TActivation, Simd512, Vector512<float>>(
                activation, ref x0, ref z0, ref h0, ref dy0, ref parameters0, ref gradients0, (nuint)stride, (nuint)samples, (nuint)start, (nuint)count, adds);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            BackwardParameters<TInputs, THidden, TNeurons, TActivation, Simd256, Vector256<float>>(
                activation, ref x0, ref z0, ref h0, ref dy0, ref parameters0, ref gradients0, (nuint)stride, (nuint)samples, (nuint)start, (nuint)count, adds);
        }
        else
        {
            BackwardParameters<TInputs, THidden, TNeurons, TActivation, Simd128, Vector128<float>>(
                activation, ref x0, ref z0, ref h0, ref dy0, ref parameters0, ref gradients0, (nuint)stride, (nuint)samples, (nuint)start, (nuint)count, adds);
        }
    }

    private static void Forward<TInputs, THidden, TNeurons, TActivation, TKeeping>(
        TActivation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> z, Span<float> h, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(THidden.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TNeurons.Value, KernelLimits.MostTailNeurons);
        Lanes.Check(x.Length, TInputs.Value, stride, samples);
        ShapeGuard.AtLeast(parameters.Length, 1, ((TInputs.Value + 1 + TNeurons.Value) * MatrixLayout.RowStride(THidden.Value)) + TNeurons.Value);
        Lanes.Check(y.Length, TNeurons.Value, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float parameters0 = ref MemoryMarshal.GetReference(parameters);
        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float h0 = ref MemoryMarshal.GetReference(h);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint padded = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd512, Vector512<float>>(
                activation, ref x0, ref parameters0, ref z0, ref h0, ref y0, (nuint)stride, padded);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd256, Vector256<float>>(
                activation, ref x0, ref parameters0, ref z0, ref h0, ref y0, (nuint)stride, padded);
        }
        else
        {
            Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd128, Vector128<float>>(
                activation, ref x0, ref parameters0, ref z0, ref h0, ref y0, (nuint)stride, padded);
        }
    }

    private static void Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation, ref float x, ref float parameters, ref float z, ref float h, ref float y, nuint stride, nuint samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint i = 0;

        // Where there are 32 registers, four vectors of samples at once, otherwise two.
        if (TSimd.TileVectors == 4)
        {
            for (; i + (4 * width) <= samples; i += 4 * width)
            {
                Tile<TileSize.Four, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
                    activation,
                    ref Unsafe.Add(ref x, i),
                    ref parameters,
                    ref PlaceOf<TActivation, TKeeping>(ref z, i),
                    ref PlaceOf<TKeeping>(ref h, i),
                    ref Unsafe.Add(ref y, i),
                    stride);
            }
        }

        for (; i + (2 * width) <= samples; i += 2 * width)
        {
            Tile<TileSize.Two, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
                activation,
                ref Unsafe.Add(ref x, i),
                ref parameters,
                ref PlaceOf<TActivation, TKeeping>(ref z, i),
                ref PlaceOf<TKeeping>(ref h, i),
                ref Unsafe.Add(ref y, i),
                stride);
        }

        if (i < samples)
        {
            Tile<TileSize.One, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
                activation,
                ref Unsafe.Add(ref x, i),
                ref parameters,
                ref PlaceOf<TActivation, TKeeping>(ref z, i),
                ref PlaceOf<TKeeping>(ref h, i),
                ref Unsafe.Add(ref y, i),
                stride);
        }
    }

    /// <summary>Both layers for a few vectors of samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile<TVectors, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation, ref float x, ref float parameters, ref float z, ref float h, ref float y, nuint stride)
        where TVectors : struct, IDimension
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        Tile<TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
            activation, ref x, ref parameters, ref z, ref h, ref y, stride, TVectors.Value);

    /// <summary>The same for so many vectors: a constant where this is inlined, as in <see cref="DenseSample"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation, ref float x, ref float parameters, ref float z, ref float h, ref float y, nuint stride, int vectors)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        Tile<TInputs, THidden, TActivation, TKeeping, TSimd, TVector>(
            activation, ref x, ref parameters, ref z, ref h, ref y, stride, vectors, TNeurons.Value);

    /// <summary>The same for so many neurons. It names the sums of the largest tile; those that a smaller one lacks are never used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TInputs, THidden, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation, ref float x, ref float parameters, ref float z, ref float h, ref float y, nuint stride, int vectors, int neurons)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint row = (nuint)MatrixLayout.RowStride(THidden.Value);
        ref float b1 = ref Unsafe.Add(ref parameters, (nuint)TInputs.Value * row);
        ref float w2 = ref Unsafe.Add(ref b1, row);
        ref float b2 = ref Unsafe.Add(ref w2, (nuint)neurons * row);

        // The outputs' sums: s12 is that of neuron 1 for the third vector of samples.
        TVector s00 = TSimd.Create(b2);
        TVector s01 = s00;
        TVector s02 = s00;
        TVector s03 = s00;
        TVector s10 = neurons > 1 ? TSimd.Create(Unsafe.Add(ref b2, 1)) : default;
        TVector s11 = s10;
        TVector s12 = s10;
        TVector s13 = s10;
        TVector s20 = neurons > 2 ? TSimd.Create(Unsafe.Add(ref b2, 2)) : default;
        TVector s21 = s20;
        TVector s22 = s20;
        TVector s23 = s20;
        TVector s30 = neurons > 3 ? TSimd.Create(Unsafe.Add(ref b2, 3)) : default;
        TVector s31 = s30;
        TVector s32 = s30;
        TVector s33 = s30;

        for (nuint l = 0; l < (nuint)THidden.Value; l++)
        {
            TVector p0 = TSimd.Create(Unsafe.Add(ref b1, l));
            TVector p1 = p0;
            TVector p2 = p0;
            TVector p3 = p0;
            TVector weight;
            ref float w = ref Unsafe.Add(ref parameters, l);
            ref float values = ref x;

            for (int k = TInputs.Value; k != 0; k--)
            {
                weight = TSimd.Create(w);
                p0 = TSimd.MultiplyAdd(weight, TSimd.Load(in values, 0), p0);
                p1 = vectors > 1 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, width), p1) : default;
                p2 = vectors > 2 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, 2 * width), p2) : default;
                p3 = vectors > 3 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, 3 * width), p3) : default;

                values = ref Unsafe.Add(ref values, stride);
                w = ref Unsafe.Add(ref w, row);
            }

            if (typeof(TKeeping) == typeof(Kept) && TActivation.IsOfInputs)
            {
                StoreRow<TSimd, TVector>(ref z, p0, p1, p2, p3, vectors);
                z = ref Unsafe.Add(ref z, stride);
            }

            p0 = activation.Forward<TSimd, TVector>(p0);
            p1 = vectors > 1 ? activation.Forward<TSimd, TVector>(p1) : default;
            p2 = vectors > 2 ? activation.Forward<TSimd, TVector>(p2) : default;
            p3 = vectors > 3 ? activation.Forward<TSimd, TVector>(p3) : default;

            if (typeof(TKeeping) == typeof(Kept))
            {
                StoreRow<TSimd, TVector>(ref h, p0, p1, p2, p3, vectors);
                h = ref Unsafe.Add(ref h, stride);
            }

            // It goes into the sum of each neuron.
            ref float v = ref Unsafe.Add(ref w2, l);
            weight = TSimd.Create(v);
            s00 = TSimd.MultiplyAdd(weight, p0, s00);
            s01 = vectors > 1 ? TSimd.MultiplyAdd(weight, p1, s01) : default;
            s02 = vectors > 2 ? TSimd.MultiplyAdd(weight, p2, s02) : default;
            s03 = vectors > 3 ? TSimd.MultiplyAdd(weight, p3, s03) : default;

            if (neurons > 1)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, row));
                s10 = TSimd.MultiplyAdd(weight, p0, s10);
                s11 = vectors > 1 ? TSimd.MultiplyAdd(weight, p1, s11) : default;
                s12 = vectors > 2 ? TSimd.MultiplyAdd(weight, p2, s12) : default;
                s13 = vectors > 3 ? TSimd.MultiplyAdd(weight, p3, s13) : default;
            }

            if (neurons > 2)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, 2 * row));
                s20 = TSimd.MultiplyAdd(weight, p0, s20);
                s21 = vectors > 1 ? TSimd.MultiplyAdd(weight, p1, s21) : default;
                s22 = vectors > 2 ? TSimd.MultiplyAdd(weight, p2, s22) : default;
                s23 = vectors > 3 ? TSimd.MultiplyAdd(weight, p3, s23) : default;
            }

            if (neurons > 3)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, 3 * row));
                s30 = TSimd.MultiplyAdd(weight, p0, s30);
                s31 = vectors > 1 ? TSimd.MultiplyAdd(weight, p1, s31) : default;
                s32 = vectors > 2 ? TSimd.MultiplyAdd(weight, p2, s32) : default;
                s33 = vectors > 3 ? TSimd.MultiplyAdd(weight, p3, s33) : default;
            }
        }

        StoreRow<TSimd, TVector>(ref y, s00, s01, s02, s03, vectors);

        if (neurons > 1)
        {
            StoreRow<TSimd, TVector>(ref Unsafe.Add(ref y, stride), s10, s11, s12, s13, vectors);
        }

        if (neurons > 2)
        {
            StoreRow<TSimd, TVector>(ref Unsafe.Add(ref y, 2 * stride), s20, s21, s22, s23, vectors);
        }

        if (neurons > 3)
        {
            StoreRow<TSimd, TVector>(ref Unsafe.Add(ref y, 3 * stride), s30, s31, s32, s33, vectors);
        }
    }

    /// <summary>One after the other the values between the layers, each over all samples, so that its sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackwardParameters<TInputs, THidden, TNeurons, TActivation, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float z,
        ref float h,
        ref float dy,
        ref float parameters,
        ref float gradients,
        nuint stride,
        nuint samples,
        nuint start,
        nuint count,
        bool adds)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        BackwardParameters<THidden, TNeurons, TActivation, TSimd, TVector>(
            activation, ref x, ref z, ref h, ref dy, ref parameters, ref gradients, stride, samples, start, count, adds, TInputs.Value);

    /// <summary>The same for so many inputs: a constant where this is inlined, as in <see cref="DenseSample"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardParameters<THidden, TNeurons, TActivation, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float z,
        ref float h,
        ref float dy,
        ref float parameters,
        ref float gradients,
        nuint stride,
        nuint samples,
        nuint start,
        nuint count,
        bool adds,
        int inputs)
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        BackwardParameters<THidden, TActivation, TSimd, TVector>(
            activation, ref x, ref z, ref h, ref dy, ref parameters, ref gradients, stride, samples, start, count, adds, inputs, TNeurons.Value);

    /// <summary>The same for so many neurons.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackwardParameters<THidden, TActivation, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float z,
        ref float h,
        ref float dy,
        ref float parameters,
        ref float gradients,
        nuint stride,
        nuint samples,
        nuint start,
        nuint count,
        bool adds,
        int inputs,
        int neurons)
        where THidden : struct, IDimension
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint row = (nuint)MatrixLayout.RowStride(THidden.Value);
        nuint second = (nuint)(inputs + 1) * row;
        nuint padded = (nuint)Lanes.Padded((int)samples);

        // The gradients of logits nearly cancel when they are summed over the samples, so that is done in order, as in DenseLanes. Such
        // sums wait for each addition: a few samples at a time they do so beside the other work.
        nuint share = start == 0 ? (samples + count - 1) / count : 0u;
        nuint summed = 0;
        ref float biases = ref Unsafe.Add(ref gradients, second + ((nuint)neurons * row));
        float b0 = adds ? biases : 0f;
        float b1 = adds && neurons > 1 ? Unsafe.Add(ref biases, 1) : 0f;
        float b2 = adds && neurons > 2 ? Unsafe.Add(ref biases, 2) : 0f;
        float b3 = adds && neurons > 3 ? Unsafe.Add(ref biases, 3) : 0f;

        h = ref Unsafe.Add(ref h, start * stride);
        z = ref PlaceAfter<TActivation>(ref z, start * stride);

        for (nuint l = start; l < start + count; l++)
        {
            TVector w0 = TSimd.Create(Unsafe.Add(ref parameters, second + l));
            TVector w1 = neurons > 1 ? TSimd.Create(Unsafe.Add(ref parameters, second + l + row)) : default;
            TVector w2 = neurons > 2 ? TSimd.Create(Unsafe.Add(ref parameters, second + l + (2 * row))) : default;
            TVector w3 = neurons > 3 ? TSimd.Create(Unsafe.Add(ref parameters, second + l + (3 * row))) : default;

            // Sums of the first layer's weights and bias, and of the second's weights.
            TVector s = TSimd.Create(0f);
            TVector s0 = s;
            TVector s1 = s;
            TVector s2 = s;
            TVector s3 = s;
            TVector t0 = s;
            TVector t1 = s;
            TVector t2 = s;
            TVector t3 = s;

            for (nuint i = 0; i < padded; i += (nuint)TSimd.Count)
            {
                TVector value = TSimd.Load(in h, i);
                TVector gradient = TSimd.Load(in dy, i);
                TVector dh = TSimd.Multiply(gradient, w0);
                t0 = TSimd.MultiplyAdd(value, gradient, t0);

                if (neurons > 1)
                {
                    gradient = TSimd.Load(in dy, i + stride);
                    dh = TSimd.MultiplyAdd(gradient, w1, dh);
                    t1 = TSimd.MultiplyAdd(value, gradient, t1);
                }

                if (neurons > 2)
                {
                    gradient = TSimd.Load(in dy, i + (2 * stride));
                    dh = TSimd.MultiplyAdd(gradient, w2, dh);
                    t2 = TSimd.MultiplyAdd(value, gradient, t2);
                }

                if (neurons > 3)
                {
                    gradient = TSimd.Load(in dy, i + (3 * stride));
                    dh = TSimd.MultiplyAdd(gradient, w3, dh);
                    t3 = TSimd.MultiplyAdd(value, gradient, t3);
                }

                dh = activation.Backward<TSimd, TVector>(TActivation.IsOfInputs ? TSimd.Load(in z, i) : value, dh);
                s = TSimd.Add(s, dh);
                s0 = TSimd.MultiplyAdd(dh, TSimd.Load(in x, i), s0);
                s1 = inputs > 1 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + stride), s1) : s1;
                s2 = inputs > 2 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + (2 * stride)), s2) : s2;
                s3 = inputs > 3 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + (3 * stride)), s3) : s3;
            }

            // The biases lie after the weights of the last input, like those of one more.
            ref float first = ref Unsafe.Add(ref gradients, l);
            StoreColumn(
                TSimd.Sum4(s0, inputs > 1 ? s1 : s, inputs > 2 ? s2 : s, inputs > 3 ? s3 : s),
                ref first,
                row,
                inputs + 1,
                adds);

            if (inputs == KernelLimits.MostTailInputs)
            {
                float bias = adds ? Unsafe.Add(ref first, KernelLimits.MostTailInputs * row) : 0f;
                Unsafe.Add(ref first, KernelLimits.MostTailInputs * row) = bias + TSimd.Sum(s);
            }

            StoreColumn(TSimd.Sum4(t0, t1, t2, t3), ref Unsafe.Add(ref first, second), row, neurons, adds);

            for (nuint part = Math.Min(share, samples - summed); part > 0; part--, summed++)
            {
                b0 += Unsafe.Add(ref dy, summed);
                b1 += neurons > 1 ? Unsafe.Add(ref dy, summed + stride) : 0f;
                b2 += neurons > 2 ? Unsafe.Add(ref dy, summed + (2 * stride)) : 0f;
                b3 += neurons > 3 ? Unsafe.Add(ref dy, summed + (3 * stride)) : 0f;
            }

            h = ref Unsafe.Add(ref h, stride);
            z = ref PlaceAfter<TActivation>(ref z, stride);
        }

        if (start == 0)
        {
            Simd128.StoreFirst(Vector128.Create(b0, b1, b2, b3), ref biases, neurons);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> values, or all four, below each other, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumn(Vector128<float> values, ref float destination, nuint stride, int count, bool adds)
    {
        Store(values.ToScalar(), ref destination, adds);

        if (count > 1)
        {
            Store(values.GetElement(1), ref Unsafe.Add(ref destination, stride), adds);
        }

        if (count > 2)
        {
            Store(values.GetElement(2), ref Unsafe.Add(ref destination, 2 * stride), adds);
        }

        if (count > 3)
        {
            Store(values.GetElement(3), ref Unsafe.Add(ref destination, 3 * stride), adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float value, ref float destination, bool adds) => destination = adds ? destination + value : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TSimd, TVector>(ref float y, TVector s0, TVector s1, TVector s2, TVector s3, int vectors)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TSimd.Store(s0, ref y, 0);

        if (vectors > 1)
        {
            TSimd.Store(s1, ref y, width);
        }

        if (vectors > 2)
        {
            TSimd.Store(s2, ref y, 2 * width);
            TSimd.Store(s3, ref y, 3 * width);
        }
    }

    /// <summary>Where the values of a tile are kept, if they are; otherwise nowhere.</summary>
    private static ref float PlaceOf<TKeeping>(ref float h, nuint sample)
        where TKeeping : struct, IKeeping =>
        ref TKeeping.IsKept ? ref Unsafe.Add(ref h, sample) : ref h;

    /// <summary>Where the activation's inputs of a tile are kept, if they are; otherwise nowhere.</summary>
    private static ref float PlaceOf<TActivation, TKeeping>(ref float z, nuint sample)
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping =>
        ref TActivation.IsOfInputs ? ref PlaceOf<TKeeping>(ref z, sample) : ref z;

    /// <summary>The same so many floats on, where the activation's inputs are kept; otherwise nowhere.</summary>
    private static ref float PlaceAfter<TActivation>(ref float z, nuint floats)
        where TActivation : struct, IActivation =>
        ref TActivation.IsOfInputs ? ref Unsafe.Add(ref z, floats) : ref z;

    /// <summary>Whether the values between the layers are stored.</summary>
    private interface IKeeping
    {
        static abstract bool IsKept { get; }
    }

    private readonly struct Kept : IKeeping
    {
        public static bool IsKept => true;
    }

    private readonly struct Forgotten : IKeeping
    {
        public static bool IsKept => false;
    }
}
