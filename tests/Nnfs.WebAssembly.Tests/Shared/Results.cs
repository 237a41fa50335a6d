namespace Nnfs.WebAssembly;

/// <summary>What networks of every family of kernels compute, and what is written of them into files.</summary>
internal static class Results
{
    private const int Samples = 13;

    /// <summary>All results, in the same order each time.</summary>
    public static IEnumerable<Result> Compute() =>
    [
        .. OfClassifier<SpiralNet, SpiralNet.Workspace>(classes: 3),
        .. OfClassifier<DigitNet, DigitNet.Workspace>(classes: 10),
        .. OfClassifier<OddNet, OddNet.Workspace>(classes: 7),
        .. OfClassifier<LanesOfActivationsNet, LanesOfActivationsNet.Workspace>(classes: 4),
        .. OfClassifier<RowsOfActivationsNet, RowsOfActivationsNet.Workspace>(classes: 33),
        .. OfClassifier<ImageNet, ImageNet.Workspace>(classes: 4),
        .. OfClassifier<LeNet, LeNet.Workspace>(classes: 10),
        .. OfClassifier<AttentionNet, AttentionNet.Workspace>(classes: 5),
        .. OfRegression<SequenceNet, SequenceNet.Workspace>(),
        .. OfRegression<RecurrentNet, RecurrentNet.Workspace>(),
        .. OfRegression<GateNet, GateNet.Workspace>(),
        .. OfRegression<AbsoluteNet, AbsoluteNet.Workspace>(),
        .. OfRegression<HuberNet, HuberNet.Workspace>(),
        .. OfRegression<BinaryNet, BinaryNet.Workspace>(),
        .. OfTokens(),
        .. OfThreads(),
        .. FileResults.Compute(),
    ];

    /// <summary>The network with parameters that are the same bits on every machine.</summary>
    public static TNetwork Create<TNetwork>()
        where TNetwork : INetworkModel<TNetwork>
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(seed: 0));
        network.SetParameters(ExactNumbers.Around(TNetwork.ParameterCount, seed: 1, most: 0.25f));

        return network;
    }

    private static IEnumerable<Result> OfClassifier<TNetwork, TWorkspace>(int classes)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        int[] labels = ExactNumbers.Below(classes, Samples * TNetwork.OutputSize / classes, seed: 3);

        return OfPasses<TNetwork, TWorkspace>(
            (network, inputs, pass) => network.ForwardBackward(inputs, labels, pass),
            (network, inputs, pass) =>
            {
                network.Forward(inputs, labels, pass);
                network.Backward(inputs, labels, pass);
            });
    }

    private static IEnumerable<Result> OfRegression<TNetwork, TWorkspace>()
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        float[] targets = ExactNumbers.Probabilities(Samples * TNetwork.OutputSize, seed: 3);

        return OfPasses<TNetwork, TWorkspace>(
            (network, inputs, pass) => network.ForwardBackward(inputs, targets, pass),
            (network, inputs, pass) =>
            {
                network.Forward(inputs, targets, pass);
                network.Backward(inputs, targets, pass);
            });
    }

    private static IEnumerable<Result> OfPasses<TNetwork, TWorkspace>(
        Func<TNetwork, float[], TWorkspace, float> forwardBackward, Action<TNetwork, float[], TWorkspace> forwardThenBackward)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        string name = typeof(TNetwork).Name;
        TNetwork network = Create<TNetwork>();
        float[] inputs = ExactNumbers.Around(Samples * TNetwork.InputSize, seed: 2, most: 2f);
        TWorkspace pass = network.CreateWorkspace(Samples);
        Sgd optimizer = new(learningRate: 0.1f) { Momentum = 0.9f };

        float loss = forwardBackward(network, inputs, pass);
        yield return new Result($"{name}: loss", [loss]);
        yield return new Result($"{name}: outputs", [.. ((IWorkspace)pass).Outputs]);
        yield return new Result($"{name}: gradients", [.. ((IWorkspace)pass).Gradients]);

        // The fused pass leaves out the gradients of the inputs.
        forwardThenBackward(network, inputs, pass);
        yield return new Result($"{name}: input gradients", [.. ((IWorkspace)pass).InputGradients]);

        optimizer.Step(network.Parameters, ((IWorkspace)pass).Gradients);
        yield return new Result($"{name}: loss after a step", [forwardBackward(network, inputs, pass)]);

        float[] outputs = new float[Samples * TNetwork.OutputSize];
        network.Predict(inputs, outputs);
        yield return new Result($"{name}: predictions", outputs);
    }

    private static IEnumerable<Result> OfTokens()
    {
        TokenNet network = Create<TokenNet>();
        TokenNet.Workspace pass = network.CreateWorkspace(Samples);
        int[] indices = ExactNumbers.Below(9, Samples * TokenNet.InputSize, seed: 2);
        int[] labels = ExactNumbers.Below(5, Samples * TokenNet.InputSize, seed: 3);

        yield return new Result("TokenNet: loss", [network.ForwardBackward(indices, labels, pass)]);
        yield return new Result("TokenNet: outputs", [.. pass.Outputs]);
        yield return new Result("TokenNet: gradients", [.. pass.Gradients]);
    }

    /// <summary>A workspace with more threads than a browser has gives the same bits.</summary>
    private static IEnumerable<Result> OfThreads()
    {
        const int Batch = 64;
        WideNet network = Create<WideNet>();
        float[] inputs = ExactNumbers.Around(Batch * WideNet.InputSize, seed: 2);
        int[] labels = ExactNumbers.Below(10, Batch, seed: 3);
        WideNet.Workspace alone = network.CreateWorkspace(Batch);
        WideNet.Workspace shared = network.CreateWorkspace(Batch, threads: 4);

        yield return new Result("WideNet: loss", [network.ForwardBackward(inputs, labels, alone)]);
        network.ForwardBackward(inputs, labels, shared);
        yield return new Result("WideNet: gradients are those of one thread", [shared.Gradients.SequenceEqual(alone.Gradients) ? 1f : 0f], IsExact: true);
    }
}
