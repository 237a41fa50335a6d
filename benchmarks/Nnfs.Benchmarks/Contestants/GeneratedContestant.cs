namespace Nnfs.Benchmarks;

/// <summary>A generated network with the parameters of the workload.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal abstract class GeneratedContestant<TNetwork> : Contestant
    where TNetwork : class, INetwork<TNetwork>
{
    protected GeneratedContestant(Workload workload)
        : base("Nnfs")
    {
        Workload = workload;
        Network = TNetwork.CreateUninitialized();
        Network.SetParameters([.. workload.Parameters.SelectMany(static part => part)]);
    }

    protected Workload Workload { get; }

    protected TNetwork Network { get; }
}
