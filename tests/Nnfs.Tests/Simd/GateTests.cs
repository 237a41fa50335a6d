using System.Runtime.Intrinsics;
using Nnfs.Kernels.Recurrent;
using Nnfs.Simd;

namespace Nnfs.Tests.Simd;

/// <summary>The functions of gates of recurrent layers, against those of float64.</summary>
public class GateTests
{
    /// <summary>A prime, so that the floats taken do not repeat the low bits; about 290,000 of them.</summary>
    private const int Stride = 7487;

    [Fact]
    public void Gates_of_one_float_are_within_their_bounds() => AssertGates<SimdScalar, float>();

    [Fact]
    public void Gates_of_128_bits_are_within_their_bounds() => AssertGates<Simd128, Vector128<float>>();

    [Fact]
    public void Gates_of_256_bits_are_within_their_bounds() => AssertGates<Simd256, Vector256<float>>();

    [Fact]
    public void Gates_of_512_bits_are_within_their_bounds() => AssertGates<Simd512, Vector512<float>>();

    private static void AssertGates<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (uint bits = 0; bits < BitConverter.SingleToUInt32Bits(float.PositiveInfinity); bits += Stride)
        {
            float magnitude = BitConverter.UInt32BitsToSingle(bits);

            foreach (float x in (float[])[magnitude, -magnitude])
            {
                TVector vector = TSimd.Create(x);
                AssertNear(1 / (1 + Math.Exp(-(double)x)), First<TSimd, TVector>(RecurrentMath.Sigmoid<TSimd, TVector>(vector)), 3e-7, $"sigmoid {x:r}");
                AssertNear(Math.Tanh(x), First<TSimd, TVector>(RecurrentMath.Tanh<TSimd, TVector>(vector)), 4e-7, $"tanh {x:r}");

                // What is kept of a memory is never more than there was: a stream has no end.
                Assert.InRange(First<TSimd, TVector>(RecurrentMath.Sigmoid<TSimd, TVector>(vector)), -1f, 1f);

                TVector a = RecurrentMath.SigmoidQuotient<TSimd, TVector>(vector, out TVector b);
                AssertNear(1 / (1 + Math.Exp(-(double)x)), First<TSimd, TVector>(TSimd.Divide(a, b)), 3e-7, $"quotient of sigmoid {x:r}");
            }

            // As precise as the number itself where that is small.
            if (magnitude is > 1e-30f and < 0.01f)
            {
                float tanh = First<TSimd, TVector>(RecurrentMath.Tanh<TSimd, TVector>(TSimd.Create(magnitude)));
                AssertNear(Math.Tanh(magnitude), tanh, 3e-7 * magnitude, $"tanh {magnitude:r}");
            }
        }

        Assert.True(float.IsNaN(First<TSimd, TVector>(RecurrentMath.Tanh<TSimd, TVector>(TSimd.Create(float.NaN)))));
        Assert.True(float.IsNaN(First<TSimd, TVector>(RecurrentMath.Sigmoid<TSimd, TVector>(TSimd.Create(float.NaN)))));
        Assert.Equal(1f, First<TSimd, TVector>(RecurrentMath.Tanh<TSimd, TVector>(TSimd.Create(float.PositiveInfinity))), 4e-7f);
        Assert.Equal(0f, First<TSimd, TVector>(RecurrentMath.Sigmoid<TSimd, TVector>(TSimd.Create(float.NegativeInfinity))), 3e-7f);
    }

    private static float First<TSimd, TVector>(TVector vector)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] all = new float[TSimd.Count];
        TSimd.Store(vector, ref all[0], 0);

        return all[0];
    }

    private static void AssertNear(double expected, float actual, double tolerance, string what)
    {
        if (!(Math.Abs(actual - expected) <= tolerance))
        {
            Assert.Fail($"{what} is {expected:r} ± {tolerance:r}, not {actual:r}.");
        }
    }
}
