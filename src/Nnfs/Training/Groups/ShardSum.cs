using System.Numerics;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>
/// The order in which the values of shards are added up: neighbours in pairs, then neighbouring pairs, and so on. What is left over at the end, where their
/// number is not a power of two, is added from the last to the first.
/// </summary>
/// <remarks>
/// The sum of a power of two of shards that begin at a multiple of it is a part of the whole sum. So a process adds up its own shards first, and the sums of
/// the processes are added in the same order.
/// </remarks>
public static class ShardSum
{
    /// <summary>Adds up shards that lie one after the other. The sum is then the first of them; the others are overwritten.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="shards">[<paramref name="count"/> × values], row-major.</param>
    /// <param name="count">The number of shards, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The values can't be divided into as many shards.</exception>
    public static void Add<T>(Span<T> shards, int count)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        if (shards.Length % count != 0)
        {
            throw new ArgumentException(
                $"Expected the values of {count} shards, but there are {shards.Length}, which {count} does not divide.", nameof(shards));
        }

        int length = shards.Length / count;

        // The set bits of what has been added so far are the sums that are complete: each lies where its first shard did.
        for (int added = 1; added <= count; added++)
        {
            for (int size = 1; added % (size * 2) == 0; size *= 2)
            {
                AddTo(shards, length, added - (size * 2), added - size);
            }
        }

        int last = count & (count - 1);

        while (last != 0)
        {
            int before = last & (last - 1);
            AddTo(shards, length, before, last);
            last = before;
        }
    }

    private static void AddTo<T>(Span<T> shards, int length, int sum, int shard)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        Span<T> target = shards.Slice(sum * length, length);
        TensorPrimitives.Add(target, shards.Slice(shard * length, length), target);
    }
}
