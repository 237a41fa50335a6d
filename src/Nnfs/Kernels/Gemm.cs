using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>What a matrix product does with the sums before and after it accumulates them.</summary>
internal interface IGemmForm
{
    /// <summary>Whether the sums start at the biases rather than at zero.</summary>
    static abstract bool AddsBiases { get; }

    /// <summary>Whether negative results become zero.</summary>
    static abstract bool Rectifies { get; }
}

/// <summary><c>C = A·B</c>.</summary>
internal readonly struct Product : IGemmForm
{
    public static bool AddsBiases => false;

    public static bool Rectifies => false;
}

/// <summary><c>C = A·B + b</c>.</summary>
internal readonly struct Affine : IGemmForm
{
    public static bool AddsBiases => true;

    public static bool Rectifies => false;
}

/// <summary><c>C = max(0, A·B + b)</c>.</summary>
internal readonly struct AffineReLU : IGemmForm
{
    public static bool AddsBiases => true;

    public static bool Rectifies => true;
}

/// <summary>
/// The matrix product under the dense layer: <c>C[i, j] = b[j] + Σₚ A[i, p] · B[p, j]</c>, for <c>p</c> from first to last.
/// Every element is the same chain of multiply-adds whatever tile it falls into, so that its bits depend neither on the
/// batch around it nor on the vector width.
/// </summary>
/// <remarks>
/// A is read element by element and may have any strides. A row of B is read in whole vectors: up to a vector's length
/// behind its last element must be readable, and what stands there is ignored. C is written exactly.
/// </remarks>
internal static class Gemm
{
    private const int TileRows = 6;

    /// <param name="a">A[0, 0]; A[i, p] stands at <c>i·aRow + p·aTerm</c>.</param>
    /// <param name="aRow">The distance between the rows of A.</param>
    /// <param name="aTerm">The distance between the columns of A.</param>
    /// <param name="b">B[0, 0]; B[p, j] stands at <c>p·bRow + j</c>.</param>
    /// <param name="bRow">The distance between the rows of B.</param>
    /// <param name="biases">What the sums start at, as long as a row of B; not read where the form adds none.</param>
    /// <param name="c">C[0, 0]; C[i, j] stands at <c>i·cRow + j</c>.</param>
    /// <param name="cRow">The distance between the rows of C.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="terms">The columns of A and rows of B.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TSimd, TVector, TForm>(
        ref readonly float a,
        nuint aRow,
        nuint aTerm,
        ref readonly float b,
        nuint bRow,
        ref readonly float biases,
        ref float c,
        nuint cRow,
        nuint rows,
        nuint columns,
        nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint row = 0;

        for (; row + TileRows <= rows; row += TileRows)
        {
            MultiplySixRows<TSimd, TVector, TForm>(
                in Unsafe.Add(ref Unsafe.AsRef(in a), row * aRow), aRow, aTerm, in b, bRow, in biases, ref Unsafe.Add(ref c, row * cRow), cRow, columns, terms);
        }

        for (; row < rows; row++)
        {
            MultiplyOneRow<TSimd, TVector, TForm>(
                in Unsafe.Add(ref Unsafe.AsRef(in a), row * aRow), aTerm, in b, bRow, in biases, ref Unsafe.Add(ref c, row * cRow), columns, terms);
        }
    }

    /// <summary>Six rows of C, in tiles of four vectors and then of one. Twenty-four sums fill the registers and hide the latency of multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplySixRows<TSimd, TVector, TForm>(
        ref readonly float a,
        nuint aRow,
        nuint aTerm,
        ref readonly float b,
        nuint bRow,
        ref readonly float biases,
        ref float c,
        nuint cRow,
        nuint columns,
        nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        nuint column = 0;

        for (; column + (4 * width) <= columns; column += 4 * width)
        {
            TVector s00, s10, s20, s30, s40, s50;
            TVector s01, s11, s21, s31, s41, s51;
            TVector s02, s12, s22, s32, s42, s52;
            TVector s03, s13, s23, s33, s43, s53;
            s00 = s10 = s20 = s30 = s40 = s50 = Start<TSimd, TVector, TForm>(in biases, column);
            s01 = s11 = s21 = s31 = s41 = s51 = Start<TSimd, TVector, TForm>(in biases, column + width);
            s02 = s12 = s22 = s32 = s42 = s52 = Start<TSimd, TVector, TForm>(in biases, column + (2 * width));
            s03 = s13 = s23 = s33 = s43 = s53 = Start<TSimd, TVector, TForm>(in biases, column + (3 * width));

            nuint aOffset = 0;
            nuint bOffset = column;

            for (nuint term = 0; term < terms; term++, aOffset += aTerm, bOffset += bRow)
            {
                TVector b0 = TSimd.Load(in b, bOffset);
                TVector b1 = TSimd.Load(in b, bOffset + width);
                TVector b2 = TSimd.Load(in b, bOffset + (2 * width));
                TVector b3 = TSimd.Load(in b, bOffset + (3 * width));

                TVector x = Broadcast<TSimd, TVector>(in a, aOffset);
                s00 = TSimd.MultiplyAdd(x, b0, s00);
                s01 = TSimd.MultiplyAdd(x, b1, s01);
                s02 = TSimd.MultiplyAdd(x, b2, s02);
                s03 = TSimd.MultiplyAdd(x, b3, s03);

                x = Broadcast<TSimd, TVector>(in a, aOffset + aRow);
                s10 = TSimd.MultiplyAdd(x, b0, s10);
                s11 = TSimd.MultiplyAdd(x, b1, s11);
                s12 = TSimd.MultiplyAdd(x, b2, s12);
                s13 = TSimd.MultiplyAdd(x, b3, s13);

                x = Broadcast<TSimd, TVector>(in a, aOffset + (2 * aRow));
                s20 = TSimd.MultiplyAdd(x, b0, s20);
                s21 = TSimd.MultiplyAdd(x, b1, s21);
                s22 = TSimd.MultiplyAdd(x, b2, s22);
                s23 = TSimd.MultiplyAdd(x, b3, s23);

                x = Broadcast<TSimd, TVector>(in a, aOffset + (3 * aRow));
                s30 = TSimd.MultiplyAdd(x, b0, s30);
                s31 = TSimd.MultiplyAdd(x, b1, s31);
                s32 = TSimd.MultiplyAdd(x, b2, s32);
                s33 = TSimd.MultiplyAdd(x, b3, s33);

                x = Broadcast<TSimd, TVector>(in a, aOffset + (4 * aRow));
                s40 = TSimd.MultiplyAdd(x, b0, s40);
                s41 = TSimd.MultiplyAdd(x, b1, s41);
                s42 = TSimd.MultiplyAdd(x, b2, s42);
                s43 = TSimd.MultiplyAdd(x, b3, s43);

                x = Broadcast<TSimd, TVector>(in a, aOffset + (5 * aRow));
                s50 = TSimd.MultiplyAdd(x, b0, s50);
                s51 = TSimd.MultiplyAdd(x, b1, s51);
                s52 = TSimd.MultiplyAdd(x, b2, s52);
                s53 = TSimd.MultiplyAdd(x, b3, s53);
            }

            StoreFour<TSimd, TVector, TForm>(s00, s01, s02, s03, ref c, column);
            StoreFour<TSimd, TVector, TForm>(s10, s11, s12, s13, ref c, column + cRow);
            StoreFour<TSimd, TVector, TForm>(s20, s21, s22, s23, ref c, column + (2 * cRow));
            StoreFour<TSimd, TVector, TForm>(s30, s31, s32, s33, ref c, column + (3 * cRow));
            StoreFour<TSimd, TVector, TForm>(s40, s41, s42, s43, ref c, column + (4 * cRow));
            StoreFour<TSimd, TVector, TForm>(s50, s51, s52, s53, ref c, column + (5 * cRow));
        }

        for (; column < columns; column += width)
        {
            TVector s0, s1, s2, s3, s4, s5;
            s0 = s1 = s2 = s3 = s4 = s5 = Start<TSimd, TVector, TForm>(in biases, column);

            nuint aOffset = 0;
            nuint bOffset = column;

            for (nuint term = 0; term < terms; term++, aOffset += aTerm, bOffset += bRow)
            {
                TVector b0 = TSimd.Load(in b, bOffset);
                s0 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset), b0, s0);
                s1 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset + aRow), b0, s1);
                s2 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset + (2 * aRow)), b0, s2);
                s3 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset + (3 * aRow)), b0, s3);
                s4 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset + (4 * aRow)), b0, s4);
                s5 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset + (5 * aRow)), b0, s5);
            }

            nuint left = columns - column;
            StoreUpTo<TSimd, TVector, TForm>(s0, ref c, column, left);
            StoreUpTo<TSimd, TVector, TForm>(s1, ref c, column + cRow, left);
            StoreUpTo<TSimd, TVector, TForm>(s2, ref c, column + (2 * cRow), left);
            StoreUpTo<TSimd, TVector, TForm>(s3, ref c, column + (3 * cRow), left);
            StoreUpTo<TSimd, TVector, TForm>(s4, ref c, column + (4 * cRow), left);
            StoreUpTo<TSimd, TVector, TForm>(s5, ref c, column + (5 * cRow), left);
        }
    }

    /// <summary>One row of C, in tiles of four vectors and then of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyOneRow<TSimd, TVector, TForm>(
        ref readonly float a,
        nuint aTerm,
        ref readonly float b,
        nuint bRow,
        ref readonly float biases,
        ref float c,
        nuint columns,
        nuint terms)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        nuint column = 0;

        for (; column + (4 * width) <= columns; column += 4 * width)
        {
            TVector s0 = Start<TSimd, TVector, TForm>(in biases, column);
            TVector s1 = Start<TSimd, TVector, TForm>(in biases, column + width);
            TVector s2 = Start<TSimd, TVector, TForm>(in biases, column + (2 * width));
            TVector s3 = Start<TSimd, TVector, TForm>(in biases, column + (3 * width));

            nuint aOffset = 0;
            nuint bOffset = column;

            for (nuint term = 0; term < terms; term++, aOffset += aTerm, bOffset += bRow)
            {
                TVector x = Broadcast<TSimd, TVector>(in a, aOffset);
                s0 = TSimd.MultiplyAdd(x, TSimd.Load(in b, bOffset), s0);
                s1 = TSimd.MultiplyAdd(x, TSimd.Load(in b, bOffset + width), s1);
                s2 = TSimd.MultiplyAdd(x, TSimd.Load(in b, bOffset + (2 * width)), s2);
                s3 = TSimd.MultiplyAdd(x, TSimd.Load(in b, bOffset + (3 * width)), s3);
            }

            StoreFour<TSimd, TVector, TForm>(s0, s1, s2, s3, ref c, column);
        }

        for (; column < columns; column += width)
        {
            TVector s0 = Start<TSimd, TVector, TForm>(in biases, column);
            nuint aOffset = 0;
            nuint bOffset = column;

            for (nuint term = 0; term < terms; term++, aOffset += aTerm, bOffset += bRow)
            {
                s0 = TSimd.MultiplyAdd(Broadcast<TSimd, TVector>(in a, aOffset), TSimd.Load(in b, bOffset), s0);
            }

            StoreUpTo<TSimd, TVector, TForm>(s0, ref c, column, columns - column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Broadcast<TSimd, TVector>(ref readonly float a, nuint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Create(Unsafe.Add(ref Unsafe.AsRef(in a), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TSimd, TVector, TForm>(ref readonly float biases, nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.AddsBiases ? TSimd.Load(in biases, column) : TSimd.Create(0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish<TSimd, TVector, TForm>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm =>
        TForm.Rectifies ? TSimd.Max(TSimd.Create(0f), sum) : sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour<TSimd, TVector, TForm>(TVector s0, TVector s1, TVector s2, TVector s3, ref float c, nuint offset)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        nuint width = (nuint)TSimd.Count;
        TSimd.Store(Finish<TSimd, TVector, TForm>(s0), ref c, offset);
        TSimd.Store(Finish<TSimd, TVector, TForm>(s1), ref c, offset + width);
        TSimd.Store(Finish<TSimd, TVector, TForm>(s2), ref c, offset + (2 * width));
        TSimd.Store(Finish<TSimd, TVector, TForm>(s3), ref c, offset + (3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpTo<TSimd, TVector, TForm>(TVector sum, ref float c, nuint offset, nuint left)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IGemmForm
    {
        sum = Finish<TSimd, TVector, TForm>(sum);

        if (left >= (nuint)TSimd.Count)
        {
            TSimd.Store(sum, ref c, offset);
        }
        else
        {
            TSimd.StorePart(sum, ref c, offset, (int)left);
        }
    }
}
