using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Columnwise;

/// <summary>Sums over the rows of a matrix, for columns side by side.</summary>
/// <remarks>
/// The order is fixed, and no lane meets another: in blocks of 32 rows, even and odd rows apart, so that one addition need not wait for the one before. Blocks
/// are added up with the roundings of their additions carried along (T. J. Dekker 1971; D. E. Knuth's TwoSum), so that a sum over many thousand rows is as good
/// as one over 16: within 2⁻²⁰ of the sum of the terms' absolute values, mostly far closer.
/// </remarks>
internal static class ColumnSums
{
    private const int Block = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compute<TTerms, TSimd, TVector>(scoped in TTerms terms, int rows, out TVector sum0, out TVector sum1, out TVector sum2)
        where TTerms : struct, IColumnTerms<TVector>, allows ref struct
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);
        TVector rounded0 = zero, rounded1 = zero, rounded2 = zero;
        sum0 = sum1 = sum2 = zero;

        for (int start = 0; start < rows; start += Block)
        {
            nuint end = (nuint)Math.Min(rows, start + Block);
            TVector even0 = zero, even1 = zero, even2 = zero;
            TVector odd0 = zero, odd1 = zero, odd2 = zero;
            nuint row = (nuint)start;

            for (; row + 2 <= end; row += 2)
            {
                terms.Add(row, ref even0, ref even1, ref even2);
                terms.Add(row + 1, ref odd0, ref odd1, ref odd2);
            }

            if (row < end)
            {
                terms.Add(row, ref even0, ref even1, ref even2);
            }

            AddBlock<TSimd, TVector>(TSimd.Add(even0, odd0), ref sum0, ref rounded0);
            AddBlock<TSimd, TVector>(TSimd.Add(even1, odd1), ref sum1, ref rounded1);
            AddBlock<TSimd, TVector>(TSimd.Add(even2, odd2), ref sum2, ref rounded2);
        }

        sum0 = TSimd.Add(sum0, rounded0);
        sum1 = TSimd.Add(sum1, rounded1);
        sum2 = TSimd.Add(sum2, rounded2);
    }

    /// <summary><c>sum + block</c>, and what the rounding took away added to <paramref name="rounded"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBlock<TSimd, TVector>(TVector block, ref TVector sum, ref TVector rounded)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector total = TSimd.Add(sum, block);
        TVector added = TSimd.Subtract(total, sum);
        TVector lost = TSimd.Add(TSimd.Subtract(sum, TSimd.Subtract(total, added)), TSimd.Subtract(block, added));

        sum = total;
        rounded = TSimd.Add(rounded, lost);
    }
}
