using System.Runtime.CompilerServices;

namespace Nnfs.Simd;

/// <summary>Elementary functions in vector registers.</summary>
internal static class Elementary
{
    /// <summary>
    /// Below this the exponential counts as zero, so that a probability, which is an exponential divided by a sum of at most
    /// 2³¹ others, is never a denormal number: those cost a hundred times as much to compute with. e⁻⁶⁴ ≈ 1.6e-28.
    /// </summary>
    public const float SmallestExponent = -64f;

    /// <summary>1.5·2²³: floats about it are whole numbers, and the lowest bits of one are its distance from here.</summary>
    internal const float RoundingShift = 12582912f;

    /// <summary>A whole number below every <c>x / ln 2</c> that counts.</summary>
    private const float SmallestPower = -93f;

    /// <summary>
    /// <c>eˣ</c> for x ≤ 0, with <see cref="SmallestExponent"/> as the lower bound below which it is zero; NaN gives NaN. The error is at most 2 ULP.
    /// </summary>
    /// <remarks>
    /// x = n·ln 2 + r with |r| ≤ ln 2 / 2, so eˣ = 2ⁿ·eʳ. The subtraction of n·ln 2 is in two steps, of which the first is
    /// exact (Cody and Waite 1980); eʳ is a polynomial of degree 6 (the coefficients are those of Cephes' expf, S. Moshier),
    /// summed in pairs, so that few operations wait for each other (Estrin 1960).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector smallest = TSimd.Create(SmallestExponent);

        // Beside 1.5·2²³ a float has no room for fractions, so the sum is rounded to a whole number, which its lowest bits hold.
        TVector shift = TSimd.Create(RoundingShift);
        TVector shifted = TSimd.MultiplyAdd(x, TSimd.Create(1.44269504088896341f), shift);
        TVector n = TSimd.Subtract(shifted, shift);
        TVector r = TSimd.MultiplyAdd(n, TSimd.Create(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Create(2.12194440e-4f), r);

        TVector square = TSimd.Multiply(r, r);
        TVector p = TSimd.MultiplyAdd(TSimd.Create(1.9875691500e-4f), r, TSimd.Create(1.3981999507e-3f));
        p = TSimd.MultiplyAdd(p, square, TSimd.MultiplyAdd(TSimd.Create(8.3334519073e-3f), r, TSimd.Create(4.1665795894e-2f)));
        p = TSimd.MultiplyAdd(p, square, TSimd.MultiplyAdd(TSimd.Create(1.6666665459e-1f), r, TSimd.Create(5.0000001201e-1f)));
        p = TSimd.MultiplyAdd(p, square, r);
        p = TSimd.Add(p, TSimd.Create(1f));

        // What is too small is replaced by zero in the end; until then 2ⁿ must not fall so low that the product is denormal.
        TVector power = TSimd.PowerOfTwo(TSimd.Max(TSimd.Create(RoundingShift + SmallestPower), shifted));

        return TSimd.WhereNotLess(x, smallest, TSimd.Multiply(p, power));
    }

    /// <summary><c>ln x</c> for normal x &gt; 0. The error is at most 2.5 ULP, and ln 1 is 0. Of anything else, NaN included, the result is a number without meaning.</summary>
    /// <remarks>
    /// x = m·2ᵉ with m from √½ to √2, so ln x = e·ln 2 + ln(1 + f) with f = m − 1. ln(1 + f) = f − f²/2 + f³·P(f); the coefficients are
    /// those of Cephes' logf (S. Moshier). The product with ln 2 is in two parts, of which the first is exact.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector f = TSimd.Subtract(TSimd.Decompose(x, out TVector e), TSimd.Create(1f));
        TVector square = TSimd.Multiply(f, f);

        TVector p = TSimd.Create(7.0376836292e-2f);
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-1.1514610310e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(1.1676998740e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-1.2420140846e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(1.4249322787e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-1.6668057665e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(2.0000714765e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(-2.4999993993e-1f));
        p = TSimd.MultiplyAdd(p, f, TSimd.Create(3.3333331174e-1f));
        p = TSimd.Multiply(TSimd.Multiply(p, f), square);

        p = TSimd.MultiplyAdd(e, TSimd.Create(-2.12194440e-4f), p);
        p = TSimd.MultiplyAdd(square, TSimd.Create(-0.5f), p);

        return TSimd.MultiplyAdd(e, TSimd.Create(0.693359375f), TSimd.Add(f, p));
    }
}
