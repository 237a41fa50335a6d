using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// A matrix product <c>C = start + A·B</c> whose terms are those under a window: A is an image as it lies in memory, in which a row of A begins anywhere, and
/// whose terms are segments that follow each other at two distances. Every element of C is one chain of multiply-adds in the order of the terms, whatever tile
/// it falls into, so that its bits depend neither on what is around it nor on the vector width.
/// </summary>
internal ref struct WindowProduct
{
    /// <summary>What the rows of A are distances from.</summary>
    public ref readonly float A;

    /// <summary>B[0, 0]. A row of B is read in whole vectors: what comes after its last element must be readable and is ignored.</summary>
    public ref readonly float B;

    /// <summary>What the rows of C are distances from. C is written exactly.</summary>
    public ref float C;

    /// <summary>A row that all rows of sums start at, or C itself; it is read in whole vectors, as B is.</summary>
    public ref readonly float Start;

    /// <summary>The distance between the terms of a row of A.</summary>
    public nuint ATerm;

    /// <summary>The distance between the rows of B.</summary>
    public nuint BRow;

    /// <summary>The terms of a segment.</summary>
    public nuint Terms;

    /// <summary>The segments of a row of segments.</summary>
    public nuint Segments;

    /// <summary>The rows of segments.</summary>
    public nuint SegmentRows;

    /// <summary>The bytes of A between the end of a segment and the next.</summary>
    public nuint ASegmentGap;

    /// <summary>The bytes of A between the end of a row of segments and the next.</summary>
    public nuint ARowGap;

    /// <summary>The bytes of B between the end of a segment and the next.</summary>
    public nuint BSegmentGap;

    /// <summary>The bytes of B between the end of a row of segments and the next.</summary>
    public nuint BRowGap;

    /// <summary>Whether the sums go on from what is in C, which is <see cref="Start"/> then.</summary>
    public bool GoesOn;

    /// <summary>The least that C becomes: 0 for a ReLU.</summary>
    public float Least;

    /// <summary>Computes C with whole vectors of the widest kind that a row of B, padded to <paramref name="stride"/>, has.</summary>
    /// <param name="aOffsets">The distance of every row of A from its start, and that of the last a few times more: see <see cref="Repeat"/>.</param>
    /// <param name="cOffsets">The same for C.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="stride">The floats of a row of B that may be read.</param>
    public readonly void Compute(ReadOnlySpan<int> aOffsets, ReadOnlySpan<int> cOffsets, int rows, int columns, int stride)
    {
        if (Vector512.IsHardwareAccelerated && stride >= Simd512.Count)
        {
            Compute<Simd512, Vector512<float>>(aOffsets, cOffsets, rows, columns);
        }
        else if (Vector256.IsHardwareAccelerated && stride >= Simd256.Count)
        {
            Compute<Simd256, Vector256<float>>(aOffsets, cOffsets, rows, columns);
        }
        else
        {
            Compute<Simd128, Vector128<float>>(aOffsets, cOffsets, rows, columns);
        }
    }

    /// <summary>A distance in bytes, which may be backwards.</summary>
    public static nuint Bytes(int floats) => (nuint)((nint)floats * sizeof(float));

    /// <summary>The length of a table of distances: rows beyond the last are the last once more, so that there are whole tiles only.</summary>
    public static int TableLength(int rows) => rows + WindowTiles.Rows;

    /// <summary>Repeats the last distance of a table to the end of it.</summary>
    public static void Repeat(Span<int> offsets, int rows) => offsets[rows..].Fill(offsets[rows - 1]);

    private readonly void Compute<TSimd, TVector>(ReadOnlySpan<int> aOffsets, ReadOnlySpan<int> cOffsets, int rows, int columns)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int vectors = (columns + TSimd.Count - 1) / TSimd.Count;
        int column = 0;

        // Eight rows by three vectors waste less than six by four where those would be six and two.
        int most = TSimd.TileVectors == 4 && rows is 7 or 8 ? 3 : TSimd.TileVectors;

        while (vectors > 0)
        {
            // Five vectors are three and two rather than four and one.
            int taken = Math.Min(vectors == 5 ? 3 : vectors, most);

            switch (taken)
            {
                case 4:
                    ComputePanel<TileSize.Six, TileSize.Four, TSimd, TVector>(aOffsets, cOffsets, rows, column, columns);
                    break;
                case 3:
                    ComputePanel<TileSize.Eight, TileSize.Three, TSimd, TVector>(aOffsets, cOffsets, rows, column, columns);
                    break;
                case 2 when TSimd.TileVectors == 4:
                    ComputePanel<TileSize.Eight, TileSize.Two, TSimd, TVector>(aOffsets, cOffsets, rows, column, columns);
                    break;
                case 2:
                    ComputePanel<TileSize.Six, TileSize.Two, TSimd, TVector>(aOffsets, cOffsets, rows, column, columns);
                    break;
                default:
                    ComputePanel<TileSize.Eight, TileSize.One, TSimd, TVector>(aOffsets, cOffsets, rows, column, columns);
                    break;
            }

            vectors -= taken;
            column += taken * TSimd.Count;
        }
    }

    /// <summary>All rows of some vectors of columns.</summary>
    [SkipLocalsInit]
    private readonly void ComputePanel<TRows, TVectors, TSimd, TVector>(
        ReadOnlySpan<int> aOffsets, ReadOnlySpan<int> cOffsets, int rows, int column, int columns)
        where TRows : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> edge = stackalloc float[WindowTiles.Rows * Simd512.Count];
        int last = column + ((TVectors.Value - 1) * TSimd.Count);
        int left = columns - last;
        bool isWhole = left >= TSimd.Count;

        for (int row = 0; row < rows; row += TRows.Value)
        {
            WindowTiles.Multiply<TRows, TVectors, TSimd, TVector>(in this, in aOffsets[row], in cOffsets[row], (nuint)column, ref edge[0], isWhole);

            for (int i = 0; i < TRows.Value && !isWhole; i++)
            {
                TSimd.StorePart(TSimd.Load(in edge[0], (nuint)(i * TSimd.Count)), ref C, (nuint)(cOffsets[row + i] + last), left);
            }
        }
    }
}
