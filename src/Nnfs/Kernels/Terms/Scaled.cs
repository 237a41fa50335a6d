using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary><c>factor · x</c>.</summary>
internal readonly struct Scaled(float factor) : ITermFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Multiply(TSimd.Create(factor), x);
}
