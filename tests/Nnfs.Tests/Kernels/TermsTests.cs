using System.Runtime.Intrinsics;
using Nnfs.Kernels.Terms;
using Nnfs.Simd;

namespace Nnfs.Tests.Kernels;

public class TermsTests
{
    [Fact]
    public void Sum_of_any_length_has_the_same_bits_by_vectors_of_every_width()
    {
        foreach (int length in KernelSizes.All.Append(1000).Append(100_001))
        {
            float[] x = Numbers.Gaussians(length, seed: length);

            double expected = InOrder(x);
            Assert.Equal(expected, Sum<Simd128, Vector128<float>>(x));
            Assert.Equal(expected, Sum<Simd256, Vector256<float>>(x));
            Assert.Equal(expected, Sum<Simd512, Vector512<float>>(x));
            Assert.Equal(expected, Sum<SimdScalar, float>(x));
            Assert.Equal(expected, TermSweep.Sum(new SpanTerms(x), length));
        }
    }

    [Fact]
    public void Sum_of_none_is_zero()
    {
        Assert.Equal(0.0, TermSweep.Sum(new SpanTerms([]), 0));
    }

    [Fact]
    public void Sum_of_the_greatest_floats_is_finite()
    {
        float[] x = new float[1000];
        Array.Fill(x, float.MaxValue);

        Assert.Equal(1000.0 * float.MaxValue, TermSweep.Sum(new SpanTerms(x), x.Length), 1e33);
        Assert.Equal(float.MaxValue, TermSweep.Mean(new SpanTerms(x), x.Length));
    }

    /// <summary>The order that is promised: eight terms of a column in float32, the columns in float64, and at last from left to right.</summary>
    private static double InOrder(float[] x)
    {
        double[] columns = new double[16];
        int whole = x.Length / 16 * 16;

        for (int start = 0; start < whole; start += 128)
        {
            for (int column = 0; column < 16; column++)
            {
                float sum = 0f;

                for (int i = start + column; i < Math.Min(start + 128, whole); i += 16)
                {
                    sum += x[i];
                }

                columns[column] += sum;
            }
        }

        for (int i = whole; i < x.Length; i++)
        {
            columns[i - whole] += x[i];
        }

        double total = 0;
        Array.ForEach(columns, column => total += column);

        return total;
    }

    private static double Sum<TSimd, TVector>(float[] x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TermSweep.Sum<SpanTerms, TSimd, TVector>(new SpanTerms(x), (nuint)x.Length);
}
