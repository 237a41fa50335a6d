namespace Nnfs.Benchmarks;

/// <summary>A piece of work with its data: every contestant gets the same weights, inputs and labels.</summary>
internal sealed class Workload
{
    /// <summary>Small enough that training stays finite however long the measurement runs.</summary>
    public const float SgdRate = 0.01f;

    /// <summary>That of the book's example on the spiral.</summary>
    public const float AdamDecay = 5e-7f;

    /// <summary>The calls of a chain that contestants answer with.</summary>
    public const int ChainedCalls = 8;

    /// <summary>Different samples for calls of batch 1, so that no call can know the one before.</summary>
    private const int SingleSamples = 16;

    public Workload(NetworkCase network, Activity activity, int batch)
    {
        Network = network;
        Activity = activity;
        Batch = batch;
        Samples = batch == 1 && !IsTraining ? SingleSamples : batch;

        NumpyRandom random = new(seed: batch + network.ParameterCount);
        Inputs =
        [
            .. Enumerable.Range(0, Samples * network.Inputs)
                .Select(_ => network.Vocabulary is { } vocabulary ? (int)(random.NextDouble() * vocabulary) : (float)random.NextGaussian()),
        ];
        Labels = [.. Enumerable.Range(0, Samples * network.Positions).Select(_ => (int)(random.NextDouble() * network.Classes))];

        if (LearnsSpiral)
        {
            Dataset spiral = Datasets.Spiral(batch / network.Outputs, network.Outputs, random);
            Inputs = spiral.Features.ToArray();
            Labels = spiral.Labels.ToArray();
        }
    }

    public NetworkCase Network { get; }

    public Activity Activity { get; }

    /// <summary>The samples of one call.</summary>
    public int Batch { get; }

    /// <summary>The threads that share a call.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The samples of the data, a multiple of the batch; one call after another takes the next batch.</summary>
    public int Samples { get; }

    /// <summary>The rate of the book's example on the spiral, and the usual one for images.</summary>
    public float AdamRate => LearnsSpiral ? 0.05f : 0.001f;

    /// <summary>The operations whose time is told: one, or as many as a short training takes.</summary>
    public int ReportedOperations => LearnsSpiral ? 1000 : 1;

    /// <summary>The steps after which contestants tell their loss once more.</summary>
    public int AnsweredSteps => Activity == Activity.ForwardBackward ? 1 : 5;

    public bool IsTraining => Activity is Activity.ForwardBackward or Activity.SgdStep or Activity.AdamStep;

    /// <summary>Weights and biases, layer by layer, each row-major.</summary>
    public IReadOnlyList<float[]> Parameters => Network.Parameters;

    /// <summary>Numbers, or indices as floats.</summary>
    public float[] Inputs { get; }

    /// <summary>The class of each sample, or of each of its positions.</summary>
    public int[] Labels { get; }

    /// <summary>
    /// The lengths of the parts of an answer, each of which is compared by its own scale: the outputs, or for training the
    /// loss, the gradients of the parameters, and the loss of a later step.
    /// </summary>
    public IReadOnlyList<int> AnswerLengths => Activity switch
    {
        Activity.Predict => [Samples * Network.Outputs],
        Activity.PredictChained => [Network.Outputs],
        _ => [1, .. Parameters.Select(static parameter => parameter.Length), 1],
    };

    public override string ToString() => Activity switch
    {
        Activity.Predict => $"predict {Network.Name}, batch {Batch}",
        Activity.PredictChained => $"predict {Network.Name}, one after the other",
        Activity.ForwardBackward => $"forward and backward {Network.Name}, batch {Batch}",
        Activity.SgdStep => $"training step {Network.Name}, batch {Batch}",
        _ when LearnsSpiral => $"{ReportedOperations:N0} Adam steps {Network.Name}, batch {Batch}",
        _ => $"Adam step {Network.Name}, batch {Batch}",
    };

    /// <summary>Whether the data can be learned, by a network of two inputs; the other data are random.</summary>
    private bool LearnsSpiral => Activity == Activity.AdamStep && !Network.TakesImages && !Network.TakesSequences;
}
