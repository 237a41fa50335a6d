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

    [Fact]
    public void Sums_of_lanes_of_four_and_sixteen_vectors_stand_in_their_places()
    {
        AssertSums<SimdScalar, float>();
        AssertSums<Simd128, Vector128<float>>();
        AssertSums<Simd256, Vector256<float>>();
        AssertSums<Simd512, Vector512<float>>();
    }

    [Fact]
    public void Transpose_of_four_vectors_exchanges_rows_and_columns()
    {
        Vector128<float>[] rows = [.. Enumerable.Range(0, 4).Select(static i => Vector128.Create(4f * i, (4f * i) + 1, (4f * i) + 2, (4f * i) + 3))];

        Simd128.Transpose(ref rows[0], ref rows[1], ref rows[2], ref rows[3]);

        for (int j = 0; j < 4; j++)
        {
            Assert.Equal(Vector128.Create(j, 4f + j, 8f + j, 12f + j), rows[j]);
        }
    }

    [Fact]
    public void Comparisons_select_lanes_by_their_numbers()
    {
        AssertComparisons<SimdScalar, float>();
        AssertComparisons<Simd128, Vector128<float>>();
        AssertComparisons<Simd256, Vector256<float>>();
        AssertComparisons<Simd512, Vector512<float>>();
    }

    private static void AssertSums<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // Whole numbers below 2²⁴, so that their sums are exact in any order.
        float[] numbers = [.. Numbers.Gaussians(16 * TSimd.Count, seed: 7, scale: 1000f).Select(static value => MathF.Round(value))];
        TVector[] x = [.. Enumerable.Range(0, 16).Select(i => TSimd.Load(in numbers[0], (nuint)(i * TSimd.Count)))];
        float[] expected = [.. numbers.Chunk(TSimd.Count).Select(static lanes => lanes.Sum())];
        float[] actual = new float[16];

        for (int row = 0; row < 4; row++)
        {
            TSimd.Sum4(x[4 * row], x[(4 * row) + 1], x[(4 * row) + 2], x[(4 * row) + 3]).CopyTo(actual, 4 * row);
            Assert.Equal(expected[row], TSimd.Sum(x[row]));
        }

        Assert.Equal(expected, actual);

        TSimd.Sum16(
            x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15],
            out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3);
        row0.CopyTo(actual, 0);
        row1.CopyTo(actual, 4);
        row2.CopyTo(actual, 8);
        row3.CopyTo(actual, 12);

        Assert.Equal(expected, actual);
    }

    private static void AssertComparisons<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int[] whole = [.. Enumerable.Range(0, TSimd.Count)];
        float[] numbers = [.. whole.Select(static value => (float)value)];
        TVector sequence = TSimd.Sequence;
        TVector yes = TSimd.Create(1f);
        TVector no = TSimd.Create(-1f);

        Assert.Equal(numbers, Lanes<TSimd, TVector>(sequence));
        Assert.Equal(numbers, Lanes<TSimd, TVector>(TSimd.LoadConverted(in whole[0], 0)));

        for (int lane = 0; lane < TSimd.Count; lane++)
        {
            TVector number = TSimd.Create(lane);

            Assert.Equal(numbers.Select(value => value == lane ? 1f : -1f), Lanes<TSimd, TVector>(TSimd.Select(TSimd.Equal(sequence, number), yes, no)));
            Assert.Equal(numbers.Select(value => value > lane ? 1f : -1f), Lanes<TSimd, TVector>(TSimd.Select(TSimd.Greater(sequence, number), yes, no)));
            Assert.Equal(numbers.Select(value => value == lane ? 1f : 0f), Lanes<TSimd, TVector>(TSimd.WhereEqual(sequence, number, yes)));
            Assert.Equal(numbers.Select(value => value > lane ? 1f : 0f), Lanes<TSimd, TVector>(TSimd.WhereGreater(sequence, number, yes)));
            Assert.Equal(numbers.Select(value => value < lane ? 0f : 1f), Lanes<TSimd, TVector>(TSimd.WhereNotLess(sequence, number, yes)));
        }

        // NaN is neither equal nor greater nor less.
        TVector nan = TSimd.Create(float.NaN);
        Assert.All(Lanes<TSimd, TVector>(TSimd.Select(TSimd.Equal(nan, nan), yes, no)), static value => Assert.Equal(-1f, value));
        Assert.All(Lanes<TSimd, TVector>(TSimd.Select(TSimd.Greater(nan, no), yes, no)), static value => Assert.Equal(-1f, value));
        Assert.All(Lanes<TSimd, TVector>(TSimd.WhereNotLess(nan, no, yes)), static value => Assert.Equal(1f, value));
    }

    private static float[] Lanes<TSimd, TVector>(TVector vector)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] lanes = new float[TSimd.Count];
        TSimd.Store(vector, ref lanes[0], 0);

        return lanes;
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

            float max = RowMath.Max<TSimd, TVector>(ref x0, (nuint)length);
            Assert.Equal(numbers.Max(), max);

            RowMath.Divide<TSimd, TVector>(ref x0, 3f, ref y0, (nuint)length);
            Assert.Equal([.. numbers.Select(static value => value / 3f)], y.Span.ToArray());

            // Differences up to 24 are rounded before the exponential.
            double[] expected = [.. numbers.Select(value => Math.Exp((double)value - max))];
            float sum = RowMath.ExpOfDifference<TSimd, TVector>(ref x0, max, ref y0, (nuint)length);
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
