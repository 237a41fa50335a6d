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
/// where there are 16. A panel of B as wide as a tile serves all rows of C before the next one, so that it stays in the cache.
/// </remarks>
internal static class Gemm
{
    /// <param name="matrices">The operands.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    public static void Multiply<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint rows, nuint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        nuint column = 0;

        if (TSimd.TileVectors == 4)
        {
            for (; column + (4 * width) <= columns; column += 4 * width)
            {
                MultiplyPanel<Four, TSimd, TVector, TForm>(in matrices, column, rows);
            }
        }

        for (; column + (2 * width) <= columns; column += 2 * width)
        {
            MultiplyPanel<Two, TSimd, TVector, TForm>(in matrices, column, rows);
        }

        if (column + width <= columns)
        {
            MultiplyPanel<One, TSimd, TVector, TForm>(in matrices, column, rows);
            column += width;
        }

        if (column < columns)
        {
            MultiplyLastColumns<TSimd, TVector, TForm>(in matrices, column, rows, (int)(columns - column));
        }
    }

    /// <summary>All rows of a panel of C, in tiles of six rows and then of fewer.</summary>
    private static void MultiplyPanel<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint cRow = matrices.CRow;
        ref float c = ref Unsafe.Add(ref matrices.C, column);
        nuint row = 0;

        for (; row + 6 <= rows; row += 6)
        {
            MultiplyTile<Six, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
        }

        if (row + 3 <= rows)
        {
            MultiplyTile<Three, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
            row += 3;
        }

        if (row + 2 <= rows)
        {
            MultiplyTile<Two, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
            row += 2;
        }

        if (row < rows)
        {
            MultiplyTile<One, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
        }
    }

    /// <summary>The last columns of C, fewer than a vector: tiles go to the stack, and from there what belongs to C.</summary>
    [SkipLocalsInit]
    private static void MultiplyLastColumns<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows, int columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        Span<float> tile = stackalloc float[6 * Simd512.Count];
        ref float tile0 = ref MemoryMarshal.GetReference(tile);
        nuint width = (nuint)TSimd.Count;

        for (nuint row = 0; row < rows;)
        {
            nuint taken = rows - row;

            if (taken >= 6)
            {
                taken = 6;
                MultiplyTile<Six, One, TSimd, TVector, TForm>(in matrices, row, column, ref tile0, width);
            }
            else if (taken >= 3)
            {
                taken = 3;
                MultiplyTile<Three, One, TSimd, TVector, TForm>(in matrices, row, column, ref tile0, width);
            }
            else
            {
                taken = 1;
                MultiplyTile<One, One, TSimd, TVector, TForm>(in matrices, row, column, ref tile0, width);
            }

            for (nuint i = 0; i < taken; i++, row++)
            {
                TVector sums = TSimd.Load(in tile0, i * width);
                TSimd.StorePart(sums, ref matrices.C, (row * matrices.CRow) + column, columns);
            }
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
        nuint aRow = matrices.ARow;
        nuint aTerm = matrices.ATerm;
        nuint bRow = matrices.BRow;
        ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.A), row * aRow);
        ref float b = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.B), column);

        // A column's bias fills a column of sums, a row's bias a row of them.
        TVector s00 = TForm.Start switch
        {
            GemmStart.ColumnBiases => TSimd.Load(in matrices.Biases, column),
            GemmStart.RowBiases => Broadcast<TSimd, TVector>(in matrices.Biases, row),
            _ => TSimd.Create(0f),
        };
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

        nuint aOffset = 0;
        nuint bOffset = 0;

        for (nuint term = matrices.Terms; term != 0; term--)
        {
            TVector b0 = TSimd.Load(in b, bOffset);
            TVector b1 = TVectors.Value > 1 ? TSimd.Load(in b, bOffset + width) : default;
            TVector b2 = TVectors.Value > 2 ? TSimd.Load(in b, bOffset + (2 * width)) : default;
            TVector b3 = TVectors.Value > 3 ? TSimd.Load(in b, bOffset + (3 * width)) : default;

            TVector x = Broadcast<TSimd, TVector>(in a, aOffset);
            s00 = TSimd.MultiplyAdd(x, b0, s00);
            s01 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s01) : default;
            s02 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s02) : default;
            s03 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s03) : default;

            if (TRows.Value > 1)
            {
                x = Broadcast<TSimd, TVector>(in a, aOffset + aRow);
                s10 = TSimd.MultiplyAdd(x, b0, s10);
                s11 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s11) : default;
                s12 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s12) : default;
                s13 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s13) : default;
            }

            if (TRows.Value > 2)
            {
                x = Broadcast<TSimd, TVector>(in a, aOffset + (2 * aRow));
                s20 = TSimd.MultiplyAdd(x, b0, s20);
                s21 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s21) : default;
                s22 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s22) : default;
                s23 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s23) : default;
            }

            if (TRows.Value > 3)
            {
                x = Broadcast<TSimd, TVector>(in a, aOffset + (3 * aRow));
                s30 = TSimd.MultiplyAdd(x, b0, s30);
                s31 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s31) : default;
                s32 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s32) : default;
                s33 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s33) : default;
            }

            if (TRows.Value > 4)
            {
                x = Broadcast<TSimd, TVector>(in a, aOffset + (4 * aRow));
                s40 = TSimd.MultiplyAdd(x, b0, s40);
                s41 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s41) : default;
                s42 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s42) : default;
                s43 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s43) : default;
            }

            if (TRows.Value > 5)
            {
                x = Broadcast<TSimd, TVector>(in a, aOffset + (5 * aRow));
                s50 = TSimd.MultiplyAdd(x, b0, s50);
                s51 = TVectors.Value > 1 ? TSimd.MultiplyAdd(x, b1, s51) : default;
                s52 = TVectors.Value > 2 ? TSimd.MultiplyAdd(x, b2, s52) : default;
                s53 = TVectors.Value > 3 ? TSimd.MultiplyAdd(x, b3, s53) : default;
            }

            aOffset += aTerm;
            bOffset += bRow;
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
