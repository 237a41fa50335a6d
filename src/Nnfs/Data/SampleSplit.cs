namespace Nnfs.Data;

/// <summary>Which samples are trained on, and which are for the test.</summary>
/// <param name="Training">Their indices, in a random order.</param>
/// <param name="Test">Their indices, in a random order.</param>
internal readonly record struct SampleSplit(int[] Training, int[] Test)
{
    /// <summary>Takes a share of all samples for the test, the same for the same seed.</summary>
    public static SampleSplit Random(int count, double testFraction, int seed)
    {
        Check(testFraction);
        int[] samples = [.. Enumerable.Range(0, count)];
        Permutation.Shuffle(samples, new NumpyRandom(seed));
        int tests = Share(count, testFraction);

        return new SampleSplit(samples[tests..], samples[..tests]);
    }

    /// <summary>Takes the same share of every class for the test, the same for the same seed.</summary>
    public static SampleSplit Stratified(ReadOnlySpan<int> labels, int classes, double testFraction, int seed)
    {
        Check(testFraction);
        int[] counts = new int[classes];

        foreach (int label in labels)
        {
            counts[label]++;
        }

        // What is left to take of each class, while the samples come in a random order.
        int[] tests = [.. counts.Select(count => Share(count, testFraction))];
        int[] samples = [.. Enumerable.Range(0, labels.Length)];
        Permutation.Shuffle(samples, new NumpyRandom(seed));
        List<int> test = [];
        List<int> training = [];

        foreach (int sample in samples)
        {
            (tests[labels[sample]]-- > 0 ? test : training).Add(sample);
        }

        return new SampleSplit([.. training], [.. test]);
    }

    private static void Check(double testFraction)
    {
        if (testFraction is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The share of the samples for the test must be from 0 to 1.");
        }
    }

    private static int Share(int count, double fraction) => (int)Math.Round(count * fraction, MidpointRounding.AwayFromZero);
}
