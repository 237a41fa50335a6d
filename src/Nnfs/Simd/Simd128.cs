using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Simd;

/// <summary>Vectors of 128 bits: 4 floats.</summary>
/// <remarks>
/// WebAssembly's interpreter is slow at what <see cref="Vector128"/> does to floats other than arithmetic, see <see cref="WebAssembly128"/>: there it is
/// <see cref="PackedSimd"/>. Elsewhere <see cref="PackedSimd.IsSupported"/> is a constant, and nothing is left of it.
/// </remarks>
internal readonly struct Simd128 : ISimd<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static int TileVectors => AdvSimd.IsSupported ? 4 : 2;

    public static Vector128<float> Sequence
    {
        // As long as this is, it would be called, and all vectors that are in registers go to the stack and back.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0f, 1f, 2f, 3f);
    }

    public static Vector128<float> Create(float value) => Vector128.Create(value);

    public static Vector128<float> CreateFirst(float value) => Vector128.CreateScalar(value);

    public static Vector128<float> Load(ref readonly float source, nuint offset) => Vector128.LoadUnsafe(in source, offset);

    static Vector128<float> ISimd<Vector128<float>>.Load(ref readonly float source, nuint offset) => Vector128.LoadUnsafe(in source, offset);

    public static void Store(Vector128<float> value, ref float destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector128<float> value, ref float destination, nuint offset, int count)
    {
        if (count >= 2)
        {
            // As one double, which stays in a register; half a vector would go through the stack.
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref destination, offset)), value.AsDouble().ToScalar());
        }

        if ((count & 1) != 0)
        {
            Unsafe.Add(ref destination, offset + (nuint)(count - 1)) = value.GetElement(count - 1);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, from one to all four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector128<float> value, ref float destination, int count)
    {
        if (count == Count)
        {
            Store(value, ref destination, 0);
        }
        else
        {
            StorePart(value, ref destination, 0, count);
        }
    }

    public static Vector128<float> Add(Vector128<float> x, Vector128<float> y) => x + y;

    public static Vector128<float> Subtract(Vector128<float> x, Vector128<float> y) => x - y;

    public static Vector128<float> Multiply(Vector128<float> x, Vector128<float> y) => x * y;

    public static Vector128<float> Divide(Vector128<float> x, Vector128<float> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) =>
        PackedSimd.IsSupported ? (x * y) + z : Vector128.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> x) => PackedSimd.IsSupported ? PackedSimd.Sqrt(x) : Vector128.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> x, Vector128<float> y) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMax(y, x) : Vector128.MaxNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> x, Vector128<float> y) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMin(y, x) : Vector128.MinNative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Abs(Vector128<float> x) => PackedSimd.IsSupported ? PackedSimd.Abs(x) : Vector128.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> CopySign(Vector128<float> magnitude, Vector128<float> sign) =>
        PackedSimd.IsSupported ? Vector128.ConditionalSelect(Vector128.Create(-0f), sign, magnitude) : Vector128.CopySign(magnitude, sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WhereGreater(Vector128<float> x, Vector128<float> y, Vector128<float> value) =>
        PackedSimd.IsSupported ? PackedSimd.CompareGreaterThan(x, y) & value : Vector128.GreaterThan(x, y) & value;

    public static Vector128<float> WhereEqual(Vector128<float> x, Vector128<float> y, Vector128<float> value) => Vector128.Equals(x, y) & value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WhereNotLess(Vector128<float> x, Vector128<float> y, Vector128<float> value) =>
        PackedSimd.IsSupported ? Vector128.AndNot(value, PackedSimd.CompareLessThan(x, y)) : Vector128.AndNot(value, Vector128.LessThan(x, y));

    public static Vector128<float> Equal(Vector128<float> x, Vector128<float> y) => Vector128.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Greater(Vector128<float> x, Vector128<float> y) =>
        PackedSimd.IsSupported ? PackedSimd.CompareGreaterThan(x, y) : Vector128.GreaterThan(x, y);

    public static Vector128<float> Select(Vector128<float> condition, Vector128<float> x, Vector128<float> y) => Vector128.ConditionalSelect(condition, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> x, Vector128<float> shifted) => (x.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Decompose(Vector128<float> x, out Vector128<float> exponent)
    {
        // The bits of √½ are taken off, so that a significand below it counts to the exponent before.
        Vector128<int> bits = x.AsInt32() - Vector128.Create(SimdScalar.BitsOfRootHalf);
        exponent = ConvertToSingle(bits >> 23);

        return ((bits & Vector128.Create(SimdScalar.SignificandBits)) + Vector128.Create(SimdScalar.BitsOfRootHalf)).AsSingle();
    }

    static Vector128<float> ISimd<Vector128<float>>.LoadConverted(ref readonly int source, nuint offset) =>
        ConvertToSingle(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum4(Vector128<float> x0, Vector128<float> x1, Vector128<float> x2, Vector128<float> x3)
    {
        Transpose(ref x0, ref x1, ref x2, ref x3);

        return (x0 + x1) + (x2 + x3);
    }

    /// <summary>Four vectors as the rows of a matrix become its columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector128<float> x0, ref Vector128<float> x1, ref Vector128<float> x2, ref Vector128<float> x3)
    {
        Vector128<float> low01 = ZipLower(x0, x1);
        Vector128<float> high01 = ZipUpper(x0, x1);
        Vector128<float> low23 = ZipLower(x2, x3);
        Vector128<float> high23 = ZipUpper(x2, x3);

        x0 = LowerHalves(low01, low23);
        x1 = UpperHalves(low01, low23);
        x2 = LowerHalves(high01, high23);
        x3 = UpperHalves(high01, high23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum16(
        Vector128<float> x00, Vector128<float> x01, Vector128<float> x02, Vector128<float> x03,
        Vector128<float> x10, Vector128<float> x11, Vector128<float> x12, Vector128<float> x13,
        Vector128<float> x20, Vector128<float> x21, Vector128<float> x22, Vector128<float> x23,
        Vector128<float> x30, Vector128<float> x31, Vector128<float> x32, Vector128<float> x33,
        out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3)
    {
        row0 = Sum4(x00, x01, x02, x03);
        row1 = Sum4(x10, x11, x12, x13);
        row2 = Sum4(x20, x21, x22, x23);
        row3 = Sum4(x30, x31, x32, x33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> x) => PackedSimd.IsSupported ? WebAssembly128.Sum(x) : Vector128.Sum(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Vector128<float> x, ref double sums, nuint offset)
    {
        if (PackedSimd.IsSupported)
        {
            WebAssembly128.Accumulate(x, ref sums, offset);

            return;
        }

        (Vector128.LoadUnsafe(ref sums, offset) + Vector128.WidenLower(x)).StoreUnsafe(ref sums, offset);
        (Vector128.LoadUnsafe(ref sums, offset + 2) + Vector128.WidenUpper(x)).StoreUnsafe(ref sums, offset + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOfLanes(Vector128<float> x)
    {
        Vector128<float> pairs = Max(x, Vector128.Shuffle(x, Vector128.Create(2, 3, 0, 1)));

        return Max(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowerHalves(Vector128<float> x, Vector128<float> y)
    {
        if (PackedSimd.IsSupported)
        {
            return WebAssembly128.LowerHalves(x, y);
        }

        return Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : Vector128.Create(x.GetLower(), y.GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UpperHalves(Vector128<float> x, Vector128<float> y)
    {
        if (PackedSimd.IsSupported)
        {
            return WebAssembly128.UpperHalves(x, y);
        }

        return Sse.IsSupported ? Sse.MoveHighToLow(y, x) : Vector128.Create(x.GetUpper(), y.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLower(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported)
        {
            return Sse.UnpackLow(x, y);
        }

        if (PackedSimd.IsSupported)
        {
            return WebAssembly128.ZipLower(x, y);
        }

        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(x, y) : Vector128.Create(x[0], y[0], x[1], y[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipUpper(Vector128<float> x, Vector128<float> y)
    {
        if (Sse.IsSupported)
        {
            return Sse.UnpackHigh(x, y);
        }

        if (PackedSimd.IsSupported)
        {
            return WebAssembly128.ZipUpper(x, y);
        }

        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(x, y) : Vector128.Create(x[2], y[2], x[3], y[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ConvertToSingle(Vector128<int> x) => PackedSimd.IsSupported ? PackedSimd.ConvertToSingle(x) : Vector128.ConvertToSingle(x);
}
