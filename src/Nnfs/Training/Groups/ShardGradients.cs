using System.Numerics;
using System.Numerics.Tensors;

namespace Nnfs.Training.Groups;

/// <summary>Adds up the gradients of the shards of a process, one after the other, in the order of <see cref="ShardSum"/>.</summary>
/// <param name="shards">The number of shards, a power of two.</param>
/// <param name="length">The number of gradients of each.</param>
internal sealed class ShardGradients(int shards, int length)
{
    /// <summary>The sums of 1, 2, 4 … shards that wait for their neighbours.</summary>
    private readonly AlignedBlock[] _waiting = [.. Enumerable.Range(0, BitOperations.Log2((uint)shards)).Select(_ => new AlignedBlock(length))];

    /// <summary>Adds a shard. After the last one, the sum of all is in its gradients.</summary>
    /// <param name="shard">Its number, from 0: one after the other.</param>
    /// <param name="gradients">Its gradients; changed.</param>
    public void Add(int shard, Span<float> gradients)
    {
        int level = 0;

        for (; ((shard >> level) & 1) == 1; level++)
        {
            TensorPrimitives.Add(gradients, _waiting[level].Span, gradients);
        }

        if (shard + 1 < shards)
        {
            gradients.CopyTo(_waiting[level].Span);
        }
    }
}
