using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.MatrixProducts;

/// <summary>
/// The matrix product under the dense layer: <c>C[i, j] = start + Σₚ A[i, p] · B[p, j]</c>, for <c>p</c> from first to last.
/// Every element is the same chain of multiply-adds whatever tile it falls into, so that its bits depend neither on the
/// batch around it nor on the vector width.
/// </summary>
/// <remarks>
/// C is computed in tiles whose sums stay in registers: six rows of four vectors where there are 32 registers, and six of two
/// where there are 16; twelve rows where a single vector is left. A panel of B as wide as a tile serves all rows of C before the
/// next one, so that it stays in the cache. Of a B that no cache holds only some terms are taken at a time: between them the sums lie in C,
/// where the chains go on.
/// </remarks>
internal static class Gemm
{
    /// <summary>The most floats of a panel of B that is copied: as many as fill a level-1 cache.</summary>
    private const int MostPackedFloats = 8192;

    /// <summary>The fewest rows of C for which a panel is copied.</summary>
    private const int LeastRowsToPack = 48;

    /// <summary>About the most floats of a block of A, in whole tiles: a quarter of a small level-2 cache, where all panels of B meet it.</summary>
    private const int MostBlockFloats = 65536;

    /// <summary>About the most terms of a block: a panel of B with as many stays in the level-2 cache beside a block of A.</summary>
    private const int MostBlockTerms = 384;

    /// <summary>The most floats of B, half of a small level-2 cache, whose terms are not divided into blocks.</summary>
    private const int MostUndividedFloats = 128 * 1024;

    /// <summary>With fewer rows of C the time goes into reading B, rather than into the products.</summary>
    private const int LeastRowsToCompute = 24;

    /// <summary>Then so few terms that the processor foresees what it reads: B nearly row by row.</summary>
    private const int MostBlockTermsToRead = 16;

    /// <summary>And only of a B that comes from memory: 8 MiB, because the sums go to C and back for so few terms.</summary>
    private const int MostUndividedFloatsToRead = 2 * 1024 * 1024;

    /// <param name="matrices">The operands.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    public static void Multiply<TSimd, TVector, TForm>(in GemmMatrices matrices, nuint rows, nuint columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        bool isComputing = rows >= LeastRowsToCompute;
        nuint mostTerms = (nuint)(isComputing ? MostBlockTerms : MostBlockTermsToRead);

        // Sums that lie in C between two blocks would overwrite a mask that is C itself.
        bool isDivided = TForm.Start != GemmStart.RowBiases
            && matrices.Terms * columns > (nuint)(isComputing ? MostUndividedFloats : MostUndividedFloatsToRead)
            && !(TForm.Finish == GemmFinish.Mask && Unsafe.AreSame(in matrices.Mask, in matrices.C));

        // Blocks of about the same size.
        nuint termBlocks = isDivided ? (matrices.Terms + mostTerms - 1) / mostTerms : 1;
        nuint takenTerms = (matrices.Terms + termBlocks - 1) / termBlocks;
        nuint rowBlocks = ((rows * takenTerms) + MostBlockFloats - 1) / MostBlockFloats;

        if (termBlocks <= 1 && rowBlocks <= 1)
        {
            MultiplyBlock<TSimd, TVector, TForm>(in matrices, rows, columns);

            return;
        }

        // Rows in whole tiles.
        nuint takenRows = (((rows + rowBlocks - 1) / rowBlocks) + (GemmTiles.Rows - 1)) / GemmTiles.Rows * GemmTiles.Rows;

        for (nuint row = 0; row < rows; row += takenRows)
        {
            GemmMatrices block = matrices.FromRow(row, TForm.Start, TForm.Finish);
            nuint blockRows = nuint.Min(takenRows, rows - row);

            if (termBlocks <= 1)
            {
                MultiplyBlock<TSimd, TVector, TForm>(in block, blockRows, columns);
            }
            else
            {
                MultiplyTerms<TSimd, TVector, TForm>(ref block, blockRows, columns, takenTerms);
            }
        }
    }

    /// <summary>A block of C, some terms after the other: between them its sums lie in C.</summary>
    private static void MultiplyTerms<TSimd, TVector, TForm>(ref GemmMatrices block, nuint rows, nuint columns, nuint taken)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint left = block.Terms;
        block.Terms = taken;

        switch (TForm.Start)
        {
            case GemmStart.Zero:
                MultiplyBlock<TSimd, TVector, GemmForm.Product>(in block, rows, columns);
                break;
            case GemmStart.ColumnBiases:
                MultiplyBlock<TSimd, TVector, GemmForm.Affine>(in block, rows, columns);
                break;
            default:
                MultiplyBlock<TSimd, TVector, GemmForm.Sum>(in block, rows, columns);
                break;
        }

        for (left -= taken; left > taken; left -= taken)
        {
            block.SkipTerms(taken);
            MultiplyBlock<TSimd, TVector, GemmForm.Sum>(in block, rows, columns);
        }

        block.SkipTerms(taken);
        block.Terms = left;

        switch (TForm.Finish)
        {
            case GemmFinish.Rectify:
                MultiplyBlock<TSimd, TVector, GemmForm.SumReLU>(in block, rows, columns);
                break;
            case GemmFinish.Mask:
                MultiplyBlock<TSimd, TVector, GemmForm.MaskedSum>(in block, rows, columns);
                break;
            default:
                MultiplyBlock<TSimd, TVector, GemmForm.Sum>(in block, rows, columns);
                break;
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
                MultiplyLastColumns<TileSize.Two, TSimd, TVector, TForm>(in matrices, column, rows, (int)(width + left));
            }
            else
            {
                MultiplyLastColumns<TileSize.One, TSimd, TVector, TForm>(in matrices, column, rows, (int)left);
            }
        }

        nuint wholeColumns = column;
        column = 0;

        // Few rows leave registers for a wider tile, and its sums hide each other's latency.
        if (TSimd.TileVectors == 4 || rows <= 2)
        {
            for (; column + (4 * width) <= wholeColumns; column += 4 * width)
            {
                MultiplyPanel<TileSize.Four, TSimd, TVector, TForm>(in matrices, column, rows);
            }
        }

        for (; column + (2 * width) <= wholeColumns; column += 2 * width)
        {
            MultiplyPanel<TileSize.Two, TSimd, TVector, TForm>(in matrices, column, rows);
        }

        if (column < wholeColumns)
        {
            MultiplyPanel<TileSize.One, TSimd, TVector, TForm>(in matrices, column, rows);
        }
    }

    /// <summary>All rows of a panel of C, from a copy of the panel of B where its rows lie badly and are read often.</summary>
    private static void MultiplyPanel<TVectors, TSimd, TVector, TForm>(in GemmMatrices matrices, nuint column, nuint rows)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        if (matrices.IsBUnpadded && rows >= LeastRowsToPack && matrices.Terms * (nuint)(TVectors.Value * TSimd.Count) <= MostPackedFloats)
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
    /// what a tile writes beyond them is the start of the next row, whose turn is still to come. Otherwise, at the end of C, and where C is
    /// read too (for its sums, or as the mask), tiles go to the stack, and from there what belongs to C.
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
        bool mayRunOver = TForm.Start != GemmStart.Sums
            && TForm.Finish != GemmFinish.Mask
            && cRow == column + (nuint)columns
            && tileRow - (nuint)columns <= cRow;

        for (nuint row = 0; row < rows;)
        {
            nuint taken = RowsOfTile<TVectors>(rows - row);

            if (mayRunOver && row + taken < rows)
            {
                MultiplyRows<TVectors, TSimd, TVector, TForm>(taken, in matrices, row, column, ref Unsafe.Add(ref c, row * cRow), cRow);
                row += taken;
                continue;
            }

            if (TForm.Start == GemmStart.Sums)
            {
                for (nuint i = 0; i < taken; i++)
                {
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref c, (row + i) * cRow), columns).CopyTo(tile[(int)(i * tileRow)..]);
                }
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
            >= GemmTiles.Rows => GemmTiles.Rows,
            _ => rows,
        };

    /// <summary>The tile with that many rows.</summary>
    private static void MultiplyRows<TVectors, TSimd, TVector, TForm>(nuint rows, in GemmMatrices matrices, nuint row, nuint column, ref float c, nuint cRow)
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        switch (rows)
        {
            case 12 when TVectors.Value == 1:
                GemmTiles.MultiplyTwelveRows<TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case GemmTiles.Rows:
                GemmTiles.MultiplyTile<TileSize.Six, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 5:
                GemmTiles.MultiplyTile<TileSize.Five, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 4:
                GemmTiles.MultiplyTile<TileSize.Four, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 3:
                GemmTiles.MultiplyTile<TileSize.Three, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            case 2:
                GemmTiles.MultiplyTile<TileSize.Two, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
            default:
                GemmTiles.MultiplyTile<TileSize.One, TVectors, TSimd, TVector, TForm>(in matrices, row, column, ref c, cRow);
                break;
        }
    }
}
