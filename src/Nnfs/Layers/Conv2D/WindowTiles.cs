using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>The tiles of <see cref="WindowProduct"/>: their sums stay in registers from the first term to the last.</summary>
internal static class WindowTiles
{
    /// <summary>The rows of a tile of four vectors, or of two where there are 16 registers.</summary>
    public const int RowsOfWide = KernelLimits.RowsPerTile;

    /// <summary>The rows of any other tile: as many sums of one vector keep two units busy.</summary>
    public const int Rows = 8;

    /// <summary>
    /// A tile of C. It names the sums of the largest tile; those that a smaller one has not are never used, so that the compiler drops them.
    /// </summary>
    /// <param name="product">The operands.</param>
    /// <param name="aOffsets">The distances of the rows of A from its start, in floats.</param>
    /// <param name="cOffsets">The same for C.</param>
    /// <param name="column">The first column.</param>
    /// <param name="edge">Where the last vector of each row is written that is not whole.</param>
    /// <param name="isWhole">Whether the last vector is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TRows, TVectors, TSimd, TVector>(
        in WindowProduct product, ref readonly int aOffsets, ref readonly int cOffsets, nuint column, ref float edge, bool isWhole)
        where TRows : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        ref float a0 = ref Row(in product.A, in aOffsets, 0);
        ref float a1 = ref Row(in product.A, in aOffsets, 1);
        ref float a2 = ref Row(in product.A, in aOffsets, 2);
        ref float a3 = ref Row(in product.A, in aOffsets, 3);
        ref float a4 = ref Row(in product.A, in aOffsets, 4);
        ref float a5 = ref Row(in product.A, in aOffsets, 5);
        ref float a6 = ref TRows.Value > 6 ? ref Row(in product.A, in aOffsets, 6) : ref a0;
        ref float a7 = ref TRows.Value > 7 ? ref Row(in product.A, in aOffsets, 7) : ref a0;
        ref float b = ref Unsafe.Add(ref Unsafe.AsRef(in product.B), column);
        nuint aTerm = product.ATerm * sizeof(float);
        nuint bRow = product.BRow * sizeof(float);

        // Sums go on from C, whose rows lie where they are written, or start at one row for all.
        ref float start = ref Unsafe.Add(ref Unsafe.AsRef(in product.Start), column);
        int places = product.GoesOn ? -1 : 0;

        ref float start0 = ref Row(in start, in cOffsets, 0, places);
        TVector s00 = TSimd.Load(in start0, 0);
        TVector s01 = TVectors.Value > 1 ? TSimd.Load(in start0, width) : default;
        TVector s02 = TVectors.Value > 2 ? TSimd.Load(in start0, 2 * width) : default;
        TVector s03 = TVectors.Value > 3 ? TSimd.Load(in start0, 3 * width) : default;
        ref float start1 = ref Row(in start, in cOffsets, 1, places);
        TVector s10 = TSimd.Load(in start1, 0);
        TVector s11 = TVectors.Value > 1 ? TSimd.Load(in start1, width) : default;
        TVector s12 = TVectors.Value > 2 ? TSimd.Load(in start1, 2 * width) : default;
        TVector s13 = TVectors.Value > 3 ? TSimd.Load(in start1, 3 * width) : default;
        ref float start2 = ref Row(in start, in cOffsets, 2, places);
        TVector s20 = TSimd.Load(in start2, 0);
        TVector s21 = TVectors.Value > 1 ? TSimd.Load(in start2, width) : default;
        TVector s22 = TVectors.Value > 2 ? TSimd.Load(in start2, 2 * width) : default;
        TVector s23 = TVectors.Value > 3 ? TSimd.Load(in start2, 3 * width) : default;
        ref float start3 = ref Row(in start, in cOffsets, 3, places);
        TVector s30 = TSimd.Load(in start3, 0);
        TVector s31 = TVectors.Value > 1 ? TSimd.Load(in start3, width) : default;
        TVector s32 = TVectors.Value > 2 ? TSimd.Load(in start3, 2 * width) : default;
        TVector s33 = TVectors.Value > 3 ? TSimd.Load(in start3, 3 * width) : default;
        ref float start4 = ref Row(in start, in cOffsets, 4, places);
        TVector s40 = TSimd.Load(in start4, 0);
        TVector s41 = TVectors.Value > 1 ? TSimd.Load(in start4, width) : default;
        TVector s42 = TVectors.Value > 2 ? TSimd.Load(in start4, 2 * width) : default;
        TVector s43 = TVectors.Value > 3 ? TSimd.Load(in start4, 3 * width) : default;
        ref float start5 = ref Row(in start, in cOffsets, 5, places);
        TVector s50 = TSimd.Load(in start5, 0);
        TVector s51 = TVectors.Value > 1 ? TSimd.Load(in start5, width) : default;
        TVector s52 = TVectors.Value > 2 ? TSimd.Load(in start5, 2 * width) : default;
        TVector s53 = TVectors.Value > 3 ? TSimd.Load(in start5, 3 * width) : default;
        ref float start6 = ref TRows.Value > 6 ? ref Row(in start, in cOffsets, 6, places) : ref start0;
        TVector s60 = TRows.Value > 6 ? TSimd.Load(in start6, 0) : default;
        TVector s61 = TRows.Value > 6 && TVectors.Value > 1 ? TSimd.Load(in start6, width) : default;
        TVector s62 = TRows.Value > 6 && TVectors.Value > 2 ? TSimd.Load(in start6, 2 * width) : default;
        TVector s63 = TRows.Value > 6 && TVectors.Value > 3 ? TSimd.Load(in start6, 3 * width) : default;
        ref float start7 = ref TRows.Value > 7 ? ref Row(in start, in cOffsets, 7, places) : ref start0;
        TVector s70 = TRows.Value > 7 ? TSimd.Load(in start7, 0) : default;
        TVector s71 = TRows.Value > 7 && TVectors.Value > 1 ? TSimd.Load(in start7, width) : default;
        TVector s72 = TRows.Value > 7 && TVectors.Value > 2 ? TSimd.Load(in start7, 2 * width) : default;
        TVector s73 = TRows.Value > 7 && TVectors.Value > 3 ? TSimd.Load(in start7, 3 * width) : default;

        nuint position = 0;

        for (nuint row = product.SegmentRows; row != 0; row--)
        {
            for (nuint segment = product.Segments; segment != 0; segment--)
            {
                for (nuint term = product.Terms; term != 0; term--)
                {
                    TVector b0 = TSimd.Load(in b, 0);
                    TVector b1 = TVectors.Value > 1 ? TSimd.Load(in b, width) : default;
                    TVector b2 = TVectors.Value > 2 ? TSimd.Load(in b, 2 * width) : default;
                    TVector b3 = TVectors.Value > 3 ? TSimd.Load(in b, 3 * width) : default;

                    TVector x = TSimd.Create(Unsafe.AddByteOffset(ref a0, position));
                    s00 = TSimd.MultiplyAdd(x, b0, s00);
                    s01 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s01) : default;
                    s02 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s02) : default;
                    s03 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s03) : default;

                    x = TSimd.Create(Unsafe.AddByteOffset(ref a1, position));
                    s10 = TSimd.MultiplyAdd(x, b0, s10);
                    s11 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s11) : default;
                    s12 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s12) : default;
                    s13 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s13) : default;

                    x = TSimd.Create(Unsafe.AddByteOffset(ref a2, position));
                    s20 = TSimd.MultiplyAdd(x, b0, s20);
                    s21 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s21) : default;
                    s22 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s22) : default;
                    s23 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s23) : default;

                    x = TSimd.Create(Unsafe.AddByteOffset(ref a3, position));
                    s30 = TSimd.MultiplyAdd(x, b0, s30);
                    s31 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s31) : default;
                    s32 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s32) : default;
                    s33 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s33) : default;

                    x = TSimd.Create(Unsafe.AddByteOffset(ref a4, position));
                    s40 = TSimd.MultiplyAdd(x, b0, s40);
                    s41 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s41) : default;
                    s42 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s42) : default;
                    s43 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s43) : default;

                    x = TSimd.Create(Unsafe.AddByteOffset(ref a5, position));
                    s50 = TSimd.MultiplyAdd(x, b0, s50);
                    s51 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s51) : default;
                    s52 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s52) : default;
                    s53 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s53) : default;

                    if (TRows.Value > 6)
                    {
                        x = TSimd.Create(Unsafe.AddByteOffset(ref a6, position));
                        s60 = TSimd.MultiplyAdd(x, b0, s60);
                        s61 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s61) : default;
                        s62 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s62) : default;
                        s63 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s63) : default;
                    }

                    if (TRows.Value > 7)
                    {
                        x = TSimd.Create(Unsafe.AddByteOffset(ref a7, position));
                        s70 = TSimd.MultiplyAdd(x, b0, s70);
                        s71 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s71) : default;
                        s72 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s72) : default;
                        s73 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s73) : default;
                    }

                    position += aTerm;
                    b = ref Unsafe.AddByteOffset(ref b, bRow);
                }

                position += product.ASegmentGap;
                b = ref Unsafe.AddByteOffset(ref b, product.BSegmentGap);
            }

            position += product.ARowGap;
            b = ref Unsafe.AddByteOffset(ref b, product.BRowGap);
        }

        TVector least = TSimd.Create(product.Least);
        ref float c = ref Unsafe.Add(ref product.C, column);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 0), ref edge, 0, isWhole, least, s00, s01, s02, s03);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 1), ref edge, 1, isWhole, least, s10, s11, s12, s13);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 2), ref edge, 2, isWhole, least, s20, s21, s22, s23);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 3), ref edge, 3, isWhole, least, s30, s31, s32, s33);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 4), ref edge, 4, isWhole, least, s40, s41, s42, s43);
        StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 5), ref edge, 5, isWhole, least, s50, s51, s52, s53);

        if (TRows.Value > 6)
        {
            StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 6), ref edge, 6, isWhole, least, s60, s61, s62, s63);
        }

        if (TRows.Value > 7)
        {
            StoreRow<TVectors, TSimd, TVector>(ref Row(in c, in cOffsets, 7), ref edge, 7, isWhole, least, s70, s71, s72, s73);
        }
    }

    /// <summary>A row of A, C or what sums start at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float Row(ref readonly float matrix, ref readonly int offsets, int row, int mask = -1) =>
        ref Unsafe.Add(ref Unsafe.AsRef(in matrix), (nuint)(uint)(Unsafe.Add(ref Unsafe.AsRef(in offsets), row) & mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVectors, TSimd, TVector>(
        ref float c, ref float edge, int row, bool isWhole, TVector least, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;

        if (TVectors.Value > 1)
        {
            TSimd.Store(TSimd.Max(least, s0), ref c, 0);
        }

        if (TVectors.Value > 2)
        {
            TSimd.Store(TSimd.Max(least, s1), ref c, width);
        }

        if (TVectors.Value > 3)
        {
            TSimd.Store(TSimd.Max(least, s2), ref c, 2 * width);
        }

        TVector last = TSimd.Max(least, TVectors.Value switch { 1 => s0, 2 => s1, 3 => s2, _ => s3 });

        if (isWhole)
        {
            TSimd.Store(last, ref c, (nuint)(TVectors.Value - 1) * width);
        }
        else
        {
            TSimd.Store(last, ref edge, (nuint)row * width);
        }
    }
}
