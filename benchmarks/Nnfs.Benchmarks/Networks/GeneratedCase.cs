namespace Nnfs.Benchmarks;

/// <summary>A network that is measured, with the class that the generator wrote for it.</summary>
/// <typeparam name="TCalls">The class's members.</typeparam>
internal sealed class GeneratedCase<TCalls>(params int[] sizes) : NetworkCase(sizes)
    where TCalls : struct, INetworkCalls<TCalls>
{
    public override Contestant Enter(Workload workload) => workload.Activity switch
    {
        Activity.Predict => new GeneratedPrediction<TCalls>(workload, TCalls.Create(workload.Batch)),
        Activity.PredictChained => new GeneratedChain<TCalls>(workload, TCalls.Create(workload.Batch)),
        Activity.SgdStep => new GeneratedTraining<TCalls>(workload, TCalls.Create(workload.Batch), new Sgd(Workload.SgdRate)),
        Activity.AdamStep => new GeneratedTraining<TCalls>(workload, TCalls.Create(workload.Batch), new Adam(Workload.AdamRate) { Decay = Workload.AdamDecay }),
        _ => throw new ArgumentOutOfRangeException(nameof(workload)),
    };
}
