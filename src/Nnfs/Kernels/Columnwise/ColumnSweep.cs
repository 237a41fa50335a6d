using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels.Columnwise;

/// <summary>Runs an operation over all columns of a matrix. As no column depends on another, its results are the same whatever the vectors' width.</summary>
internal static class ColumnSweep
{
    public static void Run<TOperation>(scoped in TOperation operation, int columns)
        where TOperation : struct, IColumnOperation, allows ref struct =>
        Run(in operation, 0, columns);

    /// <summary>Runs an operation over some of the columns.</summary>
    public static void Run<TOperation>(scoped in TOperation operation, int start, int count)
        where TOperation : struct, IColumnOperation, allows ref struct
    {
        nuint done = (nuint)start;
        nuint columns = (nuint)start + (nuint)count;

        // The widest vectors first; each narrower width takes what the wider has left over.
        if (Vector512.IsHardwareAccelerated)
        {
            done = Run<TOperation, Simd512, Vector512<float>>(in operation, done, columns);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            done = Run<TOperation, Simd256, Vector256<float>>(in operation, done, columns);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            done = Run<TOperation, Simd128, Vector128<float>>(in operation, done, columns);
        }

        Run<TOperation, SimdScalar, float>(in operation, done, columns);
    }

    /// <returns>The first column that a whole vector did not reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Run<TOperation, TSimd, TVector>(scoped in TOperation operation, nuint column, nuint columns)
        where TOperation : struct, IColumnOperation, allows ref struct
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (; column + (nuint)TSimd.Count <= columns; column += (nuint)TSimd.Count)
        {
            operation.Run<TSimd, TVector>(column);
        }

        return column;
    }
}
