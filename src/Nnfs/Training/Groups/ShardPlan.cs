namespace Nnfs.Training.Groups;

/// <summary>
/// Which samples of each batch a shard has. The samples of a training lie in as many pieces as there are shards, and each batch takes about as many from each
/// piece: of a piece of n samples, batch b of B has those from ⌊n·b / B⌋ to ⌊n·(b + 1) / B⌋.
/// </summary>
internal sealed class ShardPlan
{
    private readonly int[] _lengths;

    /// <summary>A plan for pieces of some lengths.</summary>
    /// <param name="lengths">The number of samples of each shard.</param>
    /// <param name="batchSize">The most samples that a batch should have, or 0 for all.</param>
    public ShardPlan(int[] lengths, int batchSize)
    {
        _lengths = lengths;
        Samples = lengths.Sum();
        Batches = batchSize == 0 ? 1 : (int)(((Samples - 1L) / batchSize) + 1);
        Capacity = ((lengths.Max() - 1) / Batches) + 1;
    }

    /// <summary>The number of samples of all shards.</summary>
    public int Samples { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>Whether each shard has at least one sample in each batch.</summary>
    public bool HasFullBatches => _lengths.Min() >= Batches;

    /// <summary>The greatest number of samples that a shard has in a batch.</summary>
    public int Capacity { get; }

    /// <summary>Where a part of samples begins that are divided into parts.</summary>
    public static int Start(int samples, int parts, int part) => (int)((long)samples * part / parts);

    /// <summary>The samples of a shard that a batch has.</summary>
    /// <param name="batch">The batch, from 0.</param>
    /// <param name="shard">The shard.</param>
    public Range Of(int batch, int shard) => Start(_lengths[shard], Batches, batch)..Start(_lengths[shard], Batches, batch + 1);

    /// <summary>The number of samples that the first batches have.</summary>
    public int SamplesBefore(int batch)
    {
        int samples = 0;

        foreach (int length in _lengths)
        {
            samples += Start(length, Batches, batch);
        }

        return samples;
    }
}
