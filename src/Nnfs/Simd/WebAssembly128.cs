using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace Nnfs.Simd;

/// <summary>
/// Operations on vectors of 128 bits that are made of several instructions of WebAssembly. Its interpreter knows an instruction for each method of
/// <see cref="PackedSimd"/>, but only for few of <see cref="Vector128"/>; the others it computes lane by lane, many times as slowly.
/// </summary>
internal static class WebAssembly128
{
    /// <summary>All bits of the lanes 0 and 1.</summary>
    private static Vector128<float> LowerHalf
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(-1, -1, 0, 0).AsSingle();
    }

    /// <summary>All bits of the lanes 0 and 2.</summary>
    private static Vector128<float> EvenLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(-1, 0, -1, 0).AsSingle();
    }

    /// <summary>The sum of the lanes, in the order of <see cref="Vector128.Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> x)
    {
        Vector128<float> pairs = x + Vector128.Shuffle(x, Vector128.Create(1, 0, 3, 2));

        return PackedSimd.ExtractScalar(pairs, 0) + PackedSimd.ExtractScalar(pairs, 2);
    }

    /// <summary>Adds each lane to the number at its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Vector128<float> x, ref double sums, nuint offset)
    {
        ref double first = ref Unsafe.Add(ref sums, offset);
        first += PackedSimd.ExtractScalar(x, 0);
        Unsafe.Add(ref first, 1) += PackedSimd.ExtractScalar(x, 1);
        Unsafe.Add(ref first, 2) += PackedSimd.ExtractScalar(x, 2);
        Unsafe.Add(ref first, 3) += PackedSimd.ExtractScalar(x, 3);
    }

    /// <summary>x₀, x₁, y₀, y₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LowerHalves(Vector128<float> x, Vector128<float> y) =>
        Vector128.ConditionalSelect(LowerHalf, x, Vector128.Shuffle(y, Vector128.Create(0, 1, 0, 1)));

    /// <summary>x₂, x₃, y₂, y₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> UpperHalves(Vector128<float> x, Vector128<float> y) =>
        Vector128.ConditionalSelect(LowerHalf, Vector128.Shuffle(x, Vector128.Create(2, 3, 2, 3)), y);

    /// <summary>x₀, y₀, x₁, y₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipLower(Vector128<float> x, Vector128<float> y) =>
        Vector128.ConditionalSelect(EvenLanes, Vector128.Shuffle(x, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(y, Vector128.Create(0, 0, 1, 1)));

    /// <summary>x₂, y₂, x₃, y₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZipUpper(Vector128<float> x, Vector128<float> y) =>
        Vector128.ConditionalSelect(EvenLanes, Vector128.Shuffle(x, Vector128.Create(2, 2, 3, 3)), Vector128.Shuffle(y, Vector128.Create(2, 2, 3, 3)));
}
