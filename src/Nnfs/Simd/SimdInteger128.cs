using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace Nnfs.Simd;

/// <summary>Vectors of 128 bits: 4 whole numbers.</summary>
internal readonly struct SimdInteger128 : ISimdInteger<Vector128<float>, Vector128<uint>>
{
    public static Vector128<uint> Sequence => Vector128.Create(0u, 1u, 2u, 3u);

    public static Vector128<uint> Create(uint value) => Vector128.Create(value);

    public static Vector128<uint> Add(Vector128<uint> x, Vector128<uint> y) => x + y;

    public static Vector128<uint> Multiply(Vector128<uint> x, Vector128<uint> y) => x * y;

    public static Vector128<uint> Xor(Vector128<uint> x, Vector128<uint> y) => x ^ y;

    public static Vector128<uint> ShiftRight(Vector128<uint> x, int bits) => x >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WhereNotLess(Vector128<uint> x, Vector128<uint> y, Vector128<float> value) =>
        PackedSimd.IsSupported
            ? Vector128.AndNot(value, PackedSimd.CompareLessThan(x.AsInt32(), y.AsInt32()).AsSingle())
            : Vector128.AndNot(value, Vector128.LessThan(x.AsInt32(), y.AsInt32()).AsSingle());
}
