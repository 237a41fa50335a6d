using System.Diagnostics;
using Nnfs;

namespace Digits;

/// <summary>Gradient descent on small batches, in another order in every epoch.</summary>
internal static class Training
{
    private const int BatchSize = 64;

    /// <summary>Trains the network, and yields the mean loss of each epoch.</summary>
    public static IEnumerable<(float Loss, TimeSpan Duration)> Run(DigitNet net, Dataset data, int epochs, NumpyRandom random)
    {
        DigitNet.Workspace pass = net.CreateWorkspace(BatchSize);
        Adam adam = new() { Decay = 1e-4f };
        float[] features = new float[BatchSize * DigitNet.InputSize];
        int[] labels = new int[BatchSize];
        int[] order = [.. Enumerable.Range(0, data.Count)];

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            double total = 0;
            Shuffle(order, random);

            // The last batch is smaller where the samples are no whole number of batches.
            for (int first = 0; first < order.Length; first += BatchSize)
            {
                int count = Math.Min(BatchSize, order.Length - first);
                Take(data, order.AsSpan(first, count), features, labels);
                total += count * Step(net, features.AsSpan(0, count * DigitNet.InputSize), labels.AsSpan(0, count), pass, adam);
            }

            yield return ((float)(total / data.Count), Stopwatch.GetElapsedTime(start));
        }
    }

    private static float Step(DigitNet net, ReadOnlySpan<float> features, ReadOnlySpan<int> labels, DigitNet.Workspace pass, Adam adam)
    {
        float loss = net.Forward(features, labels, pass);
        net.Backward(features, labels, pass);
        adam.Step(net.Parameters, pass.Gradients);

        return loss;
    }

    private static void Take(Dataset data, ReadOnlySpan<int> samples, Span<float> features, Span<int> labels)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            data.GetSample(samples[i]).CopyTo(features[(i * DigitNet.InputSize)..]);
            labels[i] = data.Labels[samples[i]];
        }
    }

    private static void Shuffle(int[] order, NumpyRandom random)
    {
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = (int)(random.NextDouble() * (last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }
    }
}
