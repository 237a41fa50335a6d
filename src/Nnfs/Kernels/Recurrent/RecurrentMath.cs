using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// The functions of gates, and their derivatives from what the functions gave. A step waits for its gates, so these are quotients of polynomials, of which few
/// operations wait for each other: their error is small beside 1, but not beside a gate that is nearly closed.
/// </summary>
/// <remarks>
/// tanh x = x·P(x²)/Q(x²), with polynomials of degree 4 whose greatest relative error up to 9 is least, 2.1e-8, by iteratively reweighted least squares (Lawson
/// 1961); of the roundings of their coefficients those with the least error in floats. Each polynomial is summed in pairs (Estrin 1960).
/// </remarks>
internal static class RecurrentMath
{
    /// <summary>From here on tanh x is 1 in every bit that counts.</summary>
    private const float GreatestOfTanh = 9f;

    /// <summary><c>1 / (1 + e⁻ˣ)</c> as <c>½ + ½·tanh(x / 2)</c>, with an absolute error of at most 3e-7; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = TanhQuotient<TSimd, TVector>(x, factor: 0.5f, out TVector b);

        return TSimd.Add(TSimd.Create(0.5f), TSimd.Divide(a, b));
    }

    /// <summary><c>tanh x</c>, with an absolute error of at most 4e-7, and x itself where that is tiny; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = TanhQuotient<TSimd, TVector>(x, out TVector b);

        return TSimd.Divide(a, b);
    }

    /// <summary>The sigmoid of <see cref="Sigmoid"/> as a quotient of two numbers: gives the dividend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SigmoidQuotient<TSimd, TVector>(TVector x, out TVector divisor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = TanhQuotient<TSimd, TVector>(x, factor: 0.5f, out divisor);

        return TSimd.MultiplyAdd(TSimd.Create(0.5f), divisor, a);
    }

    /// <summary>The hyperbolic tangent of <see cref="Tanh"/> as a quotient of two numbers: gives the dividend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanhQuotient<TSimd, TVector>(TVector x, out TVector divisor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TanhQuotient<TSimd, TVector>(x, factor: 1f, out divisor);

    /// <summary><c>f·tanh(f·x)</c> as a quotient, with the factor f, a power of two, in the coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TanhQuotient<TSimd, TVector>(TVector x, float factor, out TVector divisor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float f2 = factor * factor;
        float f4 = f2 * f2;
        float f6 = f4 * f2;
        float f8 = f4 * f4;
        float greatest = GreatestOfTanh / factor;
        TVector bounded = TSimd.Max(TSimd.Create(-greatest), TSimd.Min(TSimd.Create(greatest), x));
        TVector u = TSimd.MultiplyAdd(bounded, bounded, TSimd.Create(Elementary.Little));
        TVector u2 = TSimd.Multiply(u, u);
        TVector p = TSimd.MultiplyAdd(TSimd.Create(2.066126217e-5f * f8), u, TSimd.Create(3.49899684e-3f * f6));
        TVector q = TSimd.MultiplyAdd(TSimd.Create(3.291039611e-4f * f6), u, TSimd.Create(2.589020878e-2f * f4));
        p = TSimd.MultiplyAdd(TSimd.Create(1.341981726e-8f * f8 * f2), u2, p);
        q = TSimd.MultiplyAdd(TSimd.Create(7.804730444e-7f * f8), u2, q);
        p = TSimd.MultiplyAdd(p, u2, TSimd.MultiplyAdd(TSimd.Create(0.1338398308f * f4), u, TSimd.Create(f2)));
        divisor = TSimd.MultiplyAdd(q, u2, TSimd.MultiplyAdd(TSimd.Create(0.4671730995f * f2), u, TSimd.Create(1f)));

        return TSimd.Multiply(bounded, p);
    }

    /// <summary><c>y · (1 − y)</c>, the derivative of the sigmoid that gave y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfSigmoid<TSimd, TVector>(TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Multiply(y, TSimd.Subtract(TSimd.Create(1f), y));

    /// <summary><c>(1 − y) · (1 + y)</c>, the derivative of the hyperbolic tangent that gave y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfTanh<TSimd, TVector>(TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Multiply(TSimd.Subtract(TSimd.Create(1f), y), TSimd.Add(TSimd.Create(1f), y));
}
