using Orleans.TestingHost;

namespace Nnfs.Sweeps.Tests;

/// <summary>A cluster of two silos with a core each, and the objectives that they train.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal CurveObjective Curve { get; } = new();

    internal SpiralObjective Spiral { get; } = new();

    internal DivergingObjective Diverging { get; } = new();

    internal IClusterClient Client => _cluster!.Client;

    public async ValueTask InitializeAsync() => _cluster = await StartAsync(Curve, Spiral, Diverging);

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    /// <summary>Starts a cluster of two silos.</summary>
    internal static async Task<InProcessTestCluster> StartAsync(params Objective[] objectives)
    {
        InProcessTestClusterBuilder builder = new(initialSilosCount: 2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.AddSweeps(cores: 1, objectives));
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();

        return cluster;
    }
}
