namespace Nnfs.Benchmarks;

/// <summary>A small network in the three works by which variants are compared.</summary>
/// <param name="Name">What it has that the others do not.</param>
/// <param name="Step">Forward, backward and an update, of a batch.</param>
/// <param name="PredictBatch">The outputs of a batch.</param>
/// <param name="PredictOne">The outputs of one sample.</param>
internal sealed record Variant(string Name, Measured Step, Measured PredictBatch, Measured PredictOne)
{
    /// <summary>The samples of a batch.</summary>
    public const int Batch = 300;

    /// <summary>A network that learns classes.</summary>
    public static Variant WithLabels<TNetwork, TWorkspace>(string name)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        NumpyRandom random = new(seed: 2);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(_ => (int)(random.NextDouble() * TNetwork.OutputSize))];

        return Of<TNetwork, TWorkspace>(name, (network, inputs, pass) => network.ForwardBackward(inputs, labels, pass));
    }

    /// <summary>A network that learns a number from 0 to 1 for each output.</summary>
    public static Variant WithTargets<TNetwork, TWorkspace>(string name)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        NumpyRandom random = new(seed: 2);
        float[] targets = [.. Enumerable.Range(0, Batch * TNetwork.OutputSize).Select(_ => (float)random.NextDouble())];

        return Of<TNetwork, TWorkspace>(name, (network, inputs, pass) => network.ForwardBackward(inputs, targets, pass));
    }

    private static Variant Of<TNetwork, TWorkspace>(string name, Func<TNetwork, float[], TWorkspace, float> forwardBackward)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        NumpyRandom random = new(seed: 1);
        float[] inputs = [.. Enumerable.Range(0, Batch * TNetwork.InputSize).Select(_ => (float)random.NextGaussian())];
        float[] outputs = new float[Batch * TNetwork.OutputSize];
        TNetwork network = TNetwork.Create(random);
        Prediction predict = network.Predict;
        TWorkspace pass = network.CreateWorkspace(Batch);
        Sgd sgd = new(Workload.SgdRate);

        return new(
            name,
            new Repeated(name, () =>
            {
                forwardBackward(network, inputs, pass);
                sgd.Step(network, pass);
            }),
            new Repeated(name, () => predict(inputs, outputs)),
            new Repeated(name, () => predict(inputs.AsSpan(0, TNetwork.InputSize), outputs.AsSpan(0, TNetwork.OutputSize))));
    }
}
