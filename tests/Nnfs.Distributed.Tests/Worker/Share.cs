namespace Nnfs.Distributed.Worker;

/// <summary>Which of some drawn samples a process is given: all of them, or those that are its own.</summary>
/// <param name="group">The processes.</param>
/// <param name="isOwn">Whether each has samples of its own.</param>
/// <param name="samples">The number of samples of all.</param>
internal sealed class Share(ITrainingGroup group, bool isOwn, int samples)
{
    private readonly NumpyRandom _random = new(seed: 5);
    private readonly int _start = isOwn ? samples * group.Rank / group.Size : 0;
    private readonly int _end = isOwn ? samples * (group.Rank + 1) / group.Size : samples;

    /// <summary>Some numbers of each sample, normally distributed.</summary>
    public float[] Numbers(int width)
    {
        float[] all = [.. Enumerable.Range(0, samples * width).Select(_ => (float)_random.NextGaussian())];

        return all[(_start * width)..(_end * width)];
    }

    /// <summary>Some classes of each sample; those of lower numbers are more frequent.</summary>
    public int[] Labels(int classes, int width = 1)
    {
        int[] all = [.. Enumerable.Range(0, samples * width).Select(_ => (int)(Math.Pow(_random.NextDouble(), 1.5) * classes))];

        return all[(_start * width)..(_end * width)];
    }

    /// <summary>The same, where every seventh position counts for nothing.</summary>
    public int[] LabelsWithGaps(int classes, int width)
    {
        int[] labels = Labels(classes, width);

        return [.. labels.Select((label, i) => ((_start * width) + i) % 7 == 3 ? -1 : label)];
    }

    /// <summary>A weight of each sample.</summary>
    public float[] Weights() => [.. Numbers(1).Select(static number => MathF.Abs(number) + 0.1f)];
}
