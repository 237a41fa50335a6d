using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels.MatrixProducts;

/// <summary>
/// The product of two matrices along their rows, <c>C[i, j] = Σₚ A[i, p] · B[j, p]</c>. Each sum is kept in the lanes of a vector
/// and added up at the end, so its bits depend on the vector width.
/// </summary>
/// <remarks>
/// Where there are 32 registers, tiles have four or three rows of four columns, and two or one of eight; where there are 16, three or two
/// rows of four columns, and one of eight. Columns beyond the last are the last once more, and are not stored.
/// </remarks>
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
    /// <param name="adds">Whether the products are added to what is in C.</param>
    public static void Multiply<TSimd, TVector>(
        ref readonly float a,
        nuint aRow,
        ref readonly float b,
        nuint bRow,
        ref float c,
        nuint cRow,
        int rows,
        int columns,
        nuint terms,
        bool adds)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int row = 0; row < rows;)
        {
            ref readonly float aRows = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nuint)row * aRow);
            ref float cRows = ref Unsafe.Add(ref c, (nuint)row * cRow);
            int left = rows - row;

            // With 16 registers, four rows go better as two and two than as three and one.
            int taken = TSimd.TileVectors == 4 ? Math.Min(4, left) : left == 4 ? 2 : Math.Min(3, left);

            switch (taken)
            {
                case 1:
                    MultiplyRows<TileSize.One, TSimd, TVector>(in aRows, aRow, in b, bRow, ref cRows, cRow, columns, terms, adds);
                    break;
                case 2:
                    MultiplyRows<TileSize.Two, TSimd, TVector>(in aRows, aRow, in b, bRow, ref cRows, cRow, columns, terms, adds);
                    break;
                case 3:
                    MultiplyRows<TileSize.Three, TSimd, TVector>(in aRows, aRow, in b, bRow, ref cRows, cRow, columns, terms, adds);
                    break;
                default:
                    MultiplyRows<TileSize.Four, TSimd, TVector>(in aRows, aRow, in b, bRow, ref cRows, cRow, columns, terms, adds);
                    break;
            }

            row += taken;
        }
    }

    /// <summary><c>sums[i] = Σₚ A[i, p]</c>, added to what is there where <paramref name="adds"/> says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<TSimd, TVector>(ref readonly float a, nuint aRow, ref float sums, int rows, nuint terms, bool adds)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int row = 0; row < rows; row += 4)
        {
            int left = rows - row;
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

            Store(TSimd.Sum4(s0, s1, s2, s3), ref Unsafe.Add(ref sums, row), left, adds);
        }
    }

    /// <summary>
    /// <c>sums[i] = Σₚ A[i, p]</c>, for <c>p</c> from first to last, going on from what is there where <paramref name="adds"/> says so. Slower, but where
    /// the terms cancel almost wholly, what is left is the rounding that plain loops have, whatever the vector width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRowsInOrder(ref readonly float a, nuint aRow, ref float sums, int rows, nuint terms, bool adds)
    {
        for (int row = 0; row < rows; row += 4)
        {
            // Rows beyond the last are the last once more, and are not stored: four sums do not wait for each other.
            int left = rows - row;
            ref float a0 = ref Unsafe.Add(ref Unsafe.AsRef(in a), (nuint)row * aRow);
            ref float a1 = ref Unsafe.Add(ref a0, left > 1 ? aRow : 0);
            ref float a2 = ref Unsafe.Add(ref a1, left > 2 ? aRow : 0);
            ref float a3 = ref Unsafe.Add(ref a2, left > 3 ? aRow : 0);
            ref float first = ref Unsafe.Add(ref sums, row);
            float s0 = adds ? first : 0f;
            float s1 = adds && left > 1 ? Unsafe.Add(ref first, 1) : 0f;
            float s2 = adds && left > 2 ? Unsafe.Add(ref first, 2) : 0f;
            float s3 = adds && left > 3 ? Unsafe.Add(ref first, 3) : 0f;

            for (nuint p = 0; p < terms; p++)
            {
                s0 += Unsafe.Add(ref a0, p);
                s1 += Unsafe.Add(ref a1, p);
                s2 += Unsafe.Add(ref a2, p);
                s3 += Unsafe.Add(ref a3, p);
            }

            Store(Vector128.Create(s0, s1, s2, s3), ref first, left, adds: false);
        }
    }

    /// <summary>The tiles of as many rows as the type says, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyRows<TRows, TSimd, TVector>(
        ref readonly float a, nuint aRow, ref readonly float b, nuint bRow, ref float c, nuint cRow, int columns, nuint terms, bool adds)
        where TRows : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Where there are few rows, the third and the fourth hold the sums of the next four columns.
        bool isWide = TRows.Value <= (TSimd.TileVectors == 4 ? 2 : 1);
        ref float a0 = ref Unsafe.AsRef(in a);
        ref float a1 = ref Unsafe.Add(ref a0, TRows.Value > 1 ? aRow : 0);
        ref float a2 = ref Unsafe.Add(ref a0, TRows.Value > 2 ? 2 * aRow : 0);
        ref float a3 = ref Unsafe.Add(ref a0, TRows.Value > 3 ? 3 * aRow : 0);

        for (int column = 0; column < columns; column += isWide ? 8 : 4)
        {
            int left = columns - column;
            ref float b0 = ref Unsafe.Add(ref Unsafe.AsRef(in b), (nuint)column * bRow);
            ref float b1 = ref Unsafe.Add(ref b0, left > 1 ? bRow : 0);
            ref float b2 = ref Unsafe.Add(ref b1, left > 2 ? bRow : 0);
            ref float b3 = ref Unsafe.Add(ref b2, left > 3 ? bRow : 0);
            ref float b4 = ref Unsafe.Add(ref b3, isWide && left > 4 ? bRow : 0);
            nuint bRow5 = left > 5 ? bRow : 0;
            nuint bRow6 = left > 6 ? bRow5 + bRow : bRow5;
            nuint bRow7 = left > 7 ? bRow6 + bRow : bRow6;

            TVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33;
            s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = s20 = s21 = s22 = s23 = s30 = s31 = s32 = s33 = TSimd.Create(0f);

            for (nuint p = 0; p < terms; p += (nuint)TSimd.Count)
            {
                TVector x0 = TSimd.Load(in a0, p);
                TVector x1 = TRows.Value > 1 ? TSimd.Load(in a1, p) : default;
                TVector x2 = TRows.Value > 2 ? TSimd.Load(in a2, p) : default;
                TVector x3 = TRows.Value > 3 ? TSimd.Load(in a3, p) : default;

                TVector y = TSimd.Load(in b0, p);
                s00 = TSimd.MultiplyAdd(x0, y, s00);
                s10 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s10) : s10;
                s20 = TRows.Value > 2 ? TSimd.MultiplyAdd(x2, y, s20) : s20;
                s30 = TRows.Value > 3 ? TSimd.MultiplyAdd(x3, y, s30) : s30;

                y = TSimd.Load(in b1, p);
                s01 = TSimd.MultiplyAdd(x0, y, s01);
                s11 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s11) : s11;
                s21 = TRows.Value > 2 ? TSimd.MultiplyAdd(x2, y, s21) : s21;
                s31 = TRows.Value > 3 ? TSimd.MultiplyAdd(x3, y, s31) : s31;

                y = TSimd.Load(in b2, p);
                s02 = TSimd.MultiplyAdd(x0, y, s02);
                s12 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s12) : s12;
                s22 = TRows.Value > 2 ? TSimd.MultiplyAdd(x2, y, s22) : s22;
                s32 = TRows.Value > 3 ? TSimd.MultiplyAdd(x3, y, s32) : s32;

                y = TSimd.Load(in b3, p);
                s03 = TSimd.MultiplyAdd(x0, y, s03);
                s13 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s13) : s13;
                s23 = TRows.Value > 2 ? TSimd.MultiplyAdd(x2, y, s23) : s23;
                s33 = TRows.Value > 3 ? TSimd.MultiplyAdd(x3, y, s33) : s33;

                if (isWide)
                {
                    y = TSimd.Load(in b4, p);
                    s20 = TSimd.MultiplyAdd(x0, y, s20);
                    s30 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s30) : s30;

                    y = TSimd.Load(in b4, p + bRow5);
                    s21 = TSimd.MultiplyAdd(x0, y, s21);
                    s31 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s31) : s31;

                    y = TSimd.Load(in b4, p + bRow6);
                    s22 = TSimd.MultiplyAdd(x0, y, s22);
                    s32 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s32) : s32;

                    y = TSimd.Load(in b4, p + bRow7);
                    s23 = TSimd.MultiplyAdd(x0, y, s23);
                    s33 = TRows.Value > 1 ? TSimd.MultiplyAdd(x1, y, s33) : s33;
                }
            }

            TSimd.Sum16(
                s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33,
                out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3);

            ref float tile = ref Unsafe.Add(ref c, column);
            Store(row0, ref tile, left, adds);

            if (TRows.Value > 1)
            {
                Store(row1, ref Unsafe.Add(ref tile, cRow), left, adds);
            }

            if (TRows.Value > 2)
            {
                Store(row2, ref Unsafe.Add(ref tile, 2 * cRow), left, adds);
            }

            if (TRows.Value > 3)
            {
                Store(row3, ref Unsafe.Add(ref tile, 3 * cRow), left, adds);
            }

            if (isWide && left > 4)
            {
                Store(row2, ref Unsafe.Add(ref tile, 4), left - 4, adds);
            }

            if (isWide && TRows.Value == 2 && left > 4)
            {
                Store(row3, ref Unsafe.Add(ref tile, cRow + 4), left - 4, adds);
            }
        }
    }

    /// <summary>Writes four sums, or as many as are left, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> sums, ref float destination, int left, bool adds)
    {
        if (left >= 4)
        {
            Simd128.Store(adds ? Simd128.Load(in destination, 0) + sums : sums, ref destination, 0);

            return;
        }

        for (int i = 0; i < left && adds; i++)
        {
            sums = sums.WithElement(i, Unsafe.Add(ref destination, i) + sums.GetElement(i));
        }

        Simd128.StorePart(sums, ref destination, 0, left);
    }
}
