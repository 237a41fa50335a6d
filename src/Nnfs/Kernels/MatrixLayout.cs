using System.Runtime.CompilerServices;

namespace Nnfs;

/// <summary>How matrices of parameters lie in memory. The generator compiles this file too, so that offsets and kernels agree.</summary>
internal static class MatrixLayout
{
    /// <summary>
    /// The distance between the rows of a matrix with <paramref name="columns"/> columns, so that a row is a whole number of
    /// vectors: 4 or 8 floats for narrow matrices, otherwise the next multiple of 16. From 128 floats on it is an odd number of
    /// lines of the cache, 64 bytes each, so that a column of vectors does not crowd into a few of the cache's sets.
    /// </summary>
    /// <param name="columns">The number of columns, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowStride(int columns) => columns switch
    {
        <= 4 => 4,
        <= 8 => 8,
        <= 7 * KernelLimits.FloatsPerLine => (int)KernelLimits.Align(columns),
        _ => (int)KernelLimits.Align(columns) | KernelLimits.FloatsPerLine,
    };
}
