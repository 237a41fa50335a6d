using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The loops of <see cref="DenseTailLanes"/> back, whose arguments are checked there.</summary>
internal static class DenseTailLanesBackward
{
    /// <summary>One after the other the values between the layers, each over all samples, so that its sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void BackwardParameters<TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float scales,
        ref float derivatives,
        ref float h,
        ref float dropped,
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
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint row = (nuint)MatrixLayout.RowStride(THidden.Value);
        nuint second = (nuint)(TInputs.Value + 1) * row;
        nuint padded = (nuint)Lanes.Padded((int)samples);
        TVector zero = TSimd.Create(0f);

        // The gradients of logits nearly cancel when they are summed over the samples, so that is done in order, as in DenseLanes. Such
        // sums wait for each addition: a few samples at a time they do so beside the other work.
        nuint share = start == 0 ? (samples + count - 1) / count : 0u;
        nuint summed = 0;
        ref float biases = ref Unsafe.Add(ref gradients, second + ((nuint)TNeurons.Value * row));
        float b0 = adds ? biases : 0f;
        float b1 = adds && TNeurons.Value > 1 ? Unsafe.Add(ref biases, 1) : 0f;
        float b2 = adds && TNeurons.Value > 2 ? Unsafe.Add(ref biases, 2) : 0f;
        float b3 = adds && TNeurons.Value > 3 ? Unsafe.Add(ref biases, 3) : 0f;

        for (nuint l = start; l < start + count; l++)
        {
            ref float w = ref Unsafe.Add(ref parameters, second + l);
            TVector w0 = TSimd.Create(w);
            TVector w1 = TNeurons.Value > 1 ? TSimd.Create(Unsafe.Add(ref w, row)) : default;
            TVector w2 = TNeurons.Value > 2 ? TSimd.Create(Unsafe.Add(ref w, 2 * row)) : default;
            TVector w3 = TNeurons.Value > 3 ? TSimd.Create(Unsafe.Add(ref w, 3 * row)) : default;
            ref float values = ref Unsafe.Add(ref TKeeping.HasDropout ? ref dropped : ref h, l * stride);
            ref float kept = ref Unsafe.Add(ref TActivation.KeepsDerivative ? ref derivatives : ref h, l * stride);
            ref float factors = ref TKeeping.HasDropout ? ref Unsafe.Add(ref scales, l * stride) : ref values;

            // Sums of the first layer's weights and bias, and of the second's weights.
            TVector s0, s1, s2, s3, s, t0, t1, t2, t3;
            s0 = s1 = s2 = s3 = s = t0 = t1 = t2 = t3 = zero;

            for (nuint i = 0; i < padded; i += (nuint)TSimd.Count)
            {
                TVector value = TSimd.Load(in values, i);
                TVector dy0 = TSimd.Load(in dy, i);
                TVector dh = TSimd.Multiply(dy0, w0);
                t0 = TSimd.MultiplyAdd(value, dy0, t0);

                if (TNeurons.Value > 1)
                {
                    TVector dy1 = TSimd.Load(in dy, i + stride);
                    dh = TSimd.MultiplyAdd(dy1, w1, dh);
                    t1 = TSimd.MultiplyAdd(value, dy1, t1);
                }

                if (TNeurons.Value > 2)
                {
                    TVector dy2 = TSimd.Load(in dy, i + (2 * stride));
                    dh = TSimd.MultiplyAdd(dy2, w2, dh);
                    t2 = TSimd.MultiplyAdd(value, dy2, t2);
                }

                if (TNeurons.Value > 3)
                {
                    TVector dy3 = TSimd.Load(in dy, i + (3 * stride));
                    dh = TSimd.MultiplyAdd(dy3, w3, dh);
                    t3 = TSimd.MultiplyAdd(value, dy3, t3);
                }

                dh = TKeeping.HasDropout ? TSimd.Multiply(dh, TSimd.Load(in factors, i)) : dh;
                dh = activation.Backward<TSimd, TVector>(TActivation.KeepsDerivative || TKeeping.HasDropout ? TSimd.Load(in kept, i) : value, dh);
                s = TSimd.Add(s, dh);
                s0 = TSimd.MultiplyAdd(dh, TSimd.Load(in x, i), s0);
                s1 = TInputs.Value > 1 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + stride), s1) : s1;
                s2 = TInputs.Value > 2 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + (2 * stride)), s2) : s2;
                s3 = TInputs.Value > 3 ? TSimd.MultiplyAdd(dh, TSimd.Load(in x, i + (3 * stride)), s3) : s3;
            }

            // The biases lie after the weights of the last input, like those of one more.
            ref float first = ref Unsafe.Add(ref gradients, l);
            StoreColumn(
                TSimd.Sum4(s0, TInputs.Value > 1 ? s1 : s, TInputs.Value > 2 ? s2 : s, TInputs.Value > 3 ? s3 : s),
                ref first,
                row,
                Math.Min(TInputs.Value + 1, 4),
                adds);

            if (TInputs.Value == KernelLimits.MostTailInputs)
            {
                ref float bias = ref Unsafe.Add(ref first, KernelLimits.MostTailInputs * row);
                bias = (adds ? bias : 0f) + TSimd.Sum(s);
            }

            StoreColumn(TSimd.Sum4(t0, t1, t2, t3), ref Unsafe.Add(ref first, second), row, TNeurons.Value, adds);

            for (nuint end = Math.Min(samples, summed + share); summed < end; summed++)
            {
                b0 += Unsafe.Add(ref dy, summed);
                b1 += TNeurons.Value > 1 ? Unsafe.Add(ref dy, summed + stride) : 0f;
                b2 += TNeurons.Value > 2 ? Unsafe.Add(ref dy, summed + (2 * stride)) : 0f;
                b3 += TNeurons.Value > 3 ? Unsafe.Add(ref dy, summed + (3 * stride)) : 0f;
            }
        }

        if (start == 0)
        {
            Simd128.StoreFirst(Vector128.Create(b0, b1, b2, b3), ref biases, TNeurons.Value);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> values below each other, or adds them to what is there.</summary>
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
}
