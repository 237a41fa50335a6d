namespace Nnfs.Training.Groups;

/// <summary>
/// Which samples of each batch a shard has. An epoch takes the samples of all shards in one fixed order, in which the shards take turns, those with more
/// samples first and more often: of n samples of the s-th of S shards, the j-th has the place (j + (s + ½) / S) / n. Batch b of B has those from ⌊N·b / B⌋ to
/// ⌊N·(b + 1) / B⌋ of all N in this order. So no batch is empty, or larger than it should be.
/// </summary>
/// <remarks>
/// Where the numbers of samples differ by one at most, n is the mean of them. Then the shards take turns in one round after the other, the last of which only
/// the longer ones begin, and in each batch they have as many samples as each other to one.
/// </remarks>
internal sealed class ShardPlan
{
    private readonly double[] _paces;
    private readonly double[] _offsets;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private int _batch = -1;

    /// <summary>A plan for shards with some numbers of samples.</summary>
    /// <param name="lengths">The number of samples of each shard, at least 1.</param>
    /// <param name="batchSize">The most samples that a batch has, or 0 for all.</param>
    public ShardPlan(int[] lengths, int batchSize)
    {
        _starts = new int[lengths.Length];
        _ends = new int[lengths.Length];
        Samples = lengths.Sum();
        Batches = batchSize == 0 ? 1 : (int)(((Samples - 1L) / batchSize) + 1);

        // A batch spans at most (most + S - 2) / N of the epoch, and a shard has at most one sample more than that part of its own.
        int longest = lengths.Max();
        long most = ((Samples - 1L) / Batches) + 1;
        Capacity = (int)Math.Min(longest, (longest * (most + lengths.Length - 2) / Samples) + 1);

        bool isEven = longest - lengths.Min() <= 1;
        _paces = [.. lengths.Select(length => isEven ? (double)Samples / lengths.Length : length)];
        _offsets = new double[lengths.Length];

        foreach ((int place, int shard) in Enumerable.Range(0, lengths.Length).OrderByDescending(shard => lengths[shard]).Index())
        {
            _offsets[shard] = (place + 0.5) / lengths.Length;
        }
    }

    /// <summary>The number of samples of all shards.</summary>
    public int Samples { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>At least the greatest number of samples that a shard has in a batch.</summary>
    public int Capacity { get; }

    /// <summary>Where a part of samples begins that are divided into parts.</summary>
    public static int Start(int samples, int parts, int part) => (int)((long)samples * part / parts);

    /// <summary>The number of samples that the first batches have.</summary>
    public int SamplesBefore(int batch) => Start(Samples, Batches, batch);

    /// <summary>The samples of a shard that a batch has.</summary>
    /// <param name="batch">The batch, from 0.</param>
    /// <param name="shard">The shard.</param>
    public Range Of(int batch, int shard)
    {
        if (batch != _batch)
        {
            if (batch == _batch + 1)
            {
                _ends.CopyTo(_starts, 0);
            }
            else
            {
                Count(SamplesBefore(batch), _starts);
            }

            Count(SamplesBefore(batch + 1), _ends);
            _batch = batch;
        }

        return _starts[shard].._ends[shard];
    }

    /// <summary>Whether each shard has at least one sample in each batch.</summary>
    public bool HasFullBatches()
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int shard = 0; shard < _starts.Length; shard++)
            {
                Range samples = Of(batch, shard);

                if (samples.Start.Value == samples.End.Value)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>How many of the first samples of an epoch each shard has.</summary>
    private void Count(int samples, int[] counts)
    {
        // What has a place up to here is surely among them, with room for roundings; the next ones follow one by one.
        double share = (double)(samples - counts.Length) / Samples;
        int counted = 0;

        for (int shard = 0; shard < counts.Length; shard++)
        {
            counts[shard] = Math.Max(0, (int)Math.Floor((_paces[shard] * share) - _offsets[shard]) + 1);
            counted += counts[shard];
        }

        for (; counted < samples; counted++)
        {
            int next = 0;

            for (int shard = 1; shard < counts.Length; shard++)
            {
                next = PlaceAfter(counts, shard) < PlaceAfter(counts, next) ? shard : next;
            }

            counts[next]++;
        }
    }

    private double PlaceAfter(int[] counts, int shard) => (counts[shard] + _offsets[shard]) / _paces[shard];
}
