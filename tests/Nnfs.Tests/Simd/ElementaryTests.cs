using System.Runtime.Intrinsics;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;
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

    [Fact]
    public void Log_of_one_float_is_within_2_and_a_half_ULP() => AssertLogWithinUlp<SimdScalar, float>();

    [Fact]
    public void Log_of_128_bits_is_within_2_and_a_half_ULP() => AssertLogWithinUlp<Simd128, Vector128<float>>();

    [Fact]
    public void Log_of_256_bits_is_within_2_and_a_half_ULP() => AssertLogWithinUlp<Simd256, Vector256<float>>();

    [Fact]
    public void Log_of_512_bits_is_within_2_and_a_half_ULP() => AssertLogWithinUlp<Simd512, Vector512<float>>();

    [Fact]
    public void Log_of_1_is_exactly_0()
    {
        // What a sure network loses is 0, not the last bit of something.
        Assert.Equal(0f, Log<SimdScalar, float>(1f));
        Assert.Equal(0f, Log<Simd128, Vector128<float>>(1f));
        Assert.Equal(0f, Log<Simd256, Vector256<float>>(1f));
        Assert.Equal(0f, Log<Simd512, Vector512<float>>(1f));
    }

    [Fact]
    public void Functions_of_one_float_are_within_their_bounds() => AssertFunctions<SimdScalar, float>();

    [Fact]
    public void Functions_of_128_bits_are_within_their_bounds() => AssertFunctions<Simd128, Vector128<float>>();

    [Fact]
    public void Functions_of_256_bits_are_within_their_bounds() => AssertFunctions<Simd256, Vector256<float>>();

    [Fact]
    public void Functions_of_512_bits_are_within_their_bounds() => AssertFunctions<Simd512, Vector512<float>>();

    [Fact]
    public void Functions_have_the_same_bits_at_every_width()
    {
        float[] expected = Functions<SimdScalar, float>();

        Numbers.AssertSameBits(expected, Functions<Simd128, Vector128<float>>(), "128 bits");
        Numbers.AssertSameBits(expected, Functions<Simd256, Vector256<float>>(), "256 bits");
        Numbers.AssertSameBits(expected, Functions<Simd512, Vector512<float>>(), "512 bits");
    }

    [Fact]
    public void Functions_of_special_numbers_are_exact()
    {
        AssertSpecialOfFunctions<SimdScalar, float>();
        AssertSpecialOfFunctions<Simd128, Vector128<float>>();
        AssertSpecialOfFunctions<Simd256, Vector256<float>>();
        AssertSpecialOfFunctions<Simd512, Vector512<float>>();
    }

    [Fact]
    public void LogOfOnePlus_is_within_3_ULP_and_keeps_the_digits_of_small_numbers()
    {
        AssertLogOfOnePlusWithinUlp<SimdScalar, float>();
        AssertLogOfOnePlusWithinUlp<Simd128, Vector128<float>>();
        AssertLogOfOnePlusWithinUlp<Simd256, Vector256<float>>();
        AssertLogOfOnePlusWithinUlp<Simd512, Vector512<float>>();
    }

    [Fact]
    public void Decompose_of_normal_numbers_gives_them_back_with_a_significand_about_1()
    {
        AssertDecomposes<SimdScalar, float>();
        AssertDecomposes<Simd128, Vector128<float>>();
        AssertDecomposes<Simd256, Vector256<float>>();
        AssertDecomposes<Simd512, Vector512<float>>();
    }

    private static void AssertFunctions<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        foreach (float x in Numbers.AllFloats(stride: 5 * Stride))
        {
            double sigmoid = SigmoidLayer.Of(x);
            double rest = SigmoidLayer.Of(-x);
            double share = GELULayer.NormalShare(x);
            double product = share == 0 ? 0 : x * share;
            double slope = share + (x * GELULayer.NormalDensity(x));
            double softplus = SoftplusLayer.Of(x);

            AssertError<TSimd, TVector>(Elementary.Tanh<TSimd, TVector>, x, Math.Tanh(x), 3 * Rounding.Ulp(Math.Tanh(x)));
            AssertError<TSimd, TVector>(Elementary.Sigmoid<TSimd, TVector>, x, sigmoid, (3 * Rounding.Ulp(sigmoid)) + (x < -64f ? 1.7e-28 : 0));
            AssertError<TSimd, TVector>(WithRest<TSimd, TVector>, x, sigmoid, (4 * Rounding.Ulp(sigmoid)) + (x < -64f ? 1.7e-28 : 0));
            AssertError<TSimd, TVector>(RestOfSigmoid<TSimd, TVector>, x, rest, (4 * Rounding.Ulp(rest)) + (x > 64f ? 1.7e-28 : 0));
            AssertError<TSimd, TVector>(Elementary.Softplus<TSimd, TVector>, x, softplus, (4 * Rounding.Ulp(softplus)) + (x < -64f ? 1.7e-28 : 0));
            AssertError<TSimd, TVector>(NormalProduct<TSimd, TVector>, x, product, x < -5 ? 2e-12 : (1e-6 * Math.Abs(product)) + float.Epsilon);
            AssertError<TSimd, TVector>(SlopeOfNormalProduct<TSimd, TVector>, x, slope, 3e-7);

            if (x <= 0f)
            {
                double minus1 = ELULayer.ExpMinus1(x);
                AssertError<TSimd, TVector>(Elementary.ExpMinus1OfNegative<TSimd, TVector>, x, minus1, 2 * Rounding.Ulp(minus1));
            }
        }
    }

    /// <summary>All functions of some numbers, one after the other.</summary>
    private static float[] Functions<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Func<TVector, TVector>[] functions =
        [
            Elementary.Tanh<TSimd, TVector>, Elementary.Sigmoid<TSimd, TVector>, WithRest<TSimd, TVector>, RestOfSigmoid<TSimd, TVector>,
            NormalProduct<TSimd, TVector>, SlopeOfNormalProduct<TSimd, TVector>, Elementary.Softplus<TSimd, TVector>,
            Elementary.ExpMinus1OfNegative<TSimd, TVector>,
        ];

        return [.. functions.SelectMany(static function => Numbers.AllFloats(stride: 120 * Stride).Select(x => Value<TSimd, TVector>(function, x)))];
    }

    private static void AssertSpecialOfFunctions<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // e⁻⁶⁴, below which no result of a sigmoid falls.
        const float Least = 1.6038109e-28f;

        (Func<TVector, TVector> Function, float AtNegativeInfinity, float AtZero, float AtInfinity)[] functions =
        [
            (Elementary.Tanh<TSimd, TVector>, -1f, 0f, 1f),
            (Elementary.Sigmoid<TSimd, TVector>, Least, 0.5f, 1f),
            (WithRest<TSimd, TVector>, Least, 0.5f, 1f),
            (RestOfSigmoid<TSimd, TVector>, 1f, 0.5f, Least),
            (SlopeOfNormalProduct<TSimd, TVector>, 0f, 0.5f, 1f),
            (Elementary.ExpMinus1OfNegative<TSimd, TVector>, -1f, 0f, 0f),
        ];

        foreach ((Func<TVector, TVector> function, float atNegativeInfinity, float atZero, float atInfinity) in functions)
        {
            Assert.Equal(atNegativeInfinity, Value<TSimd, TVector>(function, float.NegativeInfinity));
            Assert.Equal(atZero, Value<TSimd, TVector>(function, 0f));
            Assert.Equal(atZero, Value<TSimd, TVector>(function, -0f));
            Assert.Equal(atInfinity, Value<TSimd, TVector>(function, float.PositiveInfinity));
            Assert.True(float.IsNaN(Value<TSimd, TVector>(function, float.NaN)));
        }

        Assert.Equal(0.0, Value<TSimd, TVector>(NormalProduct<TSimd, TVector>, float.NegativeInfinity), 1e-30);
        Assert.Equal(0f, Value<TSimd, TVector>(NormalProduct<TSimd, TVector>, 0f));
        Assert.Equal(float.PositiveInfinity, Value<TSimd, TVector>(NormalProduct<TSimd, TVector>, float.PositiveInfinity));
        Assert.True(float.IsNaN(Value<TSimd, TVector>(NormalProduct<TSimd, TVector>, float.NaN)));
        Assert.Equal(float.PositiveInfinity, Value<TSimd, TVector>(Elementary.Softplus<TSimd, TVector>, float.PositiveInfinity));
        Assert.True(float.IsNaN(Value<TSimd, TVector>(Elementary.Softplus<TSimd, TVector>, float.NaN)));
    }

    private static void AssertError<TSimd, TVector>(Func<TVector, TVector> function, float x, double exact, double tolerance)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        double error = Math.Abs(Value<TSimd, TVector>(function, x) - exact);

        if (!(error <= tolerance))
        {
            Assert.Fail($"{function.Method.Name}({x:R}) differs by {error:E2} from {exact:R}; tolerated are {tolerance:E2}.");
        }
    }

    private static float Value<TSimd, TVector>(Func<TVector, TVector> function, float x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> lanes = stackalloc float[16];
        TSimd.Store(function(TSimd.Create(x)), ref lanes[0], 0);

        return lanes[TSimd.Count - 1];
    }

    private static TVector WithRest<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        Elementary.Sigmoid<TSimd, TVector>(x, out _);

    private static TVector RestOfSigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        _ = Elementary.Sigmoid<TSimd, TVector>(x, out TVector rest);

        return rest;
    }

    private static TVector NormalProduct<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        Elementary.NormalProduct<TSimd, TVector>(x, out _);

    private static TVector SlopeOfNormalProduct<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        _ = Elementary.NormalProduct<TSimd, TVector>(x, out TVector derivative);

        return derivative;
    }

    private static void AssertLogWithinUlp<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        double worst = 0;

        foreach (float x in PositiveNormals())
        {
            double exact = Math.Log(x);
            double error = Math.Abs(Log<TSimd, TVector>(x) - exact);
            worst = Math.Max(worst, error / Rounding.Ulp(exact));
        }

        Assert.InRange(worst, 0.0, 2.5);
    }

    private static void AssertLogOfOnePlusWithinUlp<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        double worst = 0;

        foreach (float magnitude in PositiveNormals())
        {
            foreach (float x in (float[])[magnitude, -magnitude])
            {
                // Of numbers below 1e-30 half a unit in the last place of the quotient is a denormal number.
                if (x is < -0.5f or > 1f || magnitude < 1e-30f)
                {
                    continue;
                }

                // ln(1 + x) = 2·artanh(x / (2 + x)), whose series is short where x is small.
                double q = x / (2.0 + x);
                double exact = Math.Abs(x) < 1e-3 ? 2 * q * (1 + (q * q / 3) + (q * q * q * q / 5)) : Math.Log(1 + (double)x);
                float nearest = (float)Math.Abs(exact);
                double ulp = MathF.BitIncrement(nearest) - nearest;
                worst = Math.Max(worst, Math.Abs(LogOfOnePlus<TSimd, TVector>(x) - exact) / ulp);
            }
        }

        Assert.InRange(worst, 0.0, 3.0);
        Assert.Equal(0f, LogOfOnePlus<TSimd, TVector>(0f));
        Assert.True(float.IsNaN(LogOfOnePlus<TSimd, TVector>(float.NaN)));
    }

    private static void AssertDecomposes<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] significands = new float[TSimd.Count];
        float[] exponents = new float[TSimd.Count];

        foreach (float x in PositiveNormals())
        {
            TSimd.Store(TSimd.Decompose(TSimd.Create(x), out TVector exponent), ref significands[0], 0);
            TSimd.Store(exponent, ref exponents[0], 0);

            // √½ and √2 as the nearest floats.
            Assert.True(significands[^1] is >= 0.70710677f and < 1.4142135f, $"The significand of {x:R} is {significands[^1]:R}.");
            Assert.True(significands[^1] * Math.Pow(2, exponents[^1]) == x, $"{x:R} is not {significands[^1]:R} · 2^{exponents[^1]}.");
        }
    }

    /// <summary>About 280,000 of all positive normal floats, and those about 1 and about √2 one by one.</summary>
    private static IEnumerable<float> PositiveNormals()
    {
        const int First = 0x00800000;
        const int Last = 0x7F7FFFFF;

        for (long bits = First; bits <= Last; bits += Stride)
        {
            yield return BitConverter.Int32BitsToSingle((int)bits);
        }

        foreach (int center in (int[])[0x3F800000, 0x3FB504F3, 0x3F3504F3])
        {
            for (int bits = center - 2000; bits <= center + 2000; bits++)
            {
                yield return BitConverter.Int32BitsToSingle(bits);
            }
        }

        yield return BitConverter.Int32BitsToSingle(First);
        yield return BitConverter.Int32BitsToSingle(Last);
    }

    private static float Log<TSimd, TVector>(float x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> lanes = stackalloc float[16];
        TSimd.Store(Elementary.Log<TSimd, TVector>(TSimd.Create(x)), ref lanes[0], 0);

        return lanes[TSimd.Count - 1];
    }

    private static float LogOfOnePlus<TSimd, TVector>(float x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> lanes = stackalloc float[16];
        TSimd.Store(Elementary.LogOfOnePlus<TSimd, TVector>(TSimd.Create(x)), ref lanes[0], 0);

        return lanes[TSimd.Count - 1];
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
            worst = Math.Max(worst, Math.Abs(lanes[0] - exact) / Rounding.Ulp(exact));
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
