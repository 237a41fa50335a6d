using Nnfs.Training.Groups;

namespace Nnfs.Tests.Training.Groups;

public class ShardPlanTests
{
    /// <summary>Numbers of samples of shards, and the greatest size of a batch.</summary>
    public static TheoryData<int[], int> Plans => new()
    {
        { [100], 7 },
        { [50, 50], 2 },
        { [50, 50], 0 },
        { [52, 53, 53, 53], 24 },
        { [52, 53, 53, 53], 4 },
        { [1, 1, 1, 1], 4 },
        { [10, 50], 12 },
        { [1, 1000], 64 },
        { [1, 2, 3, 94, 0x4000, 7, 7, 7], 128 },
        { [3, 3, 4, 4, 3, 4, 3, 4], 8 },
    };

    /// <summary>The definition, in whole numbers: all samples sorted by their places and cut into batches.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Batches_take_the_samples_of_all_shards_in_their_places(int[] lengths, int batchSize)
    {
        ShardPlan plan = new(lengths, batchSize);
        int count = lengths.Length;
        bool isEven = lengths.Max() - lengths.Min() <= 1;
        int[] longestFirst = [.. Enumerable.Range(0, count).OrderByDescending(shard => lengths[shard]).ThenBy(static shard => shard)];
        int[] order = [.. lengths
            .SelectMany((length, shard) => Enumerable.Range(0, length).Select(sample => (
                Shard: shard,
                Length: isEven ? 1L : length,
                Place: (2L * count * sample) + (2 * Array.IndexOf(longestFirst, shard)) + 1)))
            .Order(Comparer<(int Shard, long Length, long Place)>.Create(static (one, other) =>
                (one.Place * other.Length).CompareTo(other.Place * one.Length) is var places && places != 0 ? places : one.Shard.CompareTo(other.Shard)))
            .Select(static sample => sample.Shard)];
        int[] next = new int[count];

        for (int batch = 0; batch < plan.Batches; batch++)
        {
            int[] shards = order[plan.SamplesBefore(batch)..plan.SamplesBefore(batch + 1)];

            for (int shard = 0; shard < count; shard++)
            {
                int share = shards.Count(number => number == shard);
                Assert.Equal(next[shard]..(next[shard] + share), plan.Of(batch, shard));
                Assert.InRange(share, 0, plan.Capacity);
                next[shard] += share;
            }
        }

        Assert.Equal(lengths, next);
        Assert.Equal(order.Length, plan.Samples);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Batches_are_neither_empty_nor_too_large_and_differ_by_one_sample_at_most(int[] lengths, int batchSize)
    {
        ShardPlan plan = new(lengths, batchSize);
        int[] sizes = [.. Enumerable.Range(0, plan.Batches).Select(batch => plan.SamplesBefore(batch + 1) - plan.SamplesBefore(batch))];

        Assert.Equal(lengths.Sum(), sizes.Sum());
        Assert.InRange(sizes.Min(), 1, batchSize == 0 ? int.MaxValue : batchSize);
        Assert.InRange(sizes.Max(), sizes.Min(), batchSize == 0 ? int.MaxValue : batchSize);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    /// <summary>What is divided by a group itself, so that parts differ by one sample at most.</summary>
    [Theory]
    [InlineData(211, 4, 24)]
    [InlineData(211, 4, 5)]
    [InlineData(1000, 8, 32)]
    [InlineData(1003, 8, 33)]
    [InlineData(60000, 64, 256)]
    public void Each_shard_has_as_many_samples_of_a_batch_as_any_other_to_one(int samples, int shards, int batchSize)
    {
        int[] lengths = [.. Enumerable.Range(0, shards).Select(shard => ShardPlan.Start(samples, shards, shard + 1) - ShardPlan.Start(samples, shards, shard))];
        ShardPlan plan = new(lengths, batchSize);

        for (int batch = 0; batch < plan.Batches; batch++)
        {
            int[] shares = [.. Enumerable.Range(0, shards).Select(shard => LengthOf(plan.Of(batch, shard)))];

            Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        }
    }

    [Fact]
    public void A_shard_with_a_fifth_of_the_samples_of_another_has_a_fifth_of_its_share_of_each_batch()
    {
        ShardPlan plan = new([100, 500], batchSize: 60);

        Assert.Equal(10, plan.Batches);
        Assert.All(Enumerable.Range(0, 10), batch => Assert.InRange(LengthOf(plan.Of(batch, 0)), 9, 11));
    }

    [Fact]
    public void Batches_in_any_order_are_the_same()
    {
        int[] lengths = [17, 5, 30, 1];
        ShardPlan plan = new(lengths, batchSize: 6);
        Range[] expected = [.. Enumerable.Range(0, plan.Batches).Select(batch => plan.Of(batch, 2))];
        ShardPlan jumping = new(lengths, batchSize: 6);

        foreach (int batch in Enumerable.Range(0, plan.Batches).OrderBy(static batch => batch * 7 % 11).ThenBy(static batch => batch))
        {
            Assert.Equal(expected[batch], jumping.Of(batch, 2));
        }
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void A_plan_tells_whether_each_shard_is_in_each_batch(int batchSize, bool isFull) =>
        Assert.Equal(isFull, new ShardPlan([20, 20], batchSize).HasFullBatches());

    private static int LengthOf(Range range) => range.End.Value - range.Start.Value;
}
