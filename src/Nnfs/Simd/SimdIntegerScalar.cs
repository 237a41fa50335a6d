namespace Nnfs.Simd;

/// <summary>One whole number at a time: the same operations for what a whole number of vectors leaves over.</summary>
internal readonly struct SimdIntegerScalar : ISimdInteger<float, uint>
{
    public static uint Sequence => 0;

    public static uint Create(uint value) => value;

    public static uint Add(uint x, uint y) => x + y;

    public static uint Multiply(uint x, uint y) => x * y;

    public static uint Xor(uint x, uint y) => x ^ y;

    public static uint ShiftRight(uint x, int bits) => x >>> bits;

    public static float WhereNotLess(uint x, uint y, float value) => (int)x < (int)y ? 0f : value;
}
