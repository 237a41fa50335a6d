using System.Runtime.CompilerServices;

namespace Nnfs.Simd;

/// <summary>
/// Passes over one row of floats: whole vectors first, then single floats for the rest, so that nothing after the row is
/// touched. The row may be anywhere in memory.
/// </summary>
internal static class RowMath
{
    /// <summary>The greatest element of a row that is not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<TSimd, TVector>(ref float row, nuint length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint i = 0;
        float max = float.NegativeInfinity;

        if (length >= width)
        {
            TVector maxima = TSimd.Load(in row, 0);

            for (i = width; i + width <= length; i += width)
            {
                maxima = TSimd.Max(maxima, TSimd.Load(in row, i));
            }

            max = TSimd.MaxOfLanes(maxima);
        }

        for (; i < length; i++)
        {
            max = SimdScalar.Max(max, Unsafe.Add(ref row, i));
        }

        return max;
    }

    /// <summary>
    /// <c>y[i] = x[i] / divisor</c>; <paramref name="y"/> may be <paramref name="x"/>. One rounding, where a product with the reciprocal has two.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Divide<TSimd, TVector>(ref float x, float divisor, ref float y, nuint length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint i = 0;

        for (; i + width <= length; i += width)
        {
            TSimd.Store(TSimd.Divide(TSimd.Load(in x, i), TSimd.Create(divisor)), ref y, i);
        }

        for (; i < length; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref x, i) / divisor;
        }
    }

    /// <summary><c>Σᵢ (max − x[i])</c>, where <paramref name="max"/> is the greatest of <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfDifferences<TSimd, TVector>(float max, ref float x, nuint length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint i = 0;
        TVector sums = TSimd.Create(0f);

        for (; i + width <= length; i += width)
        {
            sums = TSimd.Add(sums, TSimd.Subtract(TSimd.Create(max), TSimd.Load(in x, i)));
        }

        float sum = TSimd.Sum(sums);

        for (; i < length; i++)
        {
            sum += max - Unsafe.Add(ref x, i);
        }

        return sum;
    }

    /// <summary><c>y[i] = exp(x[i] − max)</c>, where <paramref name="max"/> is the greatest of <paramref name="x"/>.</summary>
    /// <returns>The sum of <paramref name="y"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpOfDifference<TSimd, TVector>(ref float x, float max, ref float y, nuint length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint i = 0;
        TVector sums = TSimd.Create(0f);

        for (; i + width <= length; i += width)
        {
            TVector exp = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, i), TSimd.Create(max)));
            TSimd.Store(exp, ref y, i);
            sums = TSimd.Add(sums, exp);
        }

        float sum = TSimd.Sum(sums);

        for (; i < length; i++)
        {
            float exp = Elementary.ExpOfNegative<SimdScalar, float>(Unsafe.Add(ref x, i) - max);
            Unsafe.Add(ref y, i) = exp;
            sum += exp;
        }

        return sum;
    }
}
