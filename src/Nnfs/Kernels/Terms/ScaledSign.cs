using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary><c>factor · sign(x)</c>, where the sign of zero is zero; NaN stays NaN.</summary>
internal readonly struct ScaledSign(float factor) : ITermFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);

        // What is neither greater nor less than zero is zero or NaN, and that is its result.
        TVector ofNegative = TSimd.Select(TSimd.Greater(zero, x), TSimd.Create(-factor), x);

        return TSimd.Select(TSimd.Greater(x, zero), TSimd.Create(factor), ofNegative);
    }
}
