using System.Runtime.Intrinsics;

namespace Nnfs.Simd;

/// <summary>Vectors of 512 bits: 16 whole numbers.</summary>
internal readonly struct SimdInteger512 : ISimdInteger<Vector512<float>, Vector512<uint>>
{
    public static Vector512<uint> Sequence => Vector512.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 13u, 14u, 15u);

    public static Vector512<uint> Create(uint value) => Vector512.Create(value);

    public static Vector512<uint> Add(Vector512<uint> x, Vector512<uint> y) => x + y;

    public static Vector512<uint> Multiply(Vector512<uint> x, Vector512<uint> y) => x * y;

    public static Vector512<uint> Xor(Vector512<uint> x, Vector512<uint> y) => x ^ y;

    public static Vector512<uint> ShiftRight(Vector512<uint> x, int bits) => x >>> bits;

    public static Vector512<float> WhereNotLess(Vector512<uint> x, Vector512<uint> y, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThan(x.AsInt32(), y.AsInt32()).AsSingle(), Vector512<float>.Zero, value);
}
