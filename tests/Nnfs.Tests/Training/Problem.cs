namespace Nnfs.Tests.Training;

/// <summary>Samples for <see cref="SmallNetwork"/> that can be learned, and what a plain loop makes of them.</summary>
internal sealed class Problem
{
    public Problem(int samples, long seed = 1)
    {
        Features = Numbers.Gaussians(samples * SmallNetwork.InputSize, seed);
        Labels = new int[samples];

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<float> x = Features.AsSpan(i * SmallNetwork.InputSize, SmallNetwork.InputSize);
            Labels[i] = x[0] > 0.3f ? 0 : x[1] + x[2] > 0f ? 1 : 2;
        }
    }

    public float[] Features { get; }

    public int[] Labels { get; }

    public int Count => Labels.Length;

    /// <summary>A network after that many steps of a plain loop over batches in the order of the samples.</summary>
    public SmallNetwork TrainPlainly(int steps, int batchSize, Optimizer optimizer)
    {
        SmallNetwork network = new(seed: 7);
        TrainPlainly(network, steps, batchSize, optimizer);

        return network;
    }

    /// <summary>Takes that many steps of a plain loop, from the first sample on.</summary>
    public void TrainPlainly(SmallNetwork network, int steps, int batchSize, Optimizer optimizer)
    {
        SmallNetwork.Workspace pass = network.CreateWorkspace(batchSize);
        int first = 0;

        for (int step = 0; step < steps; step++)
        {
            int count = Math.Min(batchSize, Count - first);
            ReadOnlySpan<float> inputs = Features.AsSpan(first * SmallNetwork.InputSize, count * SmallNetwork.InputSize);
            ReadOnlySpan<int> labels = Labels.AsSpan(first, count);
            network.Forward(inputs, labels, pass);
            network.Backward(inputs, labels, pass);
            optimizer.Step(network.Parameters, pass.Gradients);
            first = first + count == Count ? 0 : first + count;
        }
    }

    /// <summary>The same samples in another order.</summary>
    public Problem Reordered(ReadOnlySpan<int> order)
    {
        Problem other = new(order.Length);

        for (int i = 0; i < order.Length; i++)
        {
            Features.AsSpan(order[i] * SmallNetwork.InputSize, SmallNetwork.InputSize).CopyTo(other.Features.AsSpan(i * SmallNetwork.InputSize));
            other.Labels[i] = Labels[order[i]];
        }

        return other;
    }
}
