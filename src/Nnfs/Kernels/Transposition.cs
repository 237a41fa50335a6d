using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The transposition of a matrix, in blocks of four by four, and those line by line of the cache.</summary>
internal static class Transposition
{
    /// <summary>
    /// The columns of x that are moved before the next rows: what is written, a line of each row of y, goes on at the next line while it is still in
    /// the cache.
    /// </summary>
    private const int BlockColumns = 256;

    /// <summary><c>y[j, i] = x[i, j]</c>. Both are read and written exactly.</summary>
    /// <param name="x">x[0, 0].</param>
    /// <param name="xRow">The distance between the rows of x.</param>
    /// <param name="y">y[0, 0].</param>
    /// <param name="yRow">The distance between the rows of y.</param>
    /// <param name="rows">The rows of x and columns of y.</param>
    /// <param name="columns">The columns of x and rows of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref readonly float x, nuint xRow, ref float y, nuint yRow, int rows, int columns)
    {
        int wholeRows = rows & ~3;
        int wholeColumns = columns & ~3;

        for (int firstColumn = 0; firstColumn < wholeColumns; firstColumn += BlockColumns)
        {
            int lastColumn = Math.Min(firstColumn + BlockColumns, wholeColumns);

            for (int firstRow = 0; firstRow < wholeRows; firstRow += KernelLimits.FloatsPerLine)
            {
                int lastRow = Math.Min(firstRow + KernelLimits.FloatsPerLine, wholeRows);

                for (int j = firstColumn; j < lastColumn; j += 4)
                {
                    ref float source = ref Unsafe.Add(ref Unsafe.AsRef(in x), ((nuint)firstRow * xRow) + (nuint)j);
                    ref float destination = ref Unsafe.Add(ref y, ((nuint)j * yRow) + (nuint)firstRow);

                    for (int i = firstRow; i < lastRow; i += 4)
                    {
                        Vector128<float> r0 = Simd128.Load(in source, 0);
                        Vector128<float> r1 = Simd128.Load(in source, xRow);
                        Vector128<float> r2 = Simd128.Load(in source, 2 * xRow);
                        Vector128<float> r3 = Simd128.Load(in source, 3 * xRow);
                        Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);

                        Simd128.Store(r0, ref destination, 0);
                        Simd128.Store(r1, ref destination, yRow);
                        Simd128.Store(r2, ref destination, 2 * yRow);
                        Simd128.Store(r3, ref destination, 3 * yRow);
                        source = ref Unsafe.Add(ref source, 4 * xRow);
                        destination = ref Unsafe.Add(ref destination, 4);
                    }
                }
            }
        }

        Copy(in x, xRow, ref y, yRow, 0, rows, wholeColumns, columns);
        Copy(in x, xRow, ref y, yRow, wholeRows, rows, 0, wholeColumns);
    }

    private static void Copy(ref readonly float x, nuint xRow, ref float y, nuint yRow, int firstRow, int rows, int firstColumn, int columns)
    {
        for (int i = firstRow; i < rows; i++)
        {
            for (int j = firstColumn; j < columns; j++)
            {
                Unsafe.Add(ref y, ((nuint)j * yRow) + (nuint)i) = Unsafe.Add(ref Unsafe.AsRef(in x), ((nuint)i * xRow) + (nuint)j);
            }
        }
    }
}
