using Nnfs.RandomNumbers;

namespace Nnfs.Training;

/// <summary>The order in which each epoch takes the samples. It depends on the seed and the epoch, and on no epoch before.</summary>
/// <param name="samples">The samples that are trained on, or none for the first <paramref name="count"/>.</param>
/// <param name="count">The number of samples that are trained on.</param>
/// <param name="shuffle">Whether they are shuffled.</param>
/// <param name="seed">The seed of the orders.</param>
internal sealed class EpochOrder(int[]? samples, int count, bool shuffle, long seed)
{
    private readonly int[] _order = shuffle ? new int[count] : samples ?? [];

    /// <summary>The order of the last epoch that was asked for.</summary>
    public ReadOnlySpan<int> Last => _order;

    /// <summary>The samples in their order: by Fisher and Yates, from the order in which they are given. Empty where that is the order.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public ReadOnlySpan<int> Of(int epoch)
    {
        if (!shuffle)
        {
            return _order;
        }

        for (int i = 0; i < count; i++)
        {
            _order[i] = samples is null ? i : samples[i];
        }

        SplitMix64 random = SplitMix64.ForEpoch(seed, epoch);

        for (int i = count - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }

        return _order;
    }
}
