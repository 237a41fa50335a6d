using Nnfs.Catalogue.Layers;
using Nnfs.Simd;

namespace Nnfs.Tests.Kernels;

/// <summary>
/// Whether masks look random. All seeds are fixed, so a test always passes or always fails; limits are five standard deviations, which a random mask exceeds
/// once in 1.7 million tests.
/// </summary>
public class DropoutRandomnessTests
{
    private const int Count = 1 << 18;
    private const double Limit = 5;

    public static TheoryData<ulong> Seeds => [0, 1, 2, 0xFFFFFFFFFFFFFFFF, 0x9E3779B97F4A7C15, 123456789];

    private static int[] Strides => [1, 2, 3, 4, 7, 8, 15, 16, 17, 32, 63, 64, 65, 100, 128, 256, 512, 784, 1024, 4096, 65536, 1 << 17];

    [Theory]
    [InlineData(0.001f)]
    [InlineData(0.1f)]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    [InlineData(0.999f)]
    public void Share_of_kept_elements_is_the_rate_s(float rate)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            Assert.InRange(Mask(seed, 0, rate).Sum() / Math.Sqrt(Count), -Limit, Limit);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Bytes_of_the_hash_are_uniform(ulong seed)
    {
        int[][] counts = [new int[256], new int[256], new int[256], new int[256]];

        for (uint i = 0; i < Count; i++)
        {
            uint bits = Bits(i, (uint)seed, (uint)(seed >> 32));

            for (int place = 0; place < 4; place++)
            {
                counts[place][(byte)(bits >> (8 * place))]++;
            }
        }

        Array.ForEach(counts, static ofByte => AssertUniform(ofByte));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_bit_of_an_index_or_key_changes_half_of_the_bits_of_the_hash(ulong seed)
    {
        const int Trials = 1 << 13;
        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));

        for (int place = 0; place < 32; place++)
        {
            uint flip = 1u << place;
            int[] changes = new int[3 * 32];

            for (uint i = 0; i < Trials; i++)
            {
                uint bits = Bits(i, key0, key1);
                Count(bits ^ Bits(i ^ flip, key0, key1), changes.AsSpan(0, 32));
                Count(bits ^ Bits(i, key0 ^ flip, key1), changes.AsSpan(32, 32));
                Count(bits ^ Bits(i, key0, key1 ^ flip), changes.AsSpan(64, 32));
            }

            // An index and its neighbour by one flipped bit may both be among the trials, so half of the pairs count twice.
            Assert.All(changes, static count => Assert.InRange((count - (Trials / 2)) / Math.Sqrt(Trials / 2), -Limit - 1, Limit + 1));
        }

        static void Count(uint bits, Span<int> counts)
        {
            for (int i = 0; i < 32; i++)
            {
                counts[i] += (int)(bits >> i) & 1;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hash_is_taken_back_by_the_inverse_that_was_published(ulong seed)
    {
        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));

        for (uint i = 0; i < 10_000; i++)
        {
            uint index = i * 429_493;
            uint between = DropoutLayer.InverseOfMix32(Bits(index, key0, key1)) - key1;

            Assert.Equal(index, DropoutLayer.InverseOfMix32(between) ^ key0);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Patterns_of_eight_elements_are_equally_frequent(ulong seed)
    {
        foreach (int stride in (int[])[1, 64, 512])
        {
            double[] mask = Mask(seed, 0, 0.5f);
            int[] counts = new int[256];

            // Eight rows of a matrix of that width at a time, and its columns as patterns.
            for (int i = 0; i < Count / 8; i++)
            {
                int start = (i / stride * 8 * stride) + (i % stride);
                int pattern = 0;

                for (int row = 0; row < 8; row++)
                {
                    pattern = (2 * pattern) + (mask[start + (row * stride)] > 0 ? 1 : 0);
                }

                counts[pattern]++;
            }

            AssertUniform(counts);
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.8f)]
    public void Elements_at_any_distance_are_independent(float rate)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            double[] mask = Mask(seed, 0, rate);

            foreach (int stride in Strides)
            {
                AssertIndependent(mask.AsSpan(stride), mask.AsSpan(0, Count - stride));
            }
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(784)]
    public void Rows_and_columns_of_any_width_keep_as_many_as_random_ones(int width)
    {
        foreach (float rate in (float[])[0.1f, 0.5f])
        {
            double[] mask = Mask(seed: 11, 0, rate);
            int rows = Count / width;
            double[] ofRows = new double[rows];
            double[] ofColumns = new double[width];

            for (int i = 0; i < rows * width; i++)
            {
                ofRows[i / width] += mask[i] / Math.Sqrt(width);
                ofColumns[i % width] += mask[i] / Math.Sqrt(rows);
            }

            AssertUnitVariance(ofRows);
            AssertUnitVariance(ofColumns);
        }
    }

    [Fact]
    public void Masks_of_near_seeds_layers_and_blocks_of_numbers_are_independent()
    {
        foreach (float rate in (float[])[0.1f, 0.5f])
        {
            foreach (ulong seed in (ulong[])[0, 41, ulong.MaxValue])
            {
                double[] mask = Mask(seed, 0, rate);
                double[][] others =
                [
                    Mask(seed + 1, 0, rate), Mask(seed + 2, 0, rate), Mask(seed ^ (1UL << 31), 0, rate), Mask(seed + (1UL << 32), 0, rate),
                    Mask(seed, 1L << 32, rate), Mask(seed, 1L << 33, rate),
                    Mask(Nnfs.Kernels.Dropout.Seed(seed, 0), 0, rate), Mask(Nnfs.Kernels.Dropout.Seed(seed, 1), 0, rate),
                    Mask(Nnfs.Kernels.Dropout.Seed(seed + 1, 0), 0, rate), Mask(Nnfs.Kernels.Dropout.Seed(seed + 1, 1), 0, rate),
                ];

                foreach (double[] other in others)
                {
                    foreach (int shift in (int[])[0, 1, 64])
                    {
                        AssertIndependent(mask.AsSpan(shift), other.AsSpan(0, Count - shift));
                    }
                }

                for (int i = 0; i < others.Length; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        AssertIndependent(others[i], others[j]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Seeds_of_layers_differ()
    {
        HashSet<ulong> seeds = [];

        for (ulong seed = 0; seed < 100; seed++)
        {
            for (int layer = 0; layer < 100; layer++)
            {
                Assert.True(seeds.Add(Nnfs.Kernels.Dropout.Seed(seed, layer)));
            }
        }
    }

    /// <summary>A mask of mean 0 and variance 1: <c>(kept − (1 − rate)) / √(rate · (1 − rate))</c>.</summary>
    private static double[] Mask(ulong seed, long first, float rate)
    {
        float[] ones = new float[Count];
        Array.Fill(ones, 1f);
        Nnfs.Kernels.Dropout.Forward(ones, rate, seed, first, ones);
        double deviation = Math.Sqrt(rate * (1 - (double)rate));

        return [.. ones.Select(value => ((value != 0f ? 1 : 0) - (1 - (double)rate)) / deviation)];
    }

    private static uint Bits(uint index, uint key0, uint key1) => KeyedHash.Bits<SimdIntegerScalar, float, uint>(index, key0, key1);

    /// <summary>Products of independent elements of mean 0 and variance 1 have these too, and their sum the variance of their number.</summary>
    private static void AssertIndependent(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;

        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        Assert.InRange(sum / Math.Sqrt(x.Length), -Limit, Limit);
    }

    /// <summary>Squares of nearly normal numbers have mean 1 and variance 2.</summary>
    private static void AssertUnitVariance(double[] sums) =>
        Assert.InRange((sums.Sum(static sum => sum * sum) - sums.Length) / Math.Sqrt(2.0 * sums.Length), -Limit, Limit);

    /// <summary>The chi-square of counts has the mean and half the variance of its degrees of freedom. Too regular is not random either.</summary>
    private static void AssertUniform(int[] counts)
    {
        double expected = counts.Average();
        double square = counts.Sum(count => (count - expected) * (count - expected) / expected);
        int degrees = counts.Length - 1;

        // The chi-square distribution is a little wider above than a normal one.
        Assert.InRange((square - degrees) / Math.Sqrt(2.0 * degrees), -Limit, Limit + 1);
    }
}
