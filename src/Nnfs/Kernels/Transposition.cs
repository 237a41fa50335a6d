using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The transposition of a matrix, in blocks of four by four.</summary>
internal static class Transposition
{
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
        int blockRows = rows & ~3;
        int blockColumns = columns & ~3;

        for (int j = 0; j < blockColumns; j += 4)
        {
            ref float source = ref Unsafe.Add(ref Unsafe.AsRef(in x), j);
            ref float destination = ref Unsafe.Add(ref y, (nuint)j * yRow);

            for (int i = 0; i < blockRows; i += 4)
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

        Copy(in x, xRow, ref y, yRow, 0, rows, blockColumns, columns);
        Copy(in x, xRow, ref y, yRow, blockRows, rows, 0, blockColumns);
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
