using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// The derivatives of the functions of gates, from what the functions gave. As products they keep their digits where a gate is nearly closed or open.
/// </summary>
internal static class RecurrentMath
{
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
