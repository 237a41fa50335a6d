using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary><c>x²</c>.</summary>
internal readonly struct Square : ITermFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Multiply(x, x);
}
