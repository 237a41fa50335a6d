using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nnfs.Sweeps.Cluster;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps;

/// <summary>A process that trains for the sweeps of others.</summary>
public static class SweepSilo
{
    /// <summary>Joins a cluster and trains what is asked of it, until the process is told to end or the token is cancelled.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="objectives">What it can train.</param>
    /// <param name="cores">How many trials at once; the number of processors where it is null.</param>
    /// <param name="cancellationToken">Leaves the cluster. What is being trained writes a checkpoint first.</param>
    /// <exception cref="ArgumentException">There is no objective, two are of the same class, or the space of one can't be.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cores"/> is less than 1.</exception>
    /// <exception cref="IOException">The table of the cluster can't be reached or read, or the provider of the database is missing.</exception>
    public static async Task RunAsync(
        SweepCluster cluster, IReadOnlyList<Objective> objectives, int? cores = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(objectives);
        cluster.RequireProvider();

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);

        // Orleans tells much, and warns of each silo that is lost; whoever wants to read it sets Logging__LogLevel__Orleans=Information.
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true)
            .AddFilter(static (category, level) => level >= (category == typeof(SiloCores).FullName ? LogLevel.Information : LogLevel.Critical))
            .AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.UseOrleans(silo =>
        {
            cluster.Configure(silo);
            silo.AddSweeps(cores ?? Environment.ProcessorCount, [.. objectives]);
        });

        using IHost host = builder.Build();

        try
        {
            await host.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (cluster.WhyNoTable(exception) is { } reason)
        {
            throw new IOException(reason, exception);
        }
    }

    /// <summary>Lets a silo of your own train for sweeps, which <see cref="Sweep.RunOnAsync"/> makes.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="cores">How many trials it trains at once, at least 1.</param>
    /// <param name="objectives">What it can train.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">There is no objective, two are of the same class, or the space of one can't be.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cores"/> is less than 1.</exception>
    public static ISiloBuilder AddSweeps(this ISiloBuilder silo, int cores, params Objective[] objectives)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        ArgumentNullException.ThrowIfNull(objectives);

        if (objectives.Length == 0)
        {
            throw new ArgumentException("A silo needs an objective to train, but there is none.", nameof(objectives));
        }

        foreach (Objective objective in objectives)
        {
            ParameterSpace.Require(objective);
        }

        if (objectives.GroupBy(static objective => objective.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException(
                $"A silo tells its objectives apart by their classes, but '{twice.Key}' is there {twice.Count()} times.", nameof(objectives));
        }

        silo.Services.AddSingleton(services => new SiloCores(
            objectives, cores, services.GetRequiredService<ILocalSiloDetails>(), services.GetRequiredService<ILogger<SiloCores>>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<SiloCores>());
        silo.AddPlacementDirector<CorePlacement, CorePlacementDirector>();

        return silo;
    }
}
