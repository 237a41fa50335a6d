using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// The matrix product under the dense layer: <c>C[i, j] = start + Σₚ A[i, p] · B[p, j]</c>, for <c>p</c> from first to last.
/// Every element is the same chain of multiply-adds whatever tile it falls into, so that its bits depend neither on the
/// batch around it nor on the vector width.
/// </summary>
/// <remarks>
/// C is computed in tiles whose sums stay in registers: six rows of four vectors where there are 32 registers, and six of two
/// where there are 16; twelve rows where a single vector is left. A panel of B as wide as a tile serves all rows of C before the
/// next one, so that it stays in the cache.
/// </remarks>
internal static class Gemm
{
    /// <summary>How many terms ahead a panel of B is fetched into the cache; its rows lie too far apart for the processor to guess.</summary>
    private const int TermsAhead = 8;

    /// <summary>Of fewer terms nothing is fetched ahead: it would mostly be what lies behind B.</summary>
    private const int LeastTermsToFetch = 4 * TermsAhead;

    /// <summary>A panel of B that is copied has at most so many floats: a level-1 cache full.</summary>
    private const int MostPackedFloats = 8192;

    /// <summary>A panel is copied for at least so many rows of C.</summary>
    private const int LeastRowsToPack = 48;

    /// <summary>A block of A, in whole tiles, has about so many floats at most, half of a small level-2 cache: all panels of B meet it there.</summary>
    private const int MostBlockFloats = 65536;

    /// <param name="matrices">The operands.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    public static void Multiply<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint rows, nuint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint blocks = ((rows * matrices.Terms) + MostBlockFloats - 1) / MostBlockFloats;

        if (blocks <= 1)
        {
            MultiplyBlock<TSimd, TVector, TForm>(in matrices, rows, columns);

            return;
        }

        // Blocks of about the same size, in whole tiles.
        nuint taken = (((rows + blocks - 1) / blocks) + 5) / 6 * 6;

        for (nuint row = 0; row < rows; row += taken)
        {
            GemmMatrices block = matrices.FromRow(row, TForm.Start, TForm.Finish);
            MultiplyBlock<TSimd, TVector, TForm>(in block, nuint.Min(taken, rows - row), columns);
        }
    }

    /// <summary>All rows of a block of C, panel by panel.</summary>
    private static void MultiplyBlock<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint rows, nuint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        nuint column = columns / width * width;

        // The columns that fill no vector come first, with the vector before them: their tiles may run over into the next row.
        if (column < columns)
        {
            nuint left = columns - column;

            if ((column & width) != 0)
            {
                column -= width;
                MultiplyLastColumns<Two, TSimd, TVector, TForm>(in matrices, column, rows, (int)(width + left));
            }
            else
            {
                MultiplyLastColumns<One, TSimd, TVector, TForm>(in matrices, column, rows, (int)left);
            }
        }

        nuint wholeColumns = column;
        column = 0;

        // Few rows leave registers for a wider tile, and its sums hide each other's latency.
        if (TSimd.TileVectors == 4 || rows <= 2)
        {
            for (; column + (4 * width) <= wholeColumns; column += 4 * width)
            {
                MultiplyPanel<Four, TSimd, TVector, TForm>(in matrices, column, rows);
            }
        }

        for (; column + (2 * width) <= wholeColumns; column += 2 * width)
        {
            MultiplyPanel<Two, TSimd, TVector, TForm>(in matrices, column, rows);
        }

        if (column < wholeColumns)
        {
            MultiplyPanel<One, TSimd, TVector, TForm>(in matrices, column, rows);
        }
    }

    /// <summary>All rows of a panel of C, from a copy of the panel of B where its rows lie badly and are read often.</summary>
    private static void MultiplyPanel<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        if (TForm.IsBUnpadded && rows >= LeastRowsToPack && matrices.Terms * (nuint)(TVectors.Value * TSimd.Count) <= MostPackedFloats)
        {
            MultiplyPackedPanel<TVectors, TSimd, TVector, TForm>(in matrices, column, rows);
        }
        else
        {
            MultiplyAllRows<TVectors, TSimd, TVector, TForm>(in matrices, column, rows, ref Unsafe.Add(ref matrices.C, column));
        }
    }

    /// <summary>All rows of a panel of C, from a copy of the panel of B on the stack.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyPackedPanel<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        Span<float> space = stackalloc float[MostPackedFloats + Simd512.Count];
        ref float panel = ref MemoryMarshal.GetReference(space);
        panel = ref Unsafe.Add(ref panel, AlignedBlock.FloatsToAlignment(ref panel));

        Pack<TVectors, TSimd, TVector>(ref Unsafe.Add(ref Unsafe.AsRef(in matrices.B), column), matrices.BRow, ref panel, matrices.Terms);

        scoped GemmMatrices packed = matrices.FromColumn(column, TForm.Start, TForm.Finish);
        packed.B = ref panel;
        packed.BRow = (nuint)(TVectors.Value * TSimd.Count);
        MultiplyAllRows<TVectors, TSimd, TVector, TForm>(in packed, 0, rows, ref packed.C);
    }

    /// <summary>Copies a panel of B row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pack<TVectors, TSimd, TVector>(ref float b, nuint bRow, ref float panel, nuint terms)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;

        for (; terms != 0; terms--)
        {
            TSimd.Store(TSimd.Load(in b, 0), ref panel, 0);

            if (TVectors.Value > 1)
            {
                TSimd.Store(TSimd.Load(in b, width), ref panel, width);
            }

            if (TVectors.Value > 2)
            {
                TSimd.Store(TSimd.Load(in b, 2 * width), ref panel, 2 * width);
                TSimd.Store(TSimd.Load(in b, 3 * width), ref panel, 3 * width);
            }

            b = ref Unsafe.Add(ref b, bRow);
            panel = ref Unsafe.Add(ref panel, (nuint)TVectors.Value * width);
        }
    }

    /// <summary>All rows of a panel of C, of which <paramref name="c"/> is the first element.</summary>
    private static void MultiplyAllRows<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows, ref float c)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint cRow = matrices.CRow;
        nuint row = 0;

        while (row < rows)
        {
            nuint taken = RowsOfTile<TVectors>(rows - row);
            MultiplyRows<TVectors, TSimd, TVector, TForm>(taken, in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
            row += taken;
        }
    }

    /// <summary>
    /// All rows of the last columns of C, which do not fill the vectors of a panel. Where the rows of C follow each other without padding,
    /// what a tile writes beyond them is the start of the next row, whose turn is still to come. Otherwise, at the end of C, and where a mask
    /// is read that may be C itself, tiles go to the stack, and from there what belongs to C.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyLastColumns<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows, int columns)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        Span<float> tile = stackalloc float[12 * Simd512.Count];
        ref float tile0 = ref MemoryMarshal.GetReference(tile);
        nuint width = (nuint)TSimd.Count;
        nuint tileRow = (nuint)TVectors.Value * width;
        nuint cRow = matrices.CRow;
        ref float c = ref Unsafe.Add(ref matrices.C, column);
        bool mayRunOver = TForm.Finish != GemmFinish.Mask && cRow == column + (nuint)columns && tileRow - (nuint)columns <= cRow;

        for (nuint row = 0; row < rows;)
        {
            nuint taken = RowsOfTile<TVectors>(rows - row);

            if (mayRunOver && row + taken < rows)
            {
                MultiplyRows<TVectors, TSimd, TVector, TForm>(taken, in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
                row += taken;
                continue;
            }

            MultiplyRows<TVectors, TSimd, TVector, TForm>(taken, in matrices, row, column, ref tile0, tileRow);

            for (nuint i = 0; i < taken; i++, row++)
            {
                nuint start = row * cRow;
                TVector sums = TSimd.Load(in tile0, i * tileRow);

                if (TVectors.Value == 1)
                {
                    TSimd.StorePart(sums, ref c, start, columns);
                }
                else
                {
                    TSimd.Store(sums, ref c, start);
                    TSimd.StorePart(TSimd.Load(in tile0, (i * tileRow) + width), ref c, start + width, columns - (int)width);
                }
            }
        }
    }

    /// <summary>The rows of the largest tile that there are rows for.</summary>
    private static nuint RowsOfTile<TVectors>(nuint rows)
        where TVectors : struct, IDimension =>
        rows switch
        {
            >= 12 when TVectors.Value == 1 => 12,
            >= 6 => 6,
            _ => rows,
        };

    /// <summary>The tile of so many rows.</summary>
    private static void MultiplyRows<TVectors, TSimd, TVector, TForm>(nuint rows, in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        switch (rows)
        {
            case 12 when TVectors.Value == 1:
                MultiplyTwelveRows<TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 6:
                MultiplyTile<Six, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 5:
                MultiplyTile<Five, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 4:
                MultiplyTile<Four, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 3:
                MultiplyTile<Three, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 2:
                MultiplyTile<Two, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            default:
                MultiplyTile<One, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
        }
    }

    /// <summary>
    /// A tile of C, from <paramref name="row"/> and <paramref name="column"/> on. It names the sums of the largest tile; those that
    /// a smaller one has not are never used, so that the compiler drops them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyTile<TRows, TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
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
        TVector s00 = Start<TSimd, TVector, TForm>(in matrices, row, column);
        TVector s01 = TForm.Start == GemmStart.ColumnBiases && TVectors.Value > 1 ? TSimd.Load(in matrices.Biases, column + width) : s00;
        TVector s02 = TForm.Start == GemmStart.ColumnBiases && TVectors.Value > 2 ? TSimd.Load(in matrices.Biases, column + (2 * width)) : s00;
        TVector s03 = TForm.Start == GemmStart.ColumnBiases && TVectors.Value > 3 ? TSimd.Load(in matrices.Biases, column + (3 * width)) : s00;
        TVector s10 = TForm.Start == GemmStart.RowBiases && TRows.Value > 1 ? Broadcast<TSimd, TVector>(in matrices.Biases, row + 1) : s00;
        TVector s11 = TForm.Start == GemmStart.RowBiases ? s10 : s01;
        TVector s12 = TForm.Start == GemmStart.RowBiases ? s10 : s02;
        TVector s13 = TForm.Start == GemmStart.RowBiases ? s10 : s03;
        TVector s20 = TForm.Start == GemmStart.RowBiases && TRows.Value > 2 ? Broadcast<TSimd, TVector>(in matrices.Biases, row + 2) : s00;
        TVector s21 = TForm.Start == GemmStart.RowBiases ? s20 : s01;
        TVector s22 = TForm.Start == GemmStart.RowBiases ? s20 : s02;
        TVector s23 = TForm.Start == GemmStart.RowBiases ? s20 : s03;
        TVector s30 = TForm.Start == GemmStart.RowBiases && TRows.Value > 3 ? Broadcast<TSimd, TVector>(in matrices.Biases, row + 3) : s00;
        TVector s31 = TForm.Start == GemmStart.RowBiases ? s30 : s01;
        TVector s32 = TForm.Start == GemmStart.RowBiases ? s30 : s02;
        TVector s33 = TForm.Start == GemmStart.RowBiases ? s30 : s03;
        TVector s40 = TForm.Start == GemmStart.RowBiases && TRows.Value > 4 ? Broadcast<TSimd, TVector>(in matrices.Biases, row + 4) : s00;
        TVector s41 = TForm.Start == GemmStart.RowBiases ? s40 : s01;
        TVector s42 = TForm.Start == GemmStart.RowBiases ? s40 : s02;
        TVector s43 = TForm.Start == GemmStart.RowBiases ? s40 : s03;
        TVector s50 = TForm.Start == GemmStart.RowBiases && TRows.Value > 5 ? Broadcast<TSimd, TVector>(in matrices.Biases, row + 5) : s00;
        TVector s51 = TForm.Start == GemmStart.RowBiases ? s50 : s01;
        TVector s52 = TForm.Start == GemmStart.RowBiases ? s50 : s02;
        TVector s53 = TForm.Start == GemmStart.RowBiases ? s50 : s03;

        // Of the operands that which jumps from page to page: a column of A, or else a panel of B.
        bool isAFetched = aTerm > bRow;
        nuint fetchedTerm = isAFetched ? aTerm : bRow;
        nuint fetched = CacheLine.AddressOf(ref isAFetched ? ref a : ref b) + (matrices.Terms >= LeastTermsToFetch ? TermsAhead * fetchedTerm : 0);

        for (nuint term = matrices.Terms; term != 0; term--)
        {
            // A row of a panel of two vectors is one line, or two. Wider panels take so long for each term that their lines arrive in time.
            if (TVectors.Value <= 2)
            {
                CacheLine.Fetch(fetched);
                fetched += fetchedTerm;
            }

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
    private static void MultiplyTwelveRows<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
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

        TVector s0 = Start<TSimd, TVector, TForm>(in matrices, row, column);
        TVector s1 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 1, column) : s0;
        TVector s2 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 2, column) : s0;
        TVector s3 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 3, column) : s0;
        TVector s4 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 4, column) : s0;
        TVector s5 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 5, column) : s0;
        TVector s6 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 6, column) : s0;
        TVector s7 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 7, column) : s0;
        TVector s8 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 8, column) : s0;
        TVector s9 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 9, column) : s0;
        TVector s10 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 10, column) : s0;
        TVector s11 = TForm.Start == GemmStart.RowBiases ? Start<TSimd, TVector, TForm>(in matrices, row + 11, column) : s0;

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

        StoreRow<One, TSimd, TVector, TForm>(in matrices, row, column, ref c, 0, s0, s0, s0, s0);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 1, column, ref c, cRow, s1, s1, s1, s1);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 2, column, ref c, 2 * cRow, s2, s2, s2, s2);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 3, column, ref c, 3 * cRow, s3, s3, s3, s3);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 4, column, ref c, 4 * cRow, s4, s4, s4, s4);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 5, column, ref c, 5 * cRow, s5, s5, s5, s5);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 6, column, ref c, 6 * cRow, s6, s6, s6, s6);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 7, column, ref c, 7 * cRow, s7, s7, s7, s7);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 8, column, ref c, 8 * cRow, s8, s8, s8, s8);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 9, column, ref c, 9 * cRow, s9, s9, s9, s9);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 10, column, ref c, 10 * cRow, s10, s10, s10, s10);
        StoreRow<One, TSimd, TVector, TForm>(in matrices, row + 11, column, ref c, 11 * cRow, s11, s11, s11, s11);
    }

    /// <summary>What the sums of a row and a vector of columns start at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint row, nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Start switch
        {
            GemmStart.ColumnBiases => TSimd.Load(in matrices.Biases, column),
            GemmStart.RowBiases => Broadcast<TSimd, TVector>(in matrices.Biases, row),
            _ => TSimd.Create(0f),
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
