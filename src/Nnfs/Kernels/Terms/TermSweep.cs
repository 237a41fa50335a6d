using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>
/// Passes over terms. Each is computed once, and neither a term nor the order of a sum depends on the width of the machine's vectors.
/// </summary>
internal static class TermSweep
{
    /// <summary>The lanes of the widest vectors. Narrower ones take them in several steps.</summary>
    private const int Columns = 16;

    /// <summary>How many terms of a column are added in float32 before they go to float64: few enough that their sum is off by at most 4.2e-7 of it.</summary>
    private const int Rows = 8;

    /// <summary>
    /// What the terms are divided by while they are added in float32, so that no sum of finite terms is infinite. As a power of two it takes no digits.
    /// </summary>
    private const float Share = 16f;

    /// <summary>The mean of the terms.</summary>
    public static float Mean<TTerms>(TTerms terms, int length)
        where TTerms : struct, ITerms, allows ref struct =>
        (float)(Sum(terms, length) / length);

    /// <summary>The sum of the terms, off by at most 4.2e-7 of the sum of their magnitudes.</summary>
    public static double Sum<TTerms>(TTerms terms, int length)
        where TTerms : struct, ITerms, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Sum<TTerms, Simd512, Vector512<float>>(terms, (nuint)length);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Sum<TTerms, Simd256, Vector256<float>>(terms, (nuint)length);
        }

        return Sum<TTerms, Simd128, Vector128<float>>(terms, (nuint)length);
    }

    /// <summary>Writes each term to its place.</summary>
    public static void Store<TTerms>(TTerms terms, Span<float> destination)
        where TTerms : struct, ITerms, allows ref struct
    {
        ref float destination0 = ref MemoryMarshal.GetReference(destination);
        nuint length = (nuint)destination.Length;

        if (Vector512.IsHardwareAccelerated)
        {
            Store<TTerms, Simd512, Vector512<float>>(terms, ref destination0, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Store<TTerms, Simd256, Vector256<float>>(terms, ref destination0, length);
        }
        else
        {
            Store<TTerms, Simd128, Vector128<float>>(terms, ref destination0, length);
        }
    }

    /// <summary>The sum by vectors of this width.</summary>
    /// <remarks>
    /// The terms are a matrix of sixteen columns, row after row. Eight rows at a time, each column is added up in float32; that goes to
    /// the column's sum in float64, and at the end the columns are added from left to right.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Sum<TTerms, TSimd, TVector>(TTerms terms, nuint length)
        where TTerms : struct, ITerms, allows ref struct
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<double> sums = stackalloc double[Columns];
        sums.Clear();

        ref double sums0 = ref MemoryMarshal.GetReference(sums);
        nuint whole = length - (length % Columns);

        for (nuint start = 0; start < whole; start += Rows * Columns)
        {
            nuint end = nuint.Min(start + (Rows * Columns), whole);

            for (nuint column = 0; column < Columns; column += (nuint)TSimd.Count)
            {
                TVector sum = TSimd.Create(0f);

                for (nuint i = start + column; i < end; i += Columns)
                {
                    sum = TSimd.MultiplyAdd(terms.At<TSimd, TVector>(i), TSimd.Create(1f / Share), sum);
                }

                TSimd.Accumulate(sum, ref sums0, column);
            }
        }

        // The last row, if it is not a whole one.
        for (nuint i = whole; i < length; i++)
        {
            sums[(int)(i - whole)] += terms.At<SimdScalar, float>(i) / Share;
        }

        double total = 0;

        foreach (double sum in sums)
        {
            total += sum;
        }

        return total * Share;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<TTerms, TSimd, TVector>(TTerms terms, ref float destination, nuint length)
        where TTerms : struct, ITerms, allows ref struct
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint i = 0;

        for (; i + (nuint)TSimd.Count <= length; i += (nuint)TSimd.Count)
        {
            TSimd.Store(terms.At<TSimd, TVector>(i), ref destination, i);
        }

        for (; i < length; i++)
        {
            Unsafe.Add(ref destination, i) = terms.At<SimdScalar, float>(i);
        }
    }
}
