using System.Runtime.Intrinsics;

namespace Nnfs.Simd;

/// <summary>Vectors of 256 bits: 8 whole numbers.</summary>
internal readonly struct SimdInteger256 : ISimdInteger<Vector256<float>, Vector256<uint>>
{
    public static Vector256<uint> Sequence => Vector256.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u);

    public static Vector256<uint> Create(uint value) => Vector256.Create(value);

    public static Vector256<uint> Add(Vector256<uint> x, Vector256<uint> y) => x + y;

    public static Vector256<uint> Multiply(Vector256<uint> x, Vector256<uint> y) => x * y;

    public static Vector256<uint> Xor(Vector256<uint> x, Vector256<uint> y) => x ^ y;

    public static Vector256<uint> ShiftRight(Vector256<uint> x, int bits) => x >>> bits;

    public static Vector256<float> WhereNotLess(Vector256<uint> x, Vector256<uint> y, Vector256<float> value) =>
        Vector256.AndNot(value, Vector256.LessThan(x.AsInt32(), y.AsInt32()).AsSingle());
}
