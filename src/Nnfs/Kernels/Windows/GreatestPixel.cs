using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The greatest value; its gradient goes to the first pixel that has it.</summary>
internal readonly struct GreatestPixel : IPooling
{
    public static bool TakesValues => true;

    /// <summary>A NaN is greater than any number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TSimd, TVector>(TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Of single floats, a comparison would be a branch that nobody can predict.
        if (typeof(TVector) == typeof(float))
        {
            return (TVector)(object)MathF.Max((float)(object)x, (float)(object)y);
        }

        return TSimd.Select(TSimd.Equal(x, x), TSimd.Max(x, y), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Scale<TSimd, TVector>(TVector value, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => value;

    /// <summary>The first pixel that is not less takes all. No number is less than a NaN, so that the gradient of one goes to the first pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Share<TSimd, TVector>(TVector x, TVector y, ref TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector share = TSimd.WhereNotLess(x, y, rest);
        rest = TSimd.WhereGreater(y, x, rest);

        return share;
    }
}
