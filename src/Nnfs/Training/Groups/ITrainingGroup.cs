namespace Nnfs;

/// <summary>The processes that train one network together. Each of them calls the same methods, in the same order.</summary>
/// <remarks>
/// A batch is divided into <see cref="Shards"/> shards, which lie one after the other, and of which every process has the same number. What the shards give is
/// added up as <see cref="ShardSum"/> does, so that the sum has the same bits for any number of processes that divides the shards by a power of two.
/// </remarks>
public interface ITrainingGroup
{
    /// <summary>The number of this process, 0 … <see cref="Size"/> − 1. The first writes files and shows progress.</summary>
    int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>The number of shards of a batch: <see cref="Size"/> times a power of two.</summary>
    int Shards { get; }

    /// <summary>Replaces what this process has with the sum of what all have, in the order of <see cref="ShardSum"/>: the same bits everywhere.</summary>
    /// <param name="values">The sum of this process's shards. All processes give the same number of values.</param>
    void Sum(Span<float> values);

    /// <summary>Replaces what this process has with the sum of what all have, in the order of <see cref="ShardSum"/>: the same bits everywhere.</summary>
    /// <param name="values">The sum of this process's shards. All processes give the same number of values.</param>
    void Sum(Span<double> values);

    /// <summary>Replaces what this process has with what the first one has.</summary>
    /// <param name="bytes">All processes give the same number of bytes.</param>
    void Broadcast(Span<byte> bytes);

    /// <summary>
    /// Tells that an exception has ended a training in this process, perhaps in no other, so that others may wait for it in vain. The default does nothing.
    /// </summary>
    void Leave()
    {
    }
}
