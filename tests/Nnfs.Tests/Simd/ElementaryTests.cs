using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Tests.Simd;

public class ElementaryTests
{
    /// <summary>A prime, so that the floats taken from [−64, 0] do not repeat the low bits; about 150,000 of them.</summary>
    private const int Stride = 7487;

    [Fact]
    public void ExpOfNegative_of_one_float_is_within_2_ULP() => AssertWithin2Ulp<SimdScalar, float>();

    [Fact]
    public void ExpOfNegative_of_128_bits_is_within_2_ULP() => AssertWithin2Ulp<Simd128, Vector128<float>>();

    [Fact]
    public void ExpOfNegative_of_256_bits_is_within_2_ULP() => AssertWithin2Ulp<Simd256, Vector256<float>>();

    [Fact]
    public void ExpOfNegative_of_512_bits_is_within_2_ULP() => AssertWithin2Ulp<Simd512, Vector512<float>>();

    [Fact]
    public void ExpOfNegative_of_special_numbers_is_exact()
    {
        AssertSpecial<SimdScalar, float>();
        AssertSpecial<Simd128, Vector128<float>>();
        AssertSpecial<Simd256, Vector256<float>>();
        AssertSpecial<Simd512, Vector512<float>>();
    }

    private static void AssertWithin2Ulp<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] lanes = new float[TSimd.Count];
        int first = BitConverter.SingleToInt32Bits(0f);
        int last = BitConverter.SingleToInt32Bits(64f);
        double worst = 0;

        for (int bits = first; bits <= last; bits += Stride)
        {
            float x = -BitConverter.Int32BitsToSingle(bits);
            TSimd.Store(Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Create(x)), ref lanes[0], 0);
            double exact = Math.Exp(x);
            double ulp = MathF.BitIncrement((float)exact) - (float)exact;
            worst = Math.Max(worst, Math.Abs(lanes[0] - exact) / ulp);
            Assert.False(lanes.AsSpan().ContainsAnyExcept(lanes[0]), $"The lanes of exp({x:R}) differ.");
        }

        Assert.InRange(worst, 0.0, 2.0);
    }

    private static void AssertSpecial<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Assert.Equal(1f, Exp<TSimd, TVector>(0f));
        Assert.Equal(1f, Exp<TSimd, TVector>(-0f));
        Assert.Equal(1f, Exp<TSimd, TVector>(-float.Epsilon));
        Assert.True(Exp<TSimd, TVector>(-64f) > 0f);
        Assert.Equal(0f, Exp<TSimd, TVector>(MathF.BitDecrement(-64f)));
        Assert.Equal(0f, Exp<TSimd, TVector>(-1000f));
        Assert.Equal(0f, Exp<TSimd, TVector>(-float.MaxValue));
        Assert.Equal(0f, Exp<TSimd, TVector>(float.NegativeInfinity));
        Assert.True(float.IsNaN(Exp<TSimd, TVector>(float.NaN)));
    }

    private static float Exp<TSimd, TVector>(float x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] lanes = new float[TSimd.Count];
        TSimd.Store(Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Create(x)), ref lanes[0], 0);

        return lanes[^1];
    }
}
