using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Tests.Simd;

public class RowTests
{
    private const int GreatestLength = 130;

    [Fact]
    public void Row_passes_of_one_float_agree_with_their_definitions() => AssertPasses<SimdScalar, float>();

    [Fact]
    public void Row_passes_of_128_bits_agree_with_their_definitions() => AssertPasses<Simd128, Vector128<float>>();

    [Fact]
    public void Row_passes_of_256_bits_agree_with_their_definitions() => AssertPasses<Simd256, Vector256<float>>();

    [Fact]
    public void Row_passes_of_512_bits_agree_with_their_definitions() => AssertPasses<Simd512, Vector512<float>>();

    [Fact]
    public void StorePart_of_any_count_writes_exactly_that()
    {
        AssertStoresPart<Simd128, Vector128<float>>();
        AssertStoresPart<Simd256, Vector256<float>>();
        AssertStoresPart<Simd512, Vector512<float>>();
    }

    private static void AssertPasses<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int length = 1; length <= GreatestLength; length++)
        {
            float[] numbers = Numbers.Gaussians(length, seed: length, scale: 3f);
            FramedBlock x = FramedBlock.Source(numbers, misalignment: length % 7);
            FramedBlock y = FramedBlock.Destination(length, misalignment: length % 5);
            ref float x0 = ref x.Span[0];
            ref float y0 = ref y.Span[0];

            float max = Row.Max<TSimd, TVector>(ref x0, (nuint)length);
            Assert.Equal(numbers.Max(), max);

            Row.Divide<TSimd, TVector>(ref x0, 3f, ref y0, (nuint)length);
            Assert.Equal([.. numbers.Select(static value => value / 3f)], y.Span.ToArray());

            // Differences up to 24 are rounded before the exponential.
            double[] expected = [.. numbers.Select(value => Math.Exp((double)value - max))];
            float sum = Row.ExpOfDifference<TSimd, TVector>(ref x0, max, ref y0, (nuint)length);
            Numbers.AssertClose(expected, y.Span, i => 30 * Numbers.Rounding * expected[i], "exp");
            Assert.Equal(expected.Sum(), sum, (30 + length) * Numbers.Rounding * expected.Sum());
            y.AssertFrameIsIntact();
        }
    }

    private static void AssertStoresPart<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] numbers = Numbers.Gaussians(TSimd.Count, seed: 1);

        for (int count = 0; count < TSimd.Count; count++)
        {
            FramedBlock destination = FramedBlock.Destination(TSimd.Count, misalignment: count);
            TSimd.StorePart(TSimd.Load(in numbers[0], 0), ref destination.Span[0], 0, count);

            Assert.Equal(numbers[..count], destination.Span[..count].ToArray());
            Assert.False(destination.Span[count..].ContainsAnyExcept(FramedBlock.Canary));
            destination.AssertFrameIsIntact();
        }
    }
}
