namespace Nnfs.Benchmarks;

/// <summary>A network that is measured, with the class that the generator wrote for it.</summary>
/// <typeparam name="TNetwork">The class.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <param name="name">What it is called; where that is null, its sizes are its name.</param>
internal sealed class GeneratedCase<TNetwork, TWorkspace>(string? name = null)
    : NetworkCase(name, [.. TNetwork.InputShape], [.. TNetwork.Layers.Where(static layer => layer.Kind != LayerKind.SoftmaxCrossEntropy)])
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace, IGradients<TNetwork>
{
    public override Contestant Enter(Workload workload) => workload.Activity switch
    {
        Activity.Predict => new GeneratedPrediction<TNetwork>(workload),
        Activity.PredictChained => new GeneratedChain<TNetwork>(workload),
        Activity.ForwardBackward => new GeneratedTraining<TNetwork, TWorkspace>(workload, optimizer: null),
        Activity.SgdStep => new GeneratedTraining<TNetwork, TWorkspace>(workload, new Sgd(Workload.SgdRate)),
        Activity.AdamStep => new GeneratedTraining<TNetwork, TWorkspace>(workload, new Adam(workload.AdamRate) { Decay = Workload.AdamDecay }),
        _ => throw new ArgumentOutOfRangeException(nameof(workload)),
    };
}
