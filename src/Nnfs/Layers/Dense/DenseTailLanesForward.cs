using System.Runtime.CompilerServices;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The loops of <see cref="DenseTailLanes"/> forward, whose arguments are checked there.</summary>
internal static class DenseTailLanesForward
{
    public static void Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float parameters,
        ref float scales,
        ref float derivatives,
        ref float h,
        ref float dropped,
        ref float y,
        nuint stride,
        nuint samples)
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
                    ref At(TKeeping.HasDropout, ref scales, i),
                    ref At(TKeeping.IsKept && TActivation.KeepsDerivative, ref derivatives, i),
                    ref At(TKeeping.IsKept, ref h, i),
                    ref At(TKeeping.HasDropout, ref dropped, i),
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
                ref At(TKeeping.HasDropout, ref scales, i),
                ref At(TKeeping.IsKept && TActivation.KeepsDerivative, ref derivatives, i),
                ref At(TKeeping.IsKept, ref h, i),
                ref At(TKeeping.HasDropout, ref dropped, i),
                ref Unsafe.Add(ref y, i),
                stride);
        }

        if (i < samples)
        {
            Tile<TileSize.One, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
                activation,
                ref Unsafe.Add(ref x, i),
                ref parameters,
                ref At(TKeeping.HasDropout, ref scales, i),
                ref At(TKeeping.IsKept && TActivation.KeepsDerivative, ref derivatives, i),
                ref At(TKeeping.IsKept, ref h, i),
                ref At(TKeeping.HasDropout, ref dropped, i),
                ref Unsafe.Add(ref y, i),
                stride);
        }
    }

    /// <summary>
    /// Both layers for a few vectors of samples. It names the sums of the largest tile; the sums that a smaller tile lacks are never used, so that the compiler
    /// drops them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile<TVectors, TInputs, THidden, TNeurons, TActivation, TKeeping, TSimd, TVector>(
        TActivation activation,
        ref float x,
        ref float parameters,
        ref float scales,
        ref float derivatives,
        ref float h,
        ref float dropped,
        ref float y,
        nuint stride)
        where TVectors : struct, IDimension
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint row = (nuint)MatrixLayout.RowStride(THidden.Value);
        ref float w1 = ref parameters;
        ref float b1 = ref Unsafe.Add(ref w1, (nuint)TInputs.Value * row);
        ref float w2 = ref Unsafe.Add(ref b1, row);
        ref float b2 = ref Unsafe.Add(ref w2, (nuint)TNeurons.Value * row);

        // The outputs' sums: s12 is that of neuron 1 for the third vector of samples.
        TVector s00 = TSimd.Create(b2);
        TVector s01 = s00;
        TVector s02 = s00;
        TVector s03 = s00;
        TVector s10 = TNeurons.Value > 1 ? TSimd.Create(Unsafe.Add(ref b2, 1)) : default;
        TVector s11 = s10;
        TVector s12 = s10;
        TVector s13 = s10;
        TVector s20 = TNeurons.Value > 2 ? TSimd.Create(Unsafe.Add(ref b2, 2)) : default;
        TVector s21 = s20;
        TVector s22 = s20;
        TVector s23 = s20;
        TVector s30 = TNeurons.Value > 3 ? TSimd.Create(Unsafe.Add(ref b2, 3)) : default;
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
            ref float w = ref Unsafe.Add(ref w1, l);
            ref float values = ref x;

            for (int k = TInputs.Value; k != 0; k--)
            {
                weight = TSimd.Create(w);
                p0 = TSimd.MultiplyAdd(weight, TSimd.Load(in values, 0), p0);
                p1 = TVectors.Value > 1 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, width), p1) : default;
                p2 = TVectors.Value > 2 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, 2 * width), p2) : default;
                p3 = TVectors.Value > 3 ? TSimd.MultiplyAdd(weight, TSimd.Load(in values, 3 * width), p3) : default;

                values = ref Unsafe.Add(ref values, stride);
                w = ref Unsafe.Add(ref w, row);
            }

            p0 = Activate<TActivation, TKeeping, TSimd, TVector>(activation, p0, ref derivatives, 0);
            p1 = TVectors.Value > 1 ? Activate<TActivation, TKeeping, TSimd, TVector>(activation, p1, ref derivatives, width) : default;
            p2 = TVectors.Value > 2 ? Activate<TActivation, TKeeping, TSimd, TVector>(activation, p2, ref derivatives, 2 * width) : default;
            p3 = TVectors.Value > 3 ? Activate<TActivation, TKeeping, TSimd, TVector>(activation, p3, ref derivatives, 3 * width) : default;

            if (TKeeping.IsKept && TActivation.KeepsDerivative)
            {
                derivatives = ref Unsafe.Add(ref derivatives, stride);
            }

            if (TKeeping.IsKept)
            {
                StoreRow<TVectors, TSimd, TVector>(ref h, p0, p1, p2, p3);
                h = ref Unsafe.Add(ref h, stride);
            }

            if (TKeeping.HasDropout)
            {
                p0 = DropoutLanes.Apply<TSimd, TVector>(p0, TSimd.Load(in scales, 0));
                p1 = TVectors.Value > 1 ? DropoutLanes.Apply<TSimd, TVector>(p1, TSimd.Load(in scales, width)) : default;
                p2 = TVectors.Value > 2 ? DropoutLanes.Apply<TSimd, TVector>(p2, TSimd.Load(in scales, 2 * width)) : default;
                p3 = TVectors.Value > 3 ? DropoutLanes.Apply<TSimd, TVector>(p3, TSimd.Load(in scales, 3 * width)) : default;

                StoreRow<TVectors, TSimd, TVector>(ref dropped, p0, p1, p2, p3);
                scales = ref Unsafe.Add(ref scales, stride);
                dropped = ref Unsafe.Add(ref dropped, stride);
            }

            // It goes into the sum of each neuron.
            ref float v = ref Unsafe.Add(ref w2, l);
            weight = TSimd.Create(v);
            s00 = TSimd.MultiplyAdd(weight, p0, s00);
            s01 = TVectors.Value > 1 ? TSimd.MultiplyAdd(weight, p1, s01) : default;
            s02 = TVectors.Value > 2 ? TSimd.MultiplyAdd(weight, p2, s02) : default;
            s03 = TVectors.Value > 3 ? TSimd.MultiplyAdd(weight, p3, s03) : default;

            if (TNeurons.Value > 1)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, row));
                s10 = TSimd.MultiplyAdd(weight, p0, s10);
                s11 = TVectors.Value > 1 ? TSimd.MultiplyAdd(weight, p1, s11) : default;
                s12 = TVectors.Value > 2 ? TSimd.MultiplyAdd(weight, p2, s12) : default;
                s13 = TVectors.Value > 3 ? TSimd.MultiplyAdd(weight, p3, s13) : default;
            }

            if (TNeurons.Value > 2)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, 2 * row));
                s20 = TSimd.MultiplyAdd(weight, p0, s20);
                s21 = TVectors.Value > 1 ? TSimd.MultiplyAdd(weight, p1, s21) : default;
                s22 = TVectors.Value > 2 ? TSimd.MultiplyAdd(weight, p2, s22) : default;
                s23 = TVectors.Value > 3 ? TSimd.MultiplyAdd(weight, p3, s23) : default;
            }

            if (TNeurons.Value > 3)
            {
                weight = TSimd.Create(Unsafe.Add(ref v, 3 * row));
                s30 = TSimd.MultiplyAdd(weight, p0, s30);
                s31 = TVectors.Value > 1 ? TSimd.MultiplyAdd(weight, p1, s31) : default;
                s32 = TVectors.Value > 2 ? TSimd.MultiplyAdd(weight, p2, s32) : default;
                s33 = TVectors.Value > 3 ? TSimd.MultiplyAdd(weight, p3, s33) : default;
            }
        }

        StoreRow<TVectors, TSimd, TVector>(ref y, s00, s01, s02, s03);

        if (TNeurons.Value > 1)
        {
            StoreRow<TVectors, TSimd, TVector>(ref Unsafe.Add(ref y, stride), s10, s11, s12, s13);
        }

        if (TNeurons.Value > 2)
        {
            StoreRow<TVectors, TSimd, TVector>(ref Unsafe.Add(ref y, 2 * stride), s20, s21, s22, s23);
        }

        if (TNeurons.Value > 3)
        {
            StoreRow<TVectors, TSimd, TVector>(ref Unsafe.Add(ref y, 3 * stride), s30, s31, s32, s33);
        }
    }

    /// <summary>The activation, and where the way back needs it, its derivative into memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Activate<TActivation, TKeeping, TSimd, TVector>(TActivation activation, TVector x, ref float derivatives, nuint offset)
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector y = activation.Forward<TSimd, TVector>(x, out TVector derivative);

        if (TKeeping.IsKept && TActivation.KeepsDerivative)
        {
            TSimd.Store(derivative, ref derivatives, offset);
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVectors, TSimd, TVector>(ref float y, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        TSimd.Store(s0, ref y, 0);

        if (TVectors.Value > 1)
        {
            TSimd.Store(s1, ref y, width);
        }

        if (TVectors.Value > 2)
        {
            TSimd.Store(s2, ref y, 2 * width);
            TSimd.Store(s3, ref y, 3 * width);
        }
    }

    /// <summary>Where the values of a tile are in a block, if there is one; otherwise nowhere.</summary>
    private static ref float At(bool isThere, ref float block, nuint sample) => ref isThere ? ref Unsafe.Add(ref block, sample) : ref block;
}
