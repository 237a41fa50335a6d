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

    /// <summary>Where <c>eˣ</c> comes down to the least normal number, 2⁻¹²⁶ ≈ 1.2e-38.</summary>
    private const float SmallestNormalExponent = -87.33f;

    /// <summary>2⁻²⁸: nearer to zero, eˣ is 1 and tanh x is x in every bit, and x² might be a denormal number.</summary>
    private const float Tiny = 3.7252903e-9f;

    /// <summary>1.5·2²³: floats about it are whole numbers, and the lowest bits of one are its distance from here.</summary>
    internal const float RoundingShift = 12582912f;

    /// <summary>
    /// <c>eˣ</c> for x ≤ 0, with <see cref="SmallestExponent"/> as the lower bound below which it is zero; NaN gives NaN. The error is at most 2 ULP.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        ExpOfNegative<TSimd, TVector>(x, SmallestExponent);

    /// <summary><c>eˣ − 1</c> for x ≤ 0, accurate near zero too, and x itself for greater x; NaN gives NaN. The error is at most 1 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinus1OfNegative<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector greatest = TSimd.Create(-Tiny);

        return TSimd.Select(TSimd.Greater(greatest, x), ExpMinus1<TSimd, TVector>(TSimd.Min(greatest, x)), x);
    }

    /// <summary><c>1 / (1 + e⁻ˣ)</c>. The error is at most 3 ULP; below −87.33, where it is less than 1.2e-38, it is zero. NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector exp = ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Create(0f), Magnitude<TSimd, TVector>(x)), SmallestNormalExponent);

        return TSimd.Divide(TSimd.Select(TSimd.Greater(TSimd.Create(0f), x), exp, one), TSimd.Add(one, exp));
    }

    /// <summary>
    /// <c>s = 1 / (1 + e⁻ˣ)</c> with its derivative, <c>s · (1 − s)</c>, without the difference. Both count as zero where they are below e⁻⁶⁴; NaN gives NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x, out TVector derivative)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector exp = ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Create(0f), Magnitude<TSimd, TVector>(x)));
        TVector greater = TSimd.Divide(TSimd.Create(1f), TSimd.Add(TSimd.Create(1f), exp));
        TVector less = TSimd.Multiply(exp, greater);
        derivative = TSimd.Multiply(less, greater);

        return TSimd.Select(TSimd.Greater(TSimd.Create(0f), x), less, greater);
    }

    /// <summary><c>tanh x</c>. The error is at most 3 ULP; the sign is that of x, and nearer to zero than 2⁻²⁸ tanh x is x. NaN gives NaN.</summary>
    /// <remarks>tanh |x| = −t / (2 + t) with t = e^(−2|x|) − 1, which loses no digits where |x| is small.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector t = ExpMinus1<TSimd, TVector>(TSimd.Multiply(TSimd.Create(-2f), Magnitude<TSimd, TVector>(x)));
        TVector tanh = TSimd.CopySign(TSimd.Divide(t, TSimd.Add(TSimd.Create(2f), t)), x);

        return TSimd.Select(TSimd.Greater(TSimd.Abs(x), TSimd.Create(Tiny)), tanh, x);
    }

    /// <summary>
    /// The share <c>Φ(x) = ½·(1 + erf(x / √2))</c> of a normal distribution that lies below x, with <c>exp = e^(−x²/2)</c>. NaN gives NaN.
    /// </summary>
    /// <remarks>
    /// Φ(−|x|) = e^(−x²/2)·R(|x|). R falls like 1/|x|, so with t = 3.75 / (|x| + 3.75) it is t·P(1 − 2t); P is the polynomial of degree 8 whose
    /// greatest relative error from 0 to 11.4 is least (by Remez' algorithm): 5e-8 with the coefficients rounded. Beyond, the exponential is zero.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalShare<TSimd, TVector>(TVector x, out TVector exp)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector magnitude = Magnitude<TSimd, TVector>(x);
        exp = ExpOfNegative<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(TSimd.Create(-0.5f), magnitude), magnitude));
        TVector t = TSimd.Divide(TSimd.Create(3.75f), TSimd.Add(magnitude, TSimd.Create(3.75f)));
        TVector s = TSimd.MultiplyAdd(t, TSimd.Create(-2f), TSimd.Create(1f));

        TVector p = TSimd.Create(1.1775422172e-4f);
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(1.3473366562e-4f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(-1.1124189477e-3f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(3.2023471431e-4f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(9.9982619286e-3f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(-4.0405541658e-2f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(9.4117209315e-2f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(-1.5685020387e-1f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Create(2.0007841289e-1f));

        TVector outer = TSimd.Multiply(exp, TSimd.Multiply(t, p));

        return TSimd.Select(TSimd.Greater(TSimd.Create(0f), x), outer, TSimd.Subtract(TSimd.Create(1f), outer));
    }

    /// <summary><c>ln(1 + x)</c> for −½ ≤ x ≤ 1, to the precision of x where that is small; NaN gives NaN. The error is at most 3 ULP.</summary>
    /// <remarks>
    /// 1 + x is rounded to w, and what is lost by that is known exactly: ln(1 + x) = ln w + ln(1 + lost/w) ≈ ln w + lost · (1 − x). The
    /// quotient is as near as it need be, for it is below one unit in the last place, and right where x is small and nothing else counts.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOfOnePlus<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector w = TSimd.Add(one, x);
        TVector lost = TSimd.Subtract(x, TSimd.Subtract(w, one));

        return TSimd.MultiplyAdd(lost, TSimd.Subtract(one, x), Log<TSimd, TVector>(w));
    }

    /// <summary>
    /// <c>ln x</c> for normal x &gt; 0. The error is at most 2.5 ULP, and ln 1 is 0. Of anything else, NaN included, the result is a number without meaning.
    /// </summary>
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

    /// <summary><c>|x|</c>, or 2⁻²⁸ where that is less, so that its square is not a denormal number; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Magnitude<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Max(TSimd.Create(Tiny), TSimd.Abs(x));

    /// <summary><c>eˣ − 1</c> for x ≤ −2⁻²⁸; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinus1<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Long before the bound the result is −1.
        TVector p = ExpMinus1OfRest<TSimd, TVector>(TSimd.Max(TSimd.Create(SmallestExponent), x), out TVector shifted);
        TVector scale = TSimd.PowerOfTwo(shifted);

        return TSimd.MultiplyAdd(p, scale, TSimd.Subtract(scale, TSimd.Create(1f)));
    }

    /// <summary><c>eˣ</c> for x ≤ 0, zero below <paramref name="smallest"/>, which is at least <see cref="SmallestNormalExponent"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpOfNegative<TSimd, TVector>(TVector x, float smallest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector p = ExpMinus1OfRest<TSimd, TVector>(x, out TVector shifted);
        p = TSimd.Add(p, TSimd.Create(1f));

        // What is too small is replaced by zero in the end; until then 2ⁿ must not fall so low that the product is denormal.
        float smallestPower = smallest == SmallestExponent ? -93f : -126f;
        TVector power = TSimd.PowerOfTwo(TSimd.Max(TSimd.Create(RoundingShift + smallestPower), shifted));

        return TSimd.WhereNotLess(x, TSimd.Create(smallest), TSimd.Multiply(p, power));
    }

    /// <summary>
    /// <c>eʳ − 1</c> of the rest in x = n·ln 2 + r with |r| ≤ ln 2 / 2, so that eˣ = 2ⁿ·eʳ; n is given as its sum with <see cref="RoundingShift"/>.
    /// </summary>
    /// <remarks>
    /// The subtraction of n·ln 2 is in two steps, of which the first is exact (Cody and Waite 1980); eʳ − 1 is a polynomial of degree 7
    /// without a constant (the coefficients are those of Cephes' expf, S. Moshier), summed in pairs, so that few operations wait for each
    /// other (Estrin 1960).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinus1OfRest<TSimd, TVector>(TVector x, out TVector shifted)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Beside 1.5·2²³ a float has no room for fractions, so the sum is rounded to a whole number, which its lowest bits hold.
        TVector shift = TSimd.Create(RoundingShift);
        shifted = TSimd.MultiplyAdd(x, TSimd.Create(1.44269504088896341f), shift);
        TVector n = TSimd.Subtract(shifted, shift);
        TVector r = TSimd.MultiplyAdd(n, TSimd.Create(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Create(2.12194440e-4f), r);

        TVector square = TSimd.Multiply(r, r);
        TVector p = TSimd.MultiplyAdd(TSimd.Create(1.9875691500e-4f), r, TSimd.Create(1.3981999507e-3f));
        p = TSimd.MultiplyAdd(p, square, TSimd.MultiplyAdd(TSimd.Create(8.3334519073e-3f), r, TSimd.Create(4.1665795894e-2f)));
        p = TSimd.MultiplyAdd(p, square, TSimd.MultiplyAdd(TSimd.Create(1.6666665459e-1f), r, TSimd.Create(5.0000001201e-1f)));

        return TSimd.MultiplyAdd(p, square, r);
    }
}
