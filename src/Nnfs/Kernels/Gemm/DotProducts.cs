using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// The product of two matrices along their rows, <c>C[i, j] = Σₚ A[i, p] · B[j, p]</c>. Each sum is kept in the lanes of a vector
/// and added up at the end, so its bits depend on the vector width.
/// </summary>
internal static class DotProducts
{
    /// <param name="a">A[0, 0]; a row is contiguous.</param>
    /// <param name="aRow">The distance between the rows of A.</param>
    /// <param name="b">B[0, 0]; a row is contiguous.</param>
    /// <param name="bRow">The distance between the rows of B.</param>
    /// <param name="c">C[0, 0]; written exactly.</param>
    /// <param name="cRow">The distance between the rows of C.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The rows of B and columns of C.</param>
    /// <param name="terms">The columns of A and B, a multiple of 16.</param>
    public static void Multiply<TSimd, TVector>(
        ref readonly float a,
        nuint aRow,
        ref readonly float b,
        nuint bRow,
        ref float c,
        nuint cRow,
        int rows,
        int columns,
        nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int column = 0; column < columns; column += 4)
        {
            ref readonly float bs = ref Unsafe.Add(ref Unsafe.AsRef(in b), (nuint)column * bRow);
            int left = Math.Min(4, columns - column);

            for (int row = 0; row < rows; row += 4)
            {
                ref readonly float rowsOfA = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nuint)row * aRow);
                ref float tile = ref Unsafe.Add(ref c, ((nuint)row * cRow) + (nuint)column);
                MultiplyTile<TSimd, TVector>(in rowsOfA, aRow, in bs, bRow, ref tile, cRow, Math.Min(4, rows - row), left, terms);
            }
        }
    }

    /// <summary><c>sums[i] = Σₚ A[i, p]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<TSimd, TVector>(ref readonly float a, nuint aRow, ref float sums, int rows, nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int row = 0; row < rows; row += 4)
        {
            // Rows beyond the last are the last once more, and their sums are not stored.
            int left = Math.Min(4, rows - row);
            ref float a0 = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nuint)row * aRow);
            ref float a1 = ref Unsafe.Add(ref a0, left > 1 ? aRow : 0);
            ref float a2 = ref Unsafe.Add(ref a1, left > 2 ? aRow : 0);
            ref float a3 = ref Unsafe.Add(ref a2, left > 3 ? aRow : 0);
            TVector s0 = TSimd.Create(0f);
            TVector s1 = s0;
            TVector s2 = s0;
            TVector s3 = s0;

            for (nuint p = 0; p < terms; p += (nuint)TSimd.Count)
            {
                s0 = TSimd.Add(s0, TSimd.Load(in a0, p));
                s1 = TSimd.Add(s1, TSimd.Load(in a1, p));
                s2 = TSimd.Add(s2, TSimd.Load(in a2, p));
                s3 = TSimd.Add(s3, TSimd.Load(in a3, p));
            }

            Store(TSimd.Sum4(s0, s1, s2, s3), ref Unsafe.Add(ref sums, row), left);
        }
    }

    private static void MultiplyTile<TSimd, TVector>(
        ref readonly float a, nuint aRow, ref readonly float b, nuint bRow, ref float c, nuint cRow, int rows, int columns, nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        switch (columns)
        {
            case 1:
                MultiplyTile<One, TSimd, TVector>(in a, aRow, in b, bRow, ref c, cRow, rows, terms);
                break;
            case 2:
                MultiplyTile<Two, TSimd, TVector>(in a, aRow, in b, bRow, ref c, cRow, rows, terms);
                break;
            case 3:
                MultiplyTile<Three, TSimd, TVector>(in a, aRow, in b, bRow, ref c, cRow, rows, terms);
                break;
            default:
                MultiplyTile<Four, TSimd, TVector>(in a, aRow, in b, bRow, ref c, cRow, rows, terms);
                break;
        }
    }

    /// <summary>Up to four rows by as many columns as the type says. Rows beyond the last are the last once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyTile<TColumns, TSimd, TVector>(
        ref readonly float a, nuint aRow, ref readonly float b, nuint bRow, ref float c, nuint cRow, int rows, nuint terms)
        where TColumns : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float a0 = ref Unsafe.AsRef(in a);
        ref float a1 = ref Unsafe.Add(ref a0, rows > 1 ? aRow : 0);
        ref float a2 = ref Unsafe.Add(ref a1, rows > 2 ? aRow : 0);
        ref float a3 = ref Unsafe.Add(ref a2, rows > 3 ? aRow : 0);

        TVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33;
        s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = s20 = s21 = s22 = s23 = s30 = s31 = s32 = s33 = TSimd.Create(0f);

        for (nuint p = 0; p < terms; p += (nuint)TSimd.Count)
        {
            TVector x0 = TSimd.Load(in a0, p);
            TVector x1 = TSimd.Load(in a1, p);
            TVector x2 = TSimd.Load(in a2, p);
            TVector x3 = TSimd.Load(in a3, p);

            TVector y = TSimd.Load(in b, p);
            s00 = TSimd.MultiplyAdd(x0, y, s00);
            s10 = TSimd.MultiplyAdd(x1, y, s10);
            s20 = TSimd.MultiplyAdd(x2, y, s20);
            s30 = TSimd.MultiplyAdd(x3, y, s30);

            if (TColumns.Value > 1)
            {
                y = TSimd.Load(in b, p + bRow);
                s01 = TSimd.MultiplyAdd(x0, y, s01);
                s11 = TSimd.MultiplyAdd(x1, y, s11);
                s21 = TSimd.MultiplyAdd(x2, y, s21);
                s31 = TSimd.MultiplyAdd(x3, y, s31);
            }

            if (TColumns.Value > 2)
            {
                y = TSimd.Load(in b, p + (2 * bRow));
                s02 = TSimd.MultiplyAdd(x0, y, s02);
                s12 = TSimd.MultiplyAdd(x1, y, s12);
                s22 = TSimd.MultiplyAdd(x2, y, s22);
                s32 = TSimd.MultiplyAdd(x3, y, s32);
            }

            if (TColumns.Value > 3)
            {
                y = TSimd.Load(in b, p + (3 * bRow));
                s03 = TSimd.MultiplyAdd(x0, y, s03);
                s13 = TSimd.MultiplyAdd(x1, y, s13);
                s23 = TSimd.MultiplyAdd(x2, y, s23);
                s33 = TSimd.MultiplyAdd(x3, y, s33);
            }
        }

        Store(TSimd.Sum4(s00, s01, s02, s03), ref c, TColumns.Value);

        if (rows > 1)
        {
            Store(TSimd.Sum4(s10, s11, s12, s13), ref Unsafe.Add(ref c, cRow), TColumns.Value);
        }

        if (rows > 2)
        {
            Store(TSimd.Sum4(s20, s21, s22, s23), ref Unsafe.Add(ref c, 2 * cRow), TColumns.Value);
        }

        if (rows > 3)
        {
            Store(TSimd.Sum4(s30, s31, s32, s33), ref Unsafe.Add(ref c, 3 * cRow), TColumns.Value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> sums, ref float destination, int count)
    {
        if (count == 4)
        {
            Simd128.Store(sums, ref destination, 0);
        }
        else
        {
            Simd128.StorePart(sums, ref destination, 0, count);
        }
    }
}
