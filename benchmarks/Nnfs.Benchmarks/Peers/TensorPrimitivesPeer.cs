namespace Nnfs.Benchmarks;

/// <summary>Loops over .NET's own vectorised span operations.</summary>
internal sealed class TensorPrimitivesPeer() : Peer(PeerNames.TensorPrimitives)
{
    public override string Version => $".NET {Environment.Version}";

    public override Contestant? Enter(Workload workload) =>
        workload is { Activity: Activity.Predict, Threads: 1, Network.DenseSizes: not null } ? new TensorPrimitivesContestant(Name, workload) : null;
}
