using Nnfs.Training;

namespace Nnfs.Tests.Training;

/// <summary>The sum of squares goes by the vectors of the machine, so that these tests run for each width.</summary>
public class GradientScanTests
{
    /// <summary>Lengths around the width of a vector, around a block, and with work enough for several threads.</summary>
    private static IEnumerable<int> Lengths => [.. Enumerable.Range(0, 70), 16_383, 16_384, 16_385, 40_000, 300_001];

    [Fact]
    public void Length_is_the_root_of_the_sum_of_squares_and_the_greatest_magnitude_that_of_all()
    {
        foreach (int length in Lengths)
        {
            float[] gradients = Numbers.Gaussians(length, seed: length + 1, scale: 1e25f);
            double expected = Math.Sqrt(gradients.Sum(static gradient => (double)gradient * gradient));
            GradientScan scan = new(length, measuresLength: true);

            scan.Read(gradients, team: null);

            // Sums of up to 2,000 float64 in a row.
            Assert.Equal(expected, scan.Length, expected * 1e-13);
            Assert.Equal(gradients.Select(Math.Abs).DefaultIfEmpty().Max(), scan.Greatest);
            Assert.True(scan.AreFinite);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Number_that_is_not_finite_is_found_wherever_it_is(float number)
    {
        foreach (int length in (int[])[1, 7, 16, 35, 16_390])
        {
            GradientScan scan = new(length, measuresLength: false);

            foreach (int place in (int[])[0, length / 2, length - 1])
            {
                float[] gradients = new float[length];
                gradients[place] = number;

                scan.Read(gradients, team: null);
                Assert.False(scan.AreFinite);

                gradients[place] = float.MinValue;
                scan.Read(gradients, team: null);
                Assert.True(scan.AreFinite);
                Assert.Equal(float.MaxValue, scan.Greatest);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Several_threads_find_the_bits_of_one(int threads)
    {
        const int Length = 1_000_003;
        float[] gradients = Numbers.Gaussians(Length, seed: 1);
        GradientScan alone = new(Length, measuresLength: true);
        GradientScan together = new(Length, measuresLength: true);

        alone.Read(gradients, team: null);
        together.Read(gradients, new Team<object, object>(threads));

        Assert.Equal(alone.Length, together.Length);
        Assert.Equal(alone.Greatest, together.Greatest);
    }
}
