using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The sum; each pixel gets its gradient.</summary>
internal readonly struct SumOfPixels : IPooling
{
    public static bool TakesValues => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TSimd, TVector>(TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Scale<TSimd, TVector>(TVector value, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Share<TSimd, TVector>(TVector x, TVector y, ref TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => rest;
}
