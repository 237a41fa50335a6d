using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nnfs.Simd;

/// <summary>Vectors of 512 bits: 16 floats.</summary>
internal readonly struct Simd512 : ISimd<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static int TileVectors => 4;

    public static Vector512<float> Sequence => Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    public static Vector512<float> Load(ref readonly float source, nuint offset) => Vector512.LoadUnsafe(in source, offset);

    public static void Store(Vector512<float> value, ref float destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector512<float> value, ref float destination, nuint offset, int count)
    {
        if (count >= 8)
        {
            value.GetLower().StoreUnsafe(ref destination, offset);
            Simd256.StorePart(value.GetUpper(), ref destination, offset + 8, count - 8);
        }
        else
        {
            Simd256.StorePart(value.GetLower(), ref destination, offset, count);
        }
    }

    public static Vector512<float> Add(Vector512<float> x, Vector512<float> y) => x + y;

    public static Vector512<float> Subtract(Vector512<float> x, Vector512<float> y) => x - y;

    public static Vector512<float> Multiply(Vector512<float> x, Vector512<float> y) => x * y;

    public static Vector512<float> Divide(Vector512<float> x, Vector512<float> y) => x / y;

    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.MultiplyAddEstimate(x, y, z);

    public static Vector512<float> Sqrt(Vector512<float> x) => Vector512.Sqrt(x);

    public static Vector512<float> Max(Vector512<float> x, Vector512<float> y) => Vector512.MaxNative(x, y);

    public static Vector512<float> WhereGreater(Vector512<float> x, Vector512<float> y, Vector512<float> value) => Vector512.GreaterThan(x, y) & value;

    public static Vector512<float> WhereEqual(Vector512<float> x, Vector512<float> y, Vector512<float> value) => Vector512.Equals(x, y) & value;

    public static Vector512<float> WhereNotLess(Vector512<float> x, Vector512<float> y, Vector512<float> value) => Vector512.AndNot(value, Vector512.LessThan(x, y));

    public static Vector512<float> Equal(Vector512<float> x, Vector512<float> y) => Vector512.Equals(x, y);

    public static Vector512<float> Greater(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(x, y);

    public static Vector512<float> Select(Vector512<float> condition, Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(condition, x, y);

    public static Vector512<float> Round(Vector512<float> x) => Vector512.Round(x);

    public static Vector512<float> PowerOfTwo(Vector512<float> n) => ((Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23).AsSingle();

    public static Vector512<float> Decompose(Vector512<float> x, out Vector512<float> exponent)
    {
        // The bits of √½ are taken off, so that a significand below it counts to the exponent before.
        Vector512<int> bits = x.AsInt32() - Vector512.Create(SimdScalar.BitsOfRootHalf);
        exponent = Vector512.ConvertToSingle(bits >> 23);

        return ((bits & Vector512.Create(SimdScalar.SignificandBits)) + Vector512.Create(SimdScalar.BitsOfRootHalf)).AsSingle();
    }

    public static Vector512<float> LoadConverted(ref readonly int source, nuint offset) => Vector512.ConvertToSingle(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3) =>
        Simd256.Sum4(x0.GetLower() + x0.GetUpper(), x1.GetLower() + x1.GetUpper(), x2.GetLower() + x2.GetUpper(), x3.GetLower() + x3.GetUpper());

    public static float Sum(Vector512<float> x) => Vector512.Sum(x);

    public static float MaxOfLanes(Vector512<float> x)
    {
        return Simd256.MaxOfLanes(Simd256.Max(x.GetLower(), x.GetUpper()));
    }
}
