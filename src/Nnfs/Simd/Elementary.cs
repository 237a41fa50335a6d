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

    /// <summary>What is added to a square so that it is never a denormal number; where the square counts, it changes nothing.</summary>
    public const float Little = 1e-30f;

    /// <summary>From here on tanh x is 1 in every bit.</summary>
    private const float GreatestOfTanh = 9.1f;

    /// <summary>From here on the share of a normal distribution that lies beyond, 1.8e-33, is as good as none.</summary>
    private const float GreatestOfNormal = 12f;

    /// <summary><c>1 / √(2π)</c>.</summary>
    private const float InverseRootOf2Pi = 0.398942280401432678f;

    /// <summary>1.5·2²³: floats about it are whole numbers, and the lowest bits of one are its distance from here.</summary>
    internal const float RoundingShift = 12582912f;

    /// <summary>
    /// <c>eˣ</c> for x ≤ 0, with <see cref="SmallestExponent"/> as the lower bound below which it is zero; NaN gives NaN. The error is at most 2 ULP.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector p = ExpMinus1OfRest<TSimd, TVector>(x, out TVector shifted);
        TVector scale = TSimd.Scale(TSimd.Create(1f), shifted);

        // Below the bound the power of two may be out of range: what comes of it is replaced by zero.
        return TSimd.WhereNotLess(x, TSimd.Create(SmallestExponent), TSimd.MultiplyAdd(p, scale, scale));
    }

    /// <summary><c>eˣ − 1</c> for x ≤ 0, accurate near zero too, and 0 for greater x; NaN gives NaN. The error is at most 2 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinus1OfNegative<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Long before the lower bound the result is −1.
        TVector bounded = TSimd.Max(TSimd.Create(SmallestExponent), TSimd.Min(TSimd.Create(0f), x));
        TVector p = ExpMinus1OfRest<TSimd, TVector>(bounded, out TVector shifted);
        TVector scale = TSimd.Scale(TSimd.Create(1f), shifted);

        return TSimd.MultiplyAdd(p, scale, TSimd.Subtract(scale, TSimd.Create(1f)));
    }

    /// <summary>
    /// <c>s = 1 / (1 + e⁻ˣ)</c>. The error is at most 3 ULP; below −64, where it is less than 1.7e-28, it is as at −64, so that no product with it is a
    /// denormal number. NaN gives NaN.
    /// </summary>
    /// <remarks>With eˣ = a / b it is a / (a + b): one division, and the sign of x does not matter.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = ExpQuotient<TSimd, TVector>(Bounded<TSimd, TVector>(x), out TVector b);

        return TSimd.Divide(a, TSimd.Add(a, b));
    }

    /// <summary><c>s = 1 / (1 + e⁻ˣ)</c> and <c>1 − s</c>, without the difference; the errors are at most 4 ULP, and the bounds those of s alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x, out TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = ExpQuotient<TSimd, TVector>(Bounded<TSimd, TVector>(x), out TVector b);
        TVector inverse = TSimd.Divide(TSimd.Create(1f), TSimd.Add(a, b));
        rest = TSimd.Multiply(b, inverse);

        return TSimd.Multiply(a, inverse);
    }

    /// <summary><c>tanh x</c>. The error is at most 3 ULP; it is odd, at most 1, and x itself where that is tiny; of −0 it is 0. NaN gives NaN.</summary>
    /// <remarks>With e²ˣ = 2ⁿ·(1 + t) / (1 − t) it is ((2ⁿ − 1) + t·(2ⁿ + 1)) / ((2ⁿ + 1) + t·(2ⁿ − 1)), which loses no digits where |x| is small.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector bounded = TSimd.Max(TSimd.Create(-GreatestOfTanh), TSimd.Min(TSimd.Create(GreatestOfTanh), x));
        TVector t = TanhOfHalfRest<TSimd, TVector>(bounded, factor: 2f, out TVector shifted);
        TVector scale = TSimd.Scale(one, shifted);
        TVector less = TSimd.Subtract(scale, one);
        TVector more = TSimd.Add(scale, one);

        return TSimd.Divide(TSimd.MultiplyAdd(t, more, less), TSimd.MultiplyAdd(t, less, more));
    }

    /// <summary>
    /// <c>x·Φ(x)</c> with the share <c>Φ(x) = ½·(1 + erf(x / √2))</c> of a normal distribution that lies below x. NaN gives NaN.
    /// </summary>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative"><c>Φ(x) + x·φ(x)</c>, with the density <c>φ(x) = e^(−x²/2) / √(2π)</c>.</param>
    /// <remarks>
    /// Φ(−|x|) = e^(−x²/2)·P(|x|)/Q(|x|), with polynomials of degrees 3 and 4 whose greatest relative error up to 5 is least, 4e-8 (beyond, the absolute error
    /// counts), by iteratively reweighted least squares (Lawson 1961) in 30 digits. With e^(−x²/2) = a / b all of it is one division.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalProduct<TSimd, TVector>(TVector x, out TVector derivative)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector half = TSimd.Create(0.5f);
        TVector magnitude = TSimd.Min(TSimd.Create(GreatestOfNormal), TSimd.Abs(x));
        TVector square = TSimd.MultiplyAdd(magnitude, magnitude, TSimd.Create(Little));
        TVector a = ExpQuotient<TSimd, TVector>(TSimd.Multiply(TSimd.Create(-0.5f), square), out TVector b);

        TVector p = TSimd.MultiplyAdd(TSimd.Create(1.29599363610e-2f), magnitude, TSimd.Create(1.01346456173e-1f));
        TVector q = TSimd.MultiplyAdd(TSimd.Create(3.25123462854e-2f), magnitude, TSimd.Create(2.53372957060e-1f));
        p = TSimd.MultiplyAdd(p, magnitude, TSimd.Create(3.28555509250e-1f));
        q = TSimd.MultiplyAdd(q, magnitude, TSimd.Create(8.63632581762e-1f));
        p = TSimd.MultiplyAdd(p, magnitude, half);
        q = TSimd.MultiplyAdd(q, magnitude, TSimd.Create(1.45499328312f));
        q = TSimd.MultiplyAdd(q, magnitude, TSimd.Create(1f));
        TVector scaled = TSimd.Divide(a, TSimd.Multiply(b, q));

        // Φ(−|x|) − |x|·φ(x), which is the derivative where x is negative; where it is positive they add up to 1.
        TVector outer = TSimd.Multiply(scaled, TSimd.MultiplyAdd(TSimd.Multiply(magnitude, TSimd.Create(-InverseRootOf2Pi)), q, p));
        derivative = TSimd.Add(half, TSimd.CopySign(TSimd.Subtract(half, outer), x));

        // |x|·Φ(−|x|) is what is missing from max(0, x), on both sides.
        return TSimd.Subtract(TSimd.Max(TSimd.Create(0f), x), TSimd.Multiply(magnitude, TSimd.Multiply(scaled, p)));
    }

    /// <summary>
    /// <c>ln(1 + eˣ)</c>. The error is at most 4 ULP; below −64, where it is less than 1.7e-28, it is as at −64, so that no product with it is a denormal
    /// number. NaN gives NaN.
    /// </summary>
    /// <remarks>max(x, 0) + ln(1 + e^−|x|), which does not overflow. With e^−|x| = a / b its logarithm is computed of the quotient a / (2b + a).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);
        TVector bounded = TSimd.Max(TSimd.Create(SmallestExponent), TSimd.Subtract(zero, TSimd.Abs(x)));
        TVector a = ExpQuotient<TSimd, TVector>(bounded, out TVector b);
        TVector quotient = TSimd.Divide(a, TSimd.MultiplyAdd(TSimd.Create(2f), b, a));

        return TSimd.Add(TSimd.Max(zero, x), LogOfQuotient<TSimd, TVector>(quotient));
    }

    /// <summary><c>ln(1 + x)</c> for −½ ≤ x ≤ 1, to the precision of x where that is small; NaN gives NaN. The error is at most 3 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOfOnePlus<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        LogOfQuotient<TSimd, TVector>(TSimd.Divide(x, TSimd.Add(x, TSimd.Create(2f))));

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

    /// <summary><c>ln(1 + x)</c>, given <c>z = x / (2 + x)</c> from −⅓ to ⅓.</summary>
    /// <remarks>
    /// That is ln((1 + z) / (1 − z)) = 2·artanh z: an odd polynomial of degree 9 that begins with 2z and whose greatest relative error is least, 5e-9, by
    /// iteratively reweighted least squares (Lawson 1961).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOfQuotient<TSimd, TVector>(TVector z)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector square = TSimd.MultiplyAdd(z, z, TSimd.Create(Little));
        TVector p = TSimd.MultiplyAdd(TSimd.Create(2.80187471092e-1f), square, TSimd.Create(2.80005423477e-1f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Create(4.00215969739e-1f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Create(6.66664152219e-1f));

        return TSimd.Multiply(z, TSimd.MultiplyAdd(p, square, TSimd.Create(2f)));
    }

    /// <summary>x, or the nearest number from <see cref="SmallestExponent"/> to its opposite; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bounded<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Max(TSimd.Create(SmallestExponent), TSimd.Min(TSimd.Create(-SmallestExponent), x));

    /// <summary><c>eˣ = a / b</c> for x from −87 to 87, with b about 1; gives a. NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpQuotient<TSimd, TVector>(TVector x, out TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector one = TSimd.Create(1f);
        TVector t = TanhOfHalfRest<TSimd, TVector>(x, factor: 1f, out TVector shifted);
        b = TSimd.Subtract(one, t);

        return TSimd.Scale(TSimd.Add(one, t), shifted);
    }

    /// <summary>
    /// <c>t = tanh(r / 2)</c> of the rest r in x times the factor, n·ln 2 + r, whose exponential is 2ⁿ·(1 + t) / (1 − t); n is given as its sum with
    /// <see cref="RoundingShift"/>. The factor, 1 or 2, is in the constants.
    /// </summary>
    /// <remarks>
    /// An odd polynomial of degree 5 that begins with r / 2 and whose greatest relative error is least, 6e-8, by iteratively reweighted least squares (Lawson
    /// 1961).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TanhOfHalfRest<TSimd, TVector>(TVector x, float factor, out TVector shifted)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // The hyperbolic tangent is of r / 2, which is this times y.
        float half = 0.5f * factor;
        TVector y = RestOfPower<TSimd, TVector>(x, factor, out shifted);
        TVector square = TSimd.MultiplyAdd(y, y, TSimd.Create(Little));
        TVector p = TSimd.MultiplyAdd(
            TSimd.Create(0.131102336599f * half * half * half * half * half), square, TSimd.Create(-0.333312647846f * half * half * half));

        return TSimd.Multiply(y, TSimd.MultiplyAdd(p, square, TSimd.Create(half)));
    }

    /// <summary><c>eʳ − 1</c> of the rest r in x = n·ln 2 + r, so that eˣ = 2ⁿ·eʳ; n is given as its sum with <see cref="RoundingShift"/>.</summary>
    /// <remarks>
    /// A polynomial of degree 6 that begins with r and whose greatest error relative to eʳ is least, 3e-9 (by Remez' algorithm); it is summed in pairs, so that
    /// few operations wait for each other (Estrin 1960).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinus1OfRest<TSimd, TVector>(TVector x, out TVector shifted)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector r = RestOfPower<TSimd, TVector>(x, factor: 1f, out shifted);
        TVector square = TSimd.Multiply(r, r);
        TVector p = TSimd.MultiplyAdd(TSimd.Create(8.36874462365e-3f), r, TSimd.Create(4.16683908812e-2f));
        p = TSimd.MultiplyAdd(TSimd.Create(1.38145293696e-3f), square, p);
        p = TSimd.MultiplyAdd(p, square, TSimd.MultiplyAdd(TSimd.Create(1.6666520406e-1f), r, TSimd.Create(4.99999934326e-1f)));

        return TSimd.MultiplyAdd(p, square, r);
    }

    /// <summary>
    /// The rest <c>r</c> in x times the factor, n·ln 2 + r, with |r| ≤ ln 2 / 2, divided by the factor; n is given as its sum with <see cref="RoundingShift"/>.
    /// The subtraction of n·ln 2 is in two steps, of which the first is exact (Cody and Waite 1980).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RestOfPower<TSimd, TVector>(TVector x, float factor, out TVector shifted)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Beside 1.5·2²³ a float has no room for fractions, so the sum is rounded to a whole number, which its lowest bits hold.
        TVector shift = TSimd.Create(RoundingShift);
        shifted = TSimd.MultiplyAdd(x, TSimd.Create(1.44269504088896341f * factor), shift);
        TVector n = TSimd.Subtract(shifted, shift);
        TVector r = TSimd.MultiplyAdd(n, TSimd.Create(-0.693115234375f / factor), x);

        return TSimd.MultiplyAdd(n, TSimd.Create(-3.19461849453e-5f / factor), r);
    }
}
