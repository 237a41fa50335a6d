namespace Nnfs.Distributed.Tests;

public sealed class ShardSumTests
{
    /// <summary>Texts in place of numbers would show the order; numbers of very different sizes do, too.</summary>
    [Fact]
    public void Neighbours_are_added_in_pairs()
    {
        float[] shards = [1e8f, 1f, 1f, 1f, -1e8f];
        ShardSum.Add<float>(shards, 5);

        Assert.Equal(((1e8f + 1f) + (1f + 1f)) + -1e8f, shards[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(13)]
    public void Sums_are_those_of_the_tree(int count)
    {
        NumpyRandom random = new(seed: count);
        double[] values = [.. Enumerable.Range(0, count * 3).Select(_ => random.NextGaussian())];
        double[] expected = [.. Enumerable.Range(0, 3).Select(i => Tree(values, i, 0, count))];

        ShardSum.Add<double>(values, count);

        Assert.Equal(expected, values[..3]);
    }

    [Fact]
    public void Shards_of_different_lengths_are_refused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => ShardSum.Add<float>(new float[7], 2));

        Assert.StartsWith("Expected the values of 2 shards, but there are 7, which 2 does not divide.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardSum.Add<float>(new float[7], 0));
    }

    /// <summary>The greatest power of two first, then the rest, which is added to it.</summary>
    private static double Tree(double[] values, int column, int first, int count)
    {
        if (count == 1)
        {
            return values[(first * 3) + column];
        }

        int half = int.IsPow2(count) ? count / 2 : 1 << int.Log2(count);

        return Tree(values, column, first, half) + Tree(values, column, first + half, count - half);
    }
}
