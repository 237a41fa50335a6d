using Orleans.Concurrency;

namespace Nnfs.Sweeps.Cluster;

/// <summary>
/// Speaks for a core of its silo. It computes nothing itself: a trial has a thread of its own, so that the silo can always answer, and goes on though the
/// grain may be deactivated.
/// </summary>
/// <param name="cores">The cores of the silo.</param>
[CorePlacement]
[Reentrant]
internal sealed class CoreGrain(SiloCores cores) : Grain, ICoreGrain
{
    private int Core => CorePlacement.CoreOf(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public Task<SiloFacts> DescribeAsync() => Task.FromResult(cores.Facts);

    /// <inheritdoc/>
    public Task<bool> StartAsync(TrialOrder order) => Task.FromResult(cores.Start(Core, order));

    /// <inheritdoc/>
    public Task<RunReport> WaitAsync(Guid ticket, TimeSpan atMost) => cores.WaitAsync(Core, ticket, atMost);

    /// <inheritdoc/>
    public Task StopAsync(Guid ticket)
    {
        cores.Stop(Core, ticket);

        return Task.CompletedTask;
    }
}
