namespace Nnfs.Benchmarks;

/// <summary>A network that is measured, with the class that the generator wrote for it.</summary>
/// <typeparam name="TNetwork">The class.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
internal sealed class GeneratedCase<TNetwork, TWorkspace>() : NetworkCase(ReadSizes())
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace, IGradients<TNetwork>
{
    public override Contestant Enter(Workload workload) => workload.Activity switch
    {
        Activity.Predict => new GeneratedPrediction<TNetwork>(workload),
        Activity.PredictChained => new GeneratedChain<TNetwork>(workload),
        Activity.ForwardBackward => new GeneratedTraining<TNetwork, TWorkspace>(workload, optimizer: null),
        Activity.SgdStep => new GeneratedTraining<TNetwork, TWorkspace>(workload, new Sgd(Workload.SgdRate)),
        Activity.AdamStep => new GeneratedTraining<TNetwork, TWorkspace>(workload, new Adam(Workload.AdamRate) { Decay = Workload.AdamDecay }),
        _ => throw new ArgumentOutOfRangeException(nameof(workload)),
    };

    private static int[] ReadSizes() =>
        [TNetwork.InputSize, .. TNetwork.Layers.Where(static layer => layer.Kind == LayerKind.Dense).Select(static layer => layer.Outputs)];
}
