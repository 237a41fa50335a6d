namespace Nnfs.Generators.Tests.Gradients;

/// <summary>The numbers of a case: parameters, inputs and answers, all in float32 as the network gets them.</summary>
internal sealed class Batch
{
    /// <summary>The closest that the input of a ReLU may come to zero, as a part of the magnitude of the terms that it is the sum of.</summary>
    /// <remarks>
    /// Closer than a few float32 roundings, float32 and float64 may disagree about its sign. The gradient jumps there, so both are right
    /// and yet differ by far more than any tolerance.
    /// </remarks>
    private const double SmallestDistance = 1e-5;

    /// <summary>How much of its tolerance each gradient and the outputs may lose to roundings at random.</summary>
    /// <remarks>
    /// Where every element is a small difference of large terms, layer after layer, float32 has too few digits and no kernel could come
    /// within the tolerance. That happens where there is one element, as in a layer of one neuron with one sample: it may be
    /// anywhere near zero. Where there are many, some are large.
    /// </remarks>
    private const double LargestShare = 0.25;

    private const int Trials = 8;
    private const int MostDraws = 1000;

    private Batch(NetworkCase network, Random random)
    {
        int dense = network.Layers.Count(static layer => layer.Kind == LayerKind.Dense);
        Weights = new float[dense][];
        Biases = new float[dense][];
        int next = 0;

        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (network.Layers[i] is { Kind: LayerKind.Dense } layer)
            {
                // The variance that keeps activations at their size through depth, or a little off it. Where logits grow to 50 and more the
                // softmax turns any rounding of them into an error beyond what these tests allow, and no kernel could help it.
                bool rectified = i + 1 < network.Layers.Length && network.Layers[i + 1].Kind == LayerKind.ReLU;
                double gain = (0.7 + (0.5 * random.NextDouble())) * Math.Sqrt((rectified ? 2.0 : 1.0) / layer.Inputs);
                Weights[next] = Gaussians(random, layer.Inputs * layer.Outputs, gain);
                Biases[next++] = Gaussians(random, layer.Outputs, 0.5);
            }
        }

        Inputs = Gaussians(random, network.Batch * network.Inputs, 1);
        Labels = [.. Enumerable.Range(0, network.Batch).Select(_ => random.Next(network.Outputs))];

        Targets = !network.HasLoss ? Gaussians(random, network.Batch * network.Outputs, 1)
            : network.Answers == Answers.Soft ? Distributions(random, network.Batch, network.Outputs)
            : OneHot(Labels, network.Outputs);

        Reference = new ReferenceNetwork(network, this);
        Activations = Reference.Forward(Array.ConvertAll(Inputs, static value => (double)value), network.Batch);
        Outputs = Reference.Outputs(Activations, network.Batch);
        Gradients = Reference.Backward(Activations, network.Batch);
    }

    /// <summary>The weights [inputs × neurons] of each dense layer.</summary>
    public float[][] Weights { get; }

    /// <summary>The biases of each dense layer.</summary>
    public float[][] Biases { get; }

    public float[] Inputs { get; }

    public int[] Labels { get; }

    /// <summary>The answers as rows, also where the network is told labels; where it has no loss, the gradient of its outputs.</summary>
    public float[] Targets { get; }

    public ReferenceNetwork Reference { get; }

    /// <summary>What the reference makes of the inputs, layer by layer; the inputs come first.</summary>
    public double[][] Activations { get; }

    /// <summary>What the reference makes of the answers: weights and biases of each dense layer in turn, then the inputs.</summary>
    public List<GradientTensor> Gradients { get; }

    /// <summary>What the reference gives as outputs.</summary>
    public double[] Outputs { get; }

    /// <summary>Draws numbers until no ReLU is close to its kink and float32 has digits enough.</summary>
    public static Batch Draw(NetworkCase network, Random random)
    {
        for (int i = 0; i < MostDraws; i++)
        {
            Batch batch = new(network, random);

            if (batch.SuitsSingle(network, random))
            {
                return batch;
            }
        }

        throw new InvalidOperationException($"Of {MostDraws} batches none is fit for float32: {network}.");
    }

    public static float[] Gaussians(Random random, int count, double deviation)
    {
        float[] values = new float[count];

        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }

    private bool SuitsSingle(NetworkCase network, Random random)
    {
        if (Reference.DistanceFromKinks(Activations, network.Batch) < SmallestDistance)
        {
            return false;
        }

        for (int i = 0; i < Trials; i++)
        {
            ReferenceNetwork rounded = new(network, this, random);
            double[][] activations = rounded.Forward(Activations[0], network.Batch);

            if (!IsClose(Outputs, rounded.Outputs(activations, network.Batch), NetworkCheck.OutputTolerance)
                || !Gradients.Zip(rounded.Backward(activations, network.Batch)).All(static pair =>
                    IsClose(pair.First.Gradient, pair.Second.Gradient, NetworkCheck.GradientTolerance)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Zeros are exact whatever the roundings, as behind a softmax of one class, where these here would not know.</summary>
    public static bool IsClose(double[] values, double[] rounded, double tolerance)
    {
        double largest = values.Max(Math.Abs);

        return largest == 0 || values.Zip(rounded).All(pair => Math.Abs(pair.First - pair.Second) <= LargestShare * tolerance * largest);
    }

    public static float[] OneHot(int[] labels, int classes)
    {
        float[] targets = new float[labels.Length * classes];

        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * classes) + labels[i]] = 1;
        }

        return targets;
    }

    /// <summary>Rows that sum to 1 up to rounding, with some zeros among them.</summary>
    public static float[] Distributions(Random random, int samples, int classes)
    {
        float[] targets = new float[samples * classes];

        for (int i = 0; i < samples; i++)
        {
            Span<float> row = targets.AsSpan(i * classes, classes);
            row[random.Next(classes)] = 1;
            double sum = 0;

            for (int j = 0; j < classes; j++)
            {
                row[j] += random.Next(3) == 0 ? 0 : random.NextSingle();
                sum += row[j];
            }

            for (int j = 0; j < classes; j++)
            {
                row[j] = (float)(row[j] / sum);
            }
        }

        return targets;
    }
}
