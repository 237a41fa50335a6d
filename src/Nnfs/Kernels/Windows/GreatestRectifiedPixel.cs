using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The greatest value of pixels that a ReLU gave, with a gradient that goes back through the ReLU: where the greatest is not positive, none of them is.
/// </summary>
internal readonly struct GreatestRectifiedPixel : IPooling
{
    public static bool TakesValues => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TSimd, TVector>(TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => GreatestPixel.Combine<TSimd, TVector>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Scale<TSimd, TVector>(TVector value, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Admit<TSimd, TVector>(TVector y, TVector dy)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.WhereGreater(y, TSimd.Create(0f), dy);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Share<TSimd, TVector>(TVector x, TVector y, ref TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => GreatestPixel.Share<TSimd, TVector>(x, y, ref rest);
}
