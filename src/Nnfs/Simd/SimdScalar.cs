using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nnfs.Simd;

/// <summary>One float at a time: the same operations for what a whole number of vectors leaves over.</summary>
internal readonly struct SimdScalar : ISimd<float>
{
    /// <summary>√½ as a float's bits.</summary>
    internal const int BitsOfRootHalf = 0x3F3504F3;

    /// <summary>The bits of a float's significand.</summary>
    internal const int SignificandBits = 0x007FFFFF;

    public static int Count => 1;

    public static int TileVectors => 2;

    public static float Sequence => 0f;

    public static float Create(float value) => value;

    public static float CreateFirst(float value) => value;

    public static float Load(ref readonly float source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    static float ISimd<float>.Load(ref readonly float source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    public static void Store(float value, ref float destination, nuint offset) => Unsafe.Add(ref destination, offset) = value;

    public static void StorePart(float value, ref float destination, nuint offset, int count)
    {
        // Fewer than one lane: nothing.
    }

    public static float Add(float x, float y) => x + y;

    public static float Subtract(float x, float y) => x - y;

    public static float Multiply(float x, float y) => x * y;

    public static float Divide(float x, float y) => x / y;

    public static float MultiplyAdd(float x, float y, float z) => float.MultiplyAddEstimate(x, y, z);

    public static float Sqrt(float x) => MathF.Sqrt(x);

    public static float Max(float x, float y) => x > y ? x : y;

    public static float Min(float x, float y) => x < y ? x : y;

    public static float Abs(float x) => MathF.Abs(x);

    public static float CopySign(float magnitude, float sign) => MathF.CopySign(magnitude, sign);

    public static float WhereGreater(float x, float y, float value) => x > y ? value : 0f;

    public static float WhereEqual(float x, float y, float value) => x == y ? value : 0f;

    public static float WhereNotLess(float x, float y, float value) => x < y ? 0f : value;

    public static float Equal(float x, float y) => BitConverter.Int32BitsToSingle(x == y ? -1 : 0);

    public static float Greater(float x, float y) => BitConverter.Int32BitsToSingle(x > y ? -1 : 0);

    public static float Select(float condition, float x, float y) => BitConverter.SingleToInt32Bits(condition) != 0 ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PowerOfTwo(float shifted) => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted) << 23) + (127 << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Decompose(float x, out float exponent)
    {
        int bits = BitConverter.SingleToInt32Bits(x) - BitsOfRootHalf;
        exponent = bits >> 23;

        return BitConverter.Int32BitsToSingle((bits & SignificandBits) + BitsOfRootHalf);
    }

    static float ISimd<float>.LoadConverted(ref readonly int source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    public static Vector128<float> Sum4(float x0, float x1, float x2, float x3) => Vector128.Create(x0, x1, x2, x3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum16(
        float x00, float x01, float x02, float x03,
        float x10, float x11, float x12, float x13,
        float x20, float x21, float x22, float x23,
        float x30, float x31, float x32, float x33,
        out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3)
    {
        row0 = Sum4(x00, x01, x02, x03);
        row1 = Sum4(x10, x11, x12, x13);
        row2 = Sum4(x20, x21, x22, x23);
        row3 = Sum4(x30, x31, x32, x33);
    }

    public static float Sum(float x) => x;

    public static void Accumulate(float x, ref double sums, nuint offset) => Unsafe.Add(ref sums, offset) += x;

    public static float MaxOfLanes(float x) => x;
}
