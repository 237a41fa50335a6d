using System.Text.Json;

namespace Nnfs.Tests;

public class NumpyRandomTests
{
    public static TheoryData<long> Seeds => [.. GoldenData.NumpyRandom.EnumerateArray().Select(static golden => golden.GetProperty("seed").GetInt64())];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextUInt32_from_a_seed_draws_the_bits_of_NumPy(long seed)
    {
        NumpyRandom random = new(seed);
        long[] expected = [.. Golden(seed).GetProperty("uint32").EnumerateArray().Select(static number => number.GetInt64())];

        Assert.Equal(expected, expected.Select(_ => (long)random.NextUInt32()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextDouble_from_a_seed_draws_every_digit_of_random_sample(long seed)
    {
        NumpyRandom random = new(seed);
        double[] expected = Golden(seed).GetProperty("random_sample").Doubles();

        Assert.Equal(expected, expected.Select(_ => random.NextDouble()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextGaussian_from_a_seed_draws_every_digit_of_randn(long seed)
    {
        NumpyRandom random = new(seed);
        double[] expected = Golden(seed).GetProperty("randn").Doubles();

        Assert.Equal(expected, expected.Select(_ => random.NextGaussian()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextGaussian_after_the_state_was_renewed_draws_every_digit_of_randn(long seed)
    {
        NumpyRandom random = new(seed);

        for (int i = 0; i < 999; i++)
        {
            random.NextGaussian();
        }

        Assert.Equal(Golden(seed).GetProperty("randn_1000th").GetDouble(), random.NextGaussian());
    }

    [Fact]
    public void NextGaussian_after_another_draw_still_returns_the_stored_number()
    {
        NumpyRandom random = new(0);
        double[] expected = Golden(0).GetProperty("randn").Doubles();

        random.NextGaussian();
        random.NextDouble();

        Assert.Equal(expected[1], random.NextGaussian());
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(1L << 32)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Constructor_with_a_seed_that_NumPy_refuses_throws(long seed)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => new NumpyRandom(seed));

        Assert.Equal("seed", exception.ParamName);
        Assert.Equal(seed, exception.ActualValue);
    }

    private static JsonElement Golden(long seed)
    {
        return GoldenData.NumpyRandom.EnumerateArray().Single(golden => golden.GetProperty("seed").GetInt64() == seed);
    }
}
