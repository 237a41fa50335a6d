using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Simd;

/// <summary>Vectors of 512 bits: 16 floats.</summary>
internal readonly struct Simd512 : ISimd<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static int TileVectors => 4;

    public static Vector512<float> Sequence
    {
        // As long as this is, it would be called, and all vectors that are in registers go to the stack and back.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);
    }

    public static Vector512<float> Create(float value) => Vector512.Create(value);

    public static Vector512<float> CreateFirst(float value) => Vector512.CreateScalar(value);

    public static Vector512<float> Load(ref readonly float source, nuint offset) => Vector512.LoadUnsafe(in source, offset);

    static Vector512<float> ISimd<Vector512<float>>.Load(ref readonly float source, nuint offset) => Vector512.LoadUnsafe(in source, offset);

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

    public static Vector512<float> Min(Vector512<float> x, Vector512<float> y) => Vector512.MinNative(x, y);

    public static Vector512<float> Abs(Vector512<float> x) => Vector512.Abs(x);

    public static Vector512<float> CopySign(Vector512<float> magnitude, Vector512<float> sign) => Vector512.CopySign(magnitude, sign);

    public static Vector512<float> WhereGreater(Vector512<float> x, Vector512<float> y, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, y), value, Vector512<float>.Zero);

    public static Vector512<float> WhereEqual(Vector512<float> x, Vector512<float> y, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, y), value, Vector512<float>.Zero);

    public static Vector512<float> WhereNotLess(Vector512<float> x, Vector512<float> y, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThan(x, y), Vector512<float>.Zero, value);

    public static Vector512<float> Equal(Vector512<float> x, Vector512<float> y) => Vector512.Equals(x, y);

    public static Vector512<float> Greater(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(x, y);

    public static Vector512<float> Select(Vector512<float> condition, Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(condition, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> PowerOfTwo(Vector512<float> shifted) => ((shifted.AsInt32() << 23) + Vector512.Create(127 << 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Decompose(Vector512<float> x, out Vector512<float> exponent)
    {
        // The bits of √½ are taken off, so that a significand below it counts to the exponent before.
        Vector512<int> bits = x.AsInt32() - Vector512.Create(SimdScalar.BitsOfRootHalf);
        exponent = Vector512.ConvertToSingle(bits >> 23);

        return ((bits & Vector512.Create(SimdScalar.SignificandBits)) + Vector512.Create(SimdScalar.BitsOfRootHalf)).AsSingle();
    }

    static Vector512<float> ISimd<Vector512<float>>.LoadConverted(ref readonly int source, nuint offset) =>
        Vector512.ConvertToSingle(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3)
    {
        if (!Avx512F.IsSupported)
        {
            return Simd256.Sum4(x0.GetLower() + x0.GetUpper(), x1.GetLower() + x1.GetUpper(), x2.GetLower() + x2.GetUpper(), x3.GetLower() + x3.GetUpper());
        }

        // In each quarter: the four elements of a vector become one sum, and those of the four vectors are side by side.
        Vector512<float> x01 = Avx512F.UnpackLow(x0, x1) + Avx512F.UnpackHigh(x0, x1);
        Vector512<float> x23 = Avx512F.UnpackLow(x2, x3) + Avx512F.UnpackHigh(x2, x3);
        Vector512<float> quarters = Avx512F.Shuffle(x01, x23, 0b_01_00_01_00) + Avx512F.Shuffle(x01, x23, 0b_11_10_11_10);
        Vector256<float> halves = quarters.GetLower() + quarters.GetUpper();

        return halves.GetLower() + halves.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum16(
        Vector512<float> x00, Vector512<float> x01, Vector512<float> x02, Vector512<float> x03,
        Vector512<float> x10, Vector512<float> x11, Vector512<float> x12, Vector512<float> x13,
        Vector512<float> x20, Vector512<float> x21, Vector512<float> x22, Vector512<float> x23,
        Vector512<float> x30, Vector512<float> x31, Vector512<float> x32, Vector512<float> x33,
        out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3)
    {
        if (!Avx512F.IsSupported)
        {
            row0 = Sum4(x00, x01, x02, x03);
            row1 = Sum4(x10, x11, x12, x13);
            row2 = Sum4(x20, x21, x22, x23);
            row3 = Sum4(x30, x31, x32, x33);

            return;
        }

        // Column by column: quarter i (of 128 bits) holds the four quarters of the vector in row i, added up.
        Vector512<float> column0 = AddQuarters(x00, x10, x20, x30);
        Vector512<float> column1 = AddQuarters(x01, x11, x21, x31);
        Vector512<float> column2 = AddQuarters(x02, x12, x22, x32);
        Vector512<float> column3 = AddQuarters(x03, x13, x23, x33);

        // In each quarter: two parts of column 0, beside two of column 1, and so for 2 and 3; then each pair becomes one.
        Vector512<float> columns01 = Avx512F.UnpackLow(column0, column1) + Avx512F.UnpackHigh(column0, column1);
        Vector512<float> columns23 = Avx512F.UnpackLow(column2, column3) + Avx512F.UnpackHigh(column2, column3);
        Vector512<float> sums = Avx512F.Shuffle(columns01, columns23, 0b_01_00_01_00) + Avx512F.Shuffle(columns01, columns23, 0b_11_10_11_10);

        row0 = sums.GetLower().GetLower();
        row1 = sums.GetLower().GetUpper();
        row2 = sums.GetUpper().GetLower();
        row3 = sums.GetUpper().GetUpper();
    }

    public static float Sum(Vector512<float> x) => Vector512.Sum(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Vector512<float> x, ref double sums, nuint offset)
    {
        (Vector512.LoadUnsafe(ref sums, offset) + Vector512.WidenLower(x)).StoreUnsafe(ref sums, offset);
        (Vector512.LoadUnsafe(ref sums, offset + 8) + Vector512.WidenUpper(x)).StoreUnsafe(ref sums, offset + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOfLanes(Vector512<float> x)
    {
        return Simd256.MaxOfLanes(Simd256.Max(x.GetLower(), x.GetUpper()));
    }

    /// <summary>Quarter i of the result holds the four quarters of vector i, added element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddQuarters(Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3)
    {
        Vector512<float> x01 = Avx512F.Shuffle4x128(x0, x1, 0b_10_00_10_00) + Avx512F.Shuffle4x128(x0, x1, 0b_11_01_11_01);
        Vector512<float> x23 = Avx512F.Shuffle4x128(x2, x3, 0b_10_00_10_00) + Avx512F.Shuffle4x128(x2, x3, 0b_11_01_11_01);

        return Avx512F.Shuffle4x128(x01, x23, 0b_10_00_10_00) + Avx512F.Shuffle4x128(x01, x23, 0b_11_01_11_01);
    }
}
