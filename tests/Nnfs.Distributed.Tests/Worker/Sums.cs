namespace Nnfs.Distributed.Worker;

/// <summary>Adds up drawn numbers of all shards.</summary>
internal static class Sums
{
    /// <summary>The number of the process, and a hash of the bits of the sum of floats and of that of doubles.</summary>
    /// <param name="count">The number of values of a shard.</param>
    /// <param name="shards">The number of shards.</param>
    public static string Run(int count, int shards)
    {
        MpiGroup group = MpiGroup.World(shards);
        int own = group.Shards / group.Size;
        double[] doubles = new double[own * count];
        float[] floats = new float[own * count];

        for (int shard = 0; shard < own; shard++)
        {
            NumpyRandom random = new(seed: 100 + (group.Rank * own) + shard);

            for (int i = 0; i < count; i++)
            {
                doubles[(shard * count) + i] = random.NextGaussian() * Math.Pow(10, random.NextGaussian());
                floats[(shard * count) + i] = (float)doubles[(shard * count) + i];
            }
        }

        ShardSum.Add<double>(doubles, own);
        ShardSum.Add<float>(floats, own);
        group.Sum(doubles.AsSpan(0, count));
        group.Sum(floats.AsSpan(0, count));

        // Twice, so that memory that is kept has been used.
        group.Sum(new float[Math.Min(count, 3)]);

        return $"rank {group.Rank} {TrainingResult.Hash<double>(doubles.AsSpan(0, count))} {TrainingResult.Hash<float>(floats.AsSpan(0, count))}";
    }
}
