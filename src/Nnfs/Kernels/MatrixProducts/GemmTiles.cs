using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.MatrixProducts;

/// <summary>The tiles of <see cref="Gemm"/>: their sums stay in registers from the first term to the last.</summary>
internal static class GemmTiles
{
    /// <summary>The rows of a full tile of more than one vector. Work is shared in multiples of them.</summary>
    public const int Rows = KernelLimits.RowsPerTile;

    /// <summary>How many terms ahead a panel of B is fetched into the cache; its rows lie too far apart for the processor to guess.</summary>
    private const int TermsAhead = 8;

    /// <summary>With fewer terms nothing is fetched ahead, because that would mostly be what lies after B.</summary>
    private const int LeastTermsToFetch = 4 * TermsAhead;

    /// <summary>
    /// A tile of C, from <paramref name="row"/> and <paramref name="column"/> on. It names the sums of the largest tile; those that
    /// a smaller one has not are never used, so that the compiler drops them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyTile<TRows, TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
        where TRows : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;

        // Distances in bytes, and a pointer for three rows each: so that an address is a register, another once or twice, and no arithmetic.
        nuint aRow = matrices.ARow * sizeof(float);
        nuint aTerm = matrices.ATerm * sizeof(float);
        nuint bRow = matrices.BRow * sizeof(float);
        ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.A), row * matrices.ARow);
        ref float a3 = ref TRows.Value > 3 ? ref Unsafe.AddByteOffset(ref a, 3 * aRow) : ref a;
        ref float b = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.B), column);

        // A column's bias fills a column of sums, a row's bias a row of them.
        TVector s00 = Start<TSimd, TVector, TForm>(in matrices, row, column, ref c, 0);
        TVector s01 = TVectors.Value > 1 ? StartBeside<TSimd, TVector, TForm>(in matrices, column + width, ref c, width, s00) : s00;
        TVector s02 = TVectors.Value > 2 ? StartBeside<TSimd, TVector, TForm>(in matrices, column + (2 * width), ref c, 2 * width, s00) : s00;
        TVector s03 = TVectors.Value > 3 ? StartBeside<TSimd, TVector, TForm>(in matrices, column + (3 * width), ref c, 3 * width, s00) : s00;
        TVector s10 = TRows.Value > 1 ? StartBelow<TSimd, TVector, TForm>(in matrices, row + 1, ref c, cRow, s00) : s00;
        TVector s11 = TRows.Value > 1 && TVectors.Value > 1 ? StartWithin<TSimd, TVector, TForm>(ref c, cRow + width, s10, s01) : s00;
        TVector s12 = TRows.Value > 1 && TVectors.Value > 2 ? StartWithin<TSimd, TVector, TForm>(ref c, cRow + (2 * width), s10, s02) : s00;
        TVector s13 = TRows.Value > 1 && TVectors.Value > 3 ? StartWithin<TSimd, TVector, TForm>(ref c, cRow + (3 * width), s10, s03) : s00;
        TVector s20 = TRows.Value > 2 ? StartBelow<TSimd, TVector, TForm>(in matrices, row + 2, ref c, 2 * cRow, s00) : s00;
        TVector s21 = TRows.Value > 2 && TVectors.Value > 1 ? StartWithin<TSimd, TVector, TForm>(ref c, (2 * cRow) + width, s20, s01) : s00;
        TVector s22 = TRows.Value > 2 && TVectors.Value > 2 ? StartWithin<TSimd, TVector, TForm>(ref c, (2 * cRow) + (2 * width), s20, s02) : s00;
        TVector s23 = TRows.Value > 2 && TVectors.Value > 3 ? StartWithin<TSimd, TVector, TForm>(ref c, (2 * cRow) + (3 * width), s20, s03) : s00;
        TVector s30 = TRows.Value > 3 ? StartBelow<TSimd, TVector, TForm>(in matrices, row + 3, ref c, 3 * cRow, s00) : s00;
        TVector s31 = TRows.Value > 3 && TVectors.Value > 1 ? StartWithin<TSimd, TVector, TForm>(ref c, (3 * cRow) + width, s30, s01) : s00;
        TVector s32 = TRows.Value > 3 && TVectors.Value > 2 ? StartWithin<TSimd, TVector, TForm>(ref c, (3 * cRow) + (2 * width), s30, s02) : s00;
        TVector s33 = TRows.Value > 3 && TVectors.Value > 3 ? StartWithin<TSimd, TVector, TForm>(ref c, (3 * cRow) + (3 * width), s30, s03) : s00;
        TVector s40 = TRows.Value > 4 ? StartBelow<TSimd, TVector, TForm>(in matrices, row + 4, ref c, 4 * cRow, s00) : s00;
        TVector s41 = TRows.Value > 4 && TVectors.Value > 1 ? StartWithin<TSimd, TVector, TForm>(ref c, (4 * cRow) + width, s40, s01) : s00;
        TVector s42 = TRows.Value > 4 && TVectors.Value > 2 ? StartWithin<TSimd, TVector, TForm>(ref c, (4 * cRow) + (2 * width), s40, s02) : s00;
        TVector s43 = TRows.Value > 4 && TVectors.Value > 3 ? StartWithin<TSimd, TVector, TForm>(ref c, (4 * cRow) + (3 * width), s40, s03) : s00;
        TVector s50 = TRows.Value > 5 ? StartBelow<TSimd, TVector, TForm>(in matrices, row + 5, ref c, 5 * cRow, s00) : s00;
        TVector s51 = TRows.Value > 5 && TVectors.Value > 1 ? StartWithin<TSimd, TVector, TForm>(ref c, (5 * cRow) + width, s50, s01) : s00;
        TVector s52 = TRows.Value > 5 && TVectors.Value > 2 ? StartWithin<TSimd, TVector, TForm>(ref c, (5 * cRow) + (2 * width), s50, s02) : s00;
        TVector s53 = TRows.Value > 5 && TVectors.Value > 3 ? StartWithin<TSimd, TVector, TForm>(ref c, (5 * cRow) + (3 * width), s50, s03) : s00;

        // Prefetch what jumps from page to page. A column of A, or else a panel of B, some terms ahead; but a panel of four vectors takes so long
        // for each term that its lines arrive in time if the tiles before it have fetched them, one line of each row after the other.
        bool isAFetched = aTerm > bRow;
        bool isNextFetched = TVectors.Value > 2 && !isAFetched;
        nuint fetchedTerm = isAFetched ? aTerm : bRow;
        nuint ahead = isNextFetched ? (4 * width * sizeof(float)) + (row / Rows % 4 * KernelLimits.BytesPerLine)
            : matrices.Terms >= LeastTermsToFetch ? TermsAhead * fetchedTerm
            : 0;
        nuint fetched = CacheLine.AddressOf(ref isAFetched ? ref a : ref b) + ahead;

        for (nuint term = matrices.Terms; term != 0; term--)
        {
            CacheLine.Fetch(fetched);
            fetched += fetchedTerm;

            TVector b0 = TSimd.Load(in b, 0);
            TVector b1 = TVectors.Value > 1 ? TSimd.Load(in b, width) : default;
            TVector b2 = TVectors.Value > 2 ? TSimd.Load(in b, 2 * width) : default;
            TVector b3 = TVectors.Value > 3 ? TSimd.Load(in b, 3 * width) : default;

            TVector x = TSimd.Create(a);
            s00 = TSimd.MultiplyAdd(x, b0, s00);
            s01 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s01) : default;
            s02 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s02) : default;
            s03 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s03) : default;

            if (TRows.Value > 1)
            {
                x = TSimd.Create(Unsafe.AddByteOffset(ref a, aRow));
                s10 = TSimd.MultiplyAdd(x, b0, s10);
                s11 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s11) : default;
                s12 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s12) : default;
                s13 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s13) : default;
            }

            if (TRows.Value > 2)
            {
                x = TSimd.Create(Unsafe.AddByteOffset(ref a, aRow * 2));
                s20 = TSimd.MultiplyAdd(x, b0, s20);
                s21 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s21) : default;
                s22 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s22) : default;
                s23 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s23) : default;
            }

            if (TRows.Value > 3)
            {
                x = TSimd.Create(a3);
                s30 = TSimd.MultiplyAdd(x, b0, s30);
                s31 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s31) : default;
                s32 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s32) : default;
                s33 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s33) : default;
            }

            if (TRows.Value > 4)
            {
                x = TSimd.Create(Unsafe.AddByteOffset(ref a3, aRow));
                s40 = TSimd.MultiplyAdd(x, b0, s40);
                s41 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s41) : default;
                s42 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s42) : default;
                s43 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s43) : default;
            }

            if (TRows.Value > 5)
            {
                x = TSimd.Create(Unsafe.AddByteOffset(ref a3, aRow * 2));
                s50 = TSimd.MultiplyAdd(x, b0, s50);
                s51 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s51) : default;
                s52 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s52) : default;
                s53 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s53) : default;
            }

            a = ref Unsafe.AddByteOffset(ref a, aTerm);
            a3 = ref Unsafe.AddByteOffset(ref a3, aTerm);
            b = ref Unsafe.AddByteOffset(ref b, bRow);
        }

        StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, 0, s00, s01, s02, s03);

        if (TRows.Value > 1)
        {
            StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row + 1, column, ref c, cRow, s10, s11, s12, s13);
        }

        if (TRows.Value > 2)
        {
            StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row + 2, column, ref c, 2 * cRow, s20, s21, s22, s23);
        }

        if (TRows.Value > 3)
        {
            StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row + 3, column, ref c, 3 * cRow, s30, s31, s32, s33);
        }

        if (TRows.Value > 4)
        {
            StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row + 4, column, ref c, 4 * cRow, s40, s41, s42, s43);
        }

        if (TRows.Value > 5)
        {
            StoreRow<TVectors, TSimd, TVector, TForm>(in matrices, row + 5, column, ref c, 5 * cRow, s50, s51, s52, s53);
        }
    }

    /// <summary>A tile of twelve rows and one vector, so that as many sums as in a wider tile hide each other's latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyTwelveRows<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint aRow = matrices.ARow * sizeof(float);
        nuint aTerm = matrices.ATerm * sizeof(float);
        nuint bRow = matrices.BRow * sizeof(float);
        ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.A), row * matrices.ARow);
        ref float a3 = ref Unsafe.AddByteOffset(ref a, 3 * aRow);
        ref float a6 = ref Unsafe.AddByteOffset(ref a3, 3 * aRow);
        ref float a9 = ref Unsafe.AddByteOffset(ref a6, 3 * aRow);
        ref float b = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.B), column);

        TVector s0 = Start<TSimd, TVector, TForm>(in matrices, row, column, ref c, 0);
        TVector s1 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 1, ref c, cRow, s0);
        TVector s2 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 2, ref c, 2 * cRow, s0);
        TVector s3 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 3, ref c, 3 * cRow, s0);
        TVector s4 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 4, ref c, 4 * cRow, s0);
        TVector s5 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 5, ref c, 5 * cRow, s0);
        TVector s6 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 6, ref c, 6 * cRow, s0);
        TVector s7 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 7, ref c, 7 * cRow, s0);
        TVector s8 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 8, ref c, 8 * cRow, s0);
        TVector s9 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 9, ref c, 9 * cRow, s0);
        TVector s10 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 10, ref c, 10 * cRow, s0);
        TVector s11 = StartBelow<TSimd, TVector, TForm>(in matrices, row + 11, ref c, 11 * cRow, s0);

        for (nuint term = matrices.Terms; term != 0; term--)
        {
            TVector b0 = TSimd.Load(in b, 0);
            s0 = TSimd.MultiplyAdd(TSimd.Create(a), b0, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a, aRow)), b0, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a, aRow * 2)), b0, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Create(a3), b0, s3);
            s4 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a3, aRow)), b0, s4);
            s5 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a3, aRow * 2)), b0, s5);
            s6 = TSimd.MultiplyAdd(TSimd.Create(a6), b0, s6);
            s7 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a6, aRow)), b0, s7);
            s8 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a6, aRow * 2)), b0, s8);
            s9 = TSimd.MultiplyAdd(TSimd.Create(a9), b0, s9);
            s10 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a9, aRow)), b0, s10);
            s11 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.AddByteOffset(ref a9, aRow * 2)), b0, s11);

            a = ref Unsafe.AddByteOffset(ref a, aTerm);
            a3 = ref Unsafe.AddByteOffset(ref a3, aTerm);
            a6 = ref Unsafe.AddByteOffset(ref a6, aTerm);
            a9 = ref Unsafe.AddByteOffset(ref a9, aTerm);
            b = ref Unsafe.AddByteOffset(ref b, bRow);
        }

        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row, column, ref c, 0, s0, s0, s0, s0);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 1, column, ref c, cRow, s1, s1, s1, s1);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 2, column, ref c, 2 * cRow, s2, s2, s2, s2);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 3, column, ref c, 3 * cRow, s3, s3, s3, s3);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 4, column, ref c, 4 * cRow, s4, s4, s4, s4);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 5, column, ref c, 5 * cRow, s5, s5, s5, s5);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 6, column, ref c, 6 * cRow, s6, s6, s6, s6);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 7, column, ref c, 7 * cRow, s7, s7, s7, s7);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 8, column, ref c, 8 * cRow, s8, s8, s8, s8);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 9, column, ref c, 9 * cRow, s9, s9, s9, s9);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 10, column, ref c, 10 * cRow, s10, s10, s10, s10);
        StoreRow<TileSize.One, TSimd, TVector, TForm>(in matrices, row + 11, column, ref c, 11 * cRow, s11, s11, s11, s11);
    }

    /// <summary>What the first row and vector of sums starts at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Start switch
        {
            GemmStart.ColumnBiases => TSimd.Load(in matrices.Biases, column),
            GemmStart.RowBiases => Broadcast<TSimd, TVector>(in matrices.Biases, row),
            GemmStart.Sums => TSimd.Load(in c, offset),
            _ => TSimd.Create(0f),
        };

    /// <summary>What another vector of the first row starts at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector StartBeside<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, ref float c, nuint offset, TVector first)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Start switch
        {
            GemmStart.ColumnBiases => TSimd.Load(in matrices.Biases, column),
            GemmStart.Sums => TSimd.Load(in c, offset),
            _ => first,
        };

    /// <summary>What the first vector of another row starts at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector StartBelow<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, ref float c, nuint offset, TVector first)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Start switch
        {
            GemmStart.RowBiases => Broadcast<TSimd, TVector>(in matrices.Biases, row),
            GemmStart.Sums => TSimd.Load(in c, offset),
            _ => first,
        };

    /// <summary>What another vector of another row starts at, given the first of its row and the first of its column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector StartWithin<TSimd, TVector, TForm>(ref float c, nuint offset, TVector ofRow, TVector ofColumn)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Start switch
        {
            GemmStart.RowBiases => ofRow,
            GemmStart.Sums => TSimd.Load(in c, offset),
            _ => ofColumn,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Broadcast<TSimd, TVector>(ref readonly float a, nuint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Create(Unsafe.Add(ref Unsafe.AsRef(in a), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TVectors, TSimd, TVector, TForm>(
        in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint offset, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        nuint mask = TForm.Finish == GemmFinish.Mask ? (row * matrices.MaskRow) + column : 0;

        TSimd.Store(Finish<TSimd, TVector, TForm>(in matrices, mask, s0), ref c, offset);

        if (TVectors.Value > 1)
        {
            TSimd.Store(Finish<TSimd, TVector, TForm>(in matrices, mask + width, s1), ref c, offset + width);
        }

        if (TVectors.Value > 2)
        {
            TSimd.Store(Finish<TSimd, TVector, TForm>(in matrices, mask + (2 * width), s2), ref c, offset + (2 * width));
            TSimd.Store(Finish<TSimd, TVector, TForm>(in matrices, mask + (3 * width), s3), ref c, offset + (3 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint mask, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Finish switch
        {
            GemmFinish.Rectify => TSimd.Max(TSimd.Create(0f), sum),
            GemmFinish.Mask => TSimd.WhereGreater(TSimd.Load(in matrices.Mask, mask), TSimd.Create(0f), sum),
            _ => sum,
        };
}
