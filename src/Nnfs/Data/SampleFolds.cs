namespace Nnfs.Data;

/// <summary>Parts of samples, each of which is the test once.</summary>
internal static class SampleFolds
{
    /// <summary>For each part the samples to train on and those of the test, both in their order.</summary>
    /// <param name="labels">The classes of the samples, of which each part has its share; empty where they don't matter.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="count">The number of parts.</param>
    /// <param name="seed">The seed of the random order, in which samples are dealt out to the parts in turn: class by class, or all together.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is less than 2 or more than there are samples, or <paramref name="seed"/> is negative.
    /// </exception>
    public static SampleSplit[] Of(ReadOnlySpan<int> labels, int samples, int count, int seed)
    {
        if (count < 2 || count > samples)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected from 2 to {samples} parts, one for each sample, but they are {count}.");
        }

        int[] order = [.. Enumerable.Range(0, samples)];
        Permutation.Shuffle(order, new NumpyRandom(seed));
        int[] parts = new int[samples];

        if (!labels.IsEmpty)
        {
            // The classes one after the other, each in the random order: parts get the samples of a class in turn, and so their shares.
            int[] classes = labels.ToArray();
            order = [.. order.OrderBy(sample => classes[sample])];
        }

        for (int i = 0; i < samples; i++)
        {
            parts[order[i]] = i % count;
        }

        return
        [
            .. Enumerable.Range(0, count).Select(part => new SampleSplit(
                [.. Enumerable.Range(0, samples).Where(sample => parts[sample] != part)],
                [.. Enumerable.Range(0, samples).Where(sample => parts[sample] == part)])),
        ];
    }
}
