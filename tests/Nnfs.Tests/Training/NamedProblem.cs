namespace Nnfs.Tests.Training;

/// <summary>Samples for <see cref="WordStateNetwork"/> that can be learned.</summary>
internal sealed class NamedProblem
{
    public NamedProblem(int samples, long seed = 1)
    {
        State = Numbers.Gaussians(samples * WordStateNetwork.StateSize, seed);
        Words = [.. Enumerable.Range(0, samples * WordStateNetwork.WordSize).Select(static i => i * i % 5)];
        Labels = [.. Enumerable.Range(0, samples).Select(i => State[i * 3] > 0.3f ? 0 : Words[i * 2] > 1 ? 1 : 2)];
        Targets = [.. Enumerable.Range(0, samples).SelectMany(i => (float[])[State[(i * 3) + 1] * 0.5f, Words[(i * 2) + 1] - 2])];
        Count = samples;
    }

    public int Count { get; }

    public int[] Words { get; }

    public float[] State { get; }

    public int[] Labels { get; }

    public float[] Targets { get; }

    public NamedDataset Dataset => WordStateNetwork.CreateDataset(Words, State, Labels, Targets);
}
