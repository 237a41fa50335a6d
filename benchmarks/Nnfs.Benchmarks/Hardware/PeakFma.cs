using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nnfs.Benchmarks;

/// <summary>
/// The greatest rate of fused multiply-adds of this core, by the widest vectors that are on: 12 sums in registers that do not
/// wait for each other, no memory. That is enough for 2 units of 4 to 6 cycles, and fits the 16 registers of AVX2.
/// </summary>
internal sealed class PeakFma() : Measured("peak FMA")
{
    private const int Sums = 12;
    private const int Iterations = 1000;

    /// <summary>Keeps the sums from being optimised away.</summary>
    private float _result;

    /// <summary>The floating-point operations of one run.</summary>
    public static long Flops => 2L * Iterations * Sums * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    /// <summary>The name of the vectors.</summary>
    public static string Width => Vector512.IsHardwareAccelerated ? "Vector512" : "Vector256";

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _result += Vector512.IsHardwareAccelerated ? Run512() : Run256();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run512()
    {
        Vector512<float> half = Vector512.Create(0.5f);
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector512<float> g = default, h = default, i = default, j = default, k = default, l = default;

        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            a = Vector512.FusedMultiplyAdd(a, half, half);
            b = Vector512.FusedMultiplyAdd(b, half, half);
            c = Vector512.FusedMultiplyAdd(c, half, half);
            d = Vector512.FusedMultiplyAdd(d, half, half);
            e = Vector512.FusedMultiplyAdd(e, half, half);
            f = Vector512.FusedMultiplyAdd(f, half, half);
            g = Vector512.FusedMultiplyAdd(g, half, half);
            h = Vector512.FusedMultiplyAdd(h, half, half);
            i = Vector512.FusedMultiplyAdd(i, half, half);
            j = Vector512.FusedMultiplyAdd(j, half, half);
            k = Vector512.FusedMultiplyAdd(k, half, half);
            l = Vector512.FusedMultiplyAdd(l, half, half);
        }

        return Vector512.Sum(((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run256()
    {
        Vector256<float> half = Vector256.Create(0.5f);
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector256<float> g = default, h = default, i = default, j = default, k = default, l = default;

        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            a = Vector256.FusedMultiplyAdd(a, half, half);
            b = Vector256.FusedMultiplyAdd(b, half, half);
            c = Vector256.FusedMultiplyAdd(c, half, half);
            d = Vector256.FusedMultiplyAdd(d, half, half);
            e = Vector256.FusedMultiplyAdd(e, half, half);
            f = Vector256.FusedMultiplyAdd(f, half, half);
            g = Vector256.FusedMultiplyAdd(g, half, half);
            h = Vector256.FusedMultiplyAdd(h, half, half);
            i = Vector256.FusedMultiplyAdd(i, half, half);
            j = Vector256.FusedMultiplyAdd(j, half, half);
            k = Vector256.FusedMultiplyAdd(k, half, half);
            l = Vector256.FusedMultiplyAdd(l, half, half);
        }

        return Vector256.Sum(((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l)));
    }
}
