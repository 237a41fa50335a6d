using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Simd;

/// <summary>Vectors of 256 bits: 8 floats.</summary>
internal readonly struct Simd256 : ISimd<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static int TileVectors => 2;

    public static Vector256<float> Sequence
    {
        // As long as this is, it would be called, and all vectors that are in registers go to the stack and back.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
    }

    public static Vector256<float> Create(float value) => Vector256.Create(value);

    public static Vector256<float> CreateFirst(float value) => Vector256.CreateScalar(value);

    public static Vector256<float> Load(ref readonly float source, nuint offset) => Vector256.LoadUnsafe(in source, offset);

    static Vector256<float> ISimd<Vector256<float>>.Load(ref readonly float source, nuint offset) => Vector256.LoadUnsafe(in source, offset);

    public static void Store(Vector256<float> value, ref float destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector256<float> value, ref float destination, nuint offset, int count)
    {
        if (count >= 4)
        {
            value.GetLower().StoreUnsafe(ref destination, offset);
            Simd128.StorePart(value.GetUpper(), ref destination, offset + 4, count - 4);
        }
        else
        {
            Simd128.StorePart(value.GetLower(), ref destination, offset, count);
        }
    }

    public static Vector256<float> Add(Vector256<float> x, Vector256<float> y) => x + y;

    public static Vector256<float> Subtract(Vector256<float> x, Vector256<float> y) => x - y;

    public static Vector256<float> Multiply(Vector256<float> x, Vector256<float> y) => x * y;

    public static Vector256<float> Divide(Vector256<float> x, Vector256<float> y) => x / y;

    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.MultiplyAddEstimate(x, y, z);

    public static Vector256<float> Sqrt(Vector256<float> x) => Vector256.Sqrt(x);

    public static Vector256<float> Max(Vector256<float> x, Vector256<float> y) => Vector256.MaxNative(x, y);

    public static Vector256<float> Min(Vector256<float> x, Vector256<float> y) => Vector256.MinNative(x, y);

    public static Vector256<float> Abs(Vector256<float> x) => Vector256.Abs(x);

    public static Vector256<float> CopySign(Vector256<float> magnitude, Vector256<float> sign) => Vector256.CopySign(magnitude, sign);

    public static Vector256<float> WhereGreater(Vector256<float> x, Vector256<float> y, Vector256<float> value) => Vector256.GreaterThan(x, y) & value;

    public static Vector256<float> WhereEqual(Vector256<float> x, Vector256<float> y, Vector256<float> value) => Vector256.Equals(x, y) & value;

    public static Vector256<float> WhereNotLess(Vector256<float> x, Vector256<float> y, Vector256<float> value) =>
        Vector256.AndNot(value, Vector256.LessThan(x, y));

    public static Vector256<float> Equal(Vector256<float> x, Vector256<float> y) => Vector256.Equals(x, y);

    public static Vector256<float> Greater(Vector256<float> x, Vector256<float> y) => Vector256.GreaterThan(x, y);

    public static Vector256<float> Select(Vector256<float> condition, Vector256<float> x, Vector256<float> y) => Vector256.ConditionalSelect(condition, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> shifted) => ((shifted.AsInt32() << 23) + Vector256.Create(127 << 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Decompose(Vector256<float> x, out Vector256<float> exponent)
    {
        // The bits of √½ are taken off, so that a significand below it counts to the exponent before.
        Vector256<int> bits = x.AsInt32() - Vector256.Create(SimdScalar.BitsOfRootHalf);
        exponent = Vector256.ConvertToSingle(bits >> 23);

        return ((bits & Vector256.Create(SimdScalar.SignificandBits)) + Vector256.Create(SimdScalar.BitsOfRootHalf)).AsSingle();
    }

    static Vector256<float> ISimd<Vector256<float>>.LoadConverted(ref readonly int source, nuint offset) =>
        Vector256.ConvertToSingle(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3)
    {
        if (!Avx.IsSupported)
        {
            return Simd128.Sum4(x0.GetLower() + x0.GetUpper(), x1.GetLower() + x1.GetUpper(), x2.GetLower() + x2.GetUpper(), x3.GetLower() + x3.GetUpper());
        }

        // In each half: the four elements of a vector become one sum, and those of the four vectors are side by side.
        Vector256<float> x01 = Avx.UnpackLow(x0, x1) + Avx.UnpackHigh(x0, x1);
        Vector256<float> x23 = Avx.UnpackLow(x2, x3) + Avx.UnpackHigh(x2, x3);
        Vector256<float> halves = Avx.Shuffle(x01, x23, 0b_01_00_01_00) + Avx.Shuffle(x01, x23, 0b_11_10_11_10);

        return halves.GetLower() + halves.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum16(
        Vector256<float> x00, Vector256<float> x01, Vector256<float> x02, Vector256<float> x03,
        Vector256<float> x10, Vector256<float> x11, Vector256<float> x12, Vector256<float> x13,
        Vector256<float> x20, Vector256<float> x21, Vector256<float> x22, Vector256<float> x23,
        Vector256<float> x30, Vector256<float> x31, Vector256<float> x32, Vector256<float> x33,
        out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3)
    {
        row0 = Sum4(x00, x01, x02, x03);
        row1 = Sum4(x10, x11, x12, x13);
        row2 = Sum4(x20, x21, x22, x23);
        row3 = Sum4(x30, x31, x32, x33);
    }

    public static float Sum(Vector256<float> x) => Vector256.Sum(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Vector256<float> x, ref double sums, nuint offset)
    {
        (Vector256.LoadUnsafe(ref sums, offset) + Vector256.WidenLower(x)).StoreUnsafe(ref sums, offset);
        (Vector256.LoadUnsafe(ref sums, offset + 4) + Vector256.WidenUpper(x)).StoreUnsafe(ref sums, offset + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOfLanes(Vector256<float> x)
    {
        return Simd128.MaxOfLanes(Simd128.Max(x.GetLower(), x.GetUpper()));
    }
}
