namespace Nnfs;

/// <summary>
/// A group of one process that divides its batches as a larger group would: what <c>TrainingOptions.Group = new LocalGroup(shards: 4)</c> trains has the same
/// bits as what 1, 2 or 4 processes with 4 shards train.
/// </summary>
public sealed class LocalGroup : ITrainingGroup
{
    /// <summary>A group of one.</summary>
    /// <param name="shards">The number of shards of a batch, a power of two.</param>
    /// <exception cref="ArgumentException"><paramref name="shards"/> is not a power of two.</exception>
    public LocalGroup(int shards = 1)
    {
        if (!int.IsPow2(shards))
        {
            throw new ArgumentException($"Expected shards to be a power of two, but it is {shards}.", nameof(shards));
        }

        Shards = shards;
    }

    /// <summary>0.</summary>
    public int Rank => 0;

    /// <summary>1.</summary>
    public int Size => 1;

    /// <inheritdoc/>
    public int Shards { get; }

    /// <summary>Leaves the values as they are: there are no others.</summary>
    public void Sum(Span<float> values)
    {
    }

    /// <summary>Leaves the values as they are: there are no others.</summary>
    public void Sum(Span<double> values)
    {
    }

    /// <summary>Leaves the bytes as they are: there are no others.</summary>
    public void Broadcast(Span<byte> bytes)
    {
    }
}
