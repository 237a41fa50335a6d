namespace Nnfs.Kernels;

/// <summary>
/// The shard of a batch that a thread computes, where batch normalisations take mean and variance of the whole batch: what they sum up is summed over all
/// shards, which run side by side.
/// </summary>
internal abstract class SharedBatch
{
    [ThreadStatic]
    private static SharedBatch? s_current;

    private double[] _room = [];

    /// <summary>The shard of this thread; <see langword="null"/> where statistics are those of its samples alone.</summary>
    public static SharedBatch? Current
    {
        get => s_current;
        set => s_current = value;
    }

    /// <summary>What the gradients of the shard are multiplied by when those of all are added up: its share of the batch, more than 0.</summary>
    public abstract double Weight { get; }

    /// <summary>Whether this shard writes running averages, for all that share the network.</summary>
    public abstract bool WritesAverages { get; }

    /// <summary>The rows of all shards that the last statistics are of.</summary>
    public int Rows { get; set; }

    /// <summary>Replaces values by the sum of those of all shards, the same bits in each.</summary>
    public abstract void Sum(Span<double> values);

    /// <summary>Memory that the next call overwrites.</summary>
    public Span<double> Room(int length)
    {
        if (_room.Length < length)
        {
            _room = new double[length];
        }

        return _room.AsSpan(0, length);
    }
}
