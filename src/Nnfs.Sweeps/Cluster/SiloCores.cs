using System.Net;
using Microsoft.Extensions.Logging;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Cluster;

/// <summary>The cores of a silo, each with the trial that it trains: one at a time, on a thread of its own.</summary>
internal sealed partial class SiloCores : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly Dictionary<string, Objective> _objectives;
    private readonly CoreRun?[] _runs;
    private readonly ILocalSiloDetails _silo;
    private readonly ILogger<SiloCores> _logger;
    private readonly Lock _lock = new();
    private bool _isStopping;

    /// <summary>The cores of a silo.</summary>
    /// <param name="objectives">What it can train.</param>
    /// <param name="count">How many trials it trains at once.</param>
    /// <param name="silo">The silo.</param>
    /// <param name="logger">Is told of failures.</param>
    public SiloCores(IReadOnlyList<Objective> objectives, int count, ILocalSiloDetails silo, ILogger<SiloCores> logger)
    {
        _silo = silo;
        _objectives = objectives.ToDictionary(static objective => objective.Name);
        _runs = new CoreRun?[count];
        _logger = logger;
        Facts = new SiloFacts(
            count,
            [.. objectives.Select(static objective => objective.Name)],
            [.. objectives.Select(static objective => ParameterSpace.Text(objective.Space))]);
    }

    /// <summary>What the silo can do.</summary>
    public SiloFacts Facts { get; }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloCores), ServiceLifecycleStage.Active, OnStartAsync, OnStopAsync);

    /// <summary>Starts an order on a core, if that is free.</summary>
    /// <returns>Whether it is under way; if not, the core is at another, or the silo is being stopped.</returns>
    public bool Start(int core, TrialOrder order)
    {
        lock (_lock)
        {
            if (_runs[core] is { } run && run.Order.Ticket == order.Ticket)
            {
                return true;
            }

            if (_isStopping || _runs[core] is { IsOver: false })
            {
                return false;
            }

            _runs[core]?.Dispose();
            _runs[core] = new CoreRun(_objectives[order.Objective], order, _logger);

            return true;
        }
    }

    /// <summary>Waits for news of an order.</summary>
    public Task<RunReport> WaitAsync(int core, Guid ticket, TimeSpan atMost) => Find(core, ticket)?.WaitAsync(atMost) ?? Task.FromResult(RunReport.Unknown);

    /// <summary>Stops an order, if it is under way.</summary>
    public void Stop(int core, Guid ticket) => Find(core, ticket)?.Stop();

    private CoreRun? Find(int core, Guid ticket)
    {
        lock (_lock)
        {
            return _runs[core] is { } run && run.Order.Ticket == ticket ? run : null;
        }
    }

    private Task OnStartAsync(CancellationToken cancellationToken)
    {
        string cores = _runs.Length == 1 ? "core" : "cores";
        LogReady(_logger, _silo.SiloAddress.Endpoint, _runs.Length, cores, string.Join(", ", Facts.Objectives));

        return Task.CompletedTask;
    }

    /// <summary>Lets trainings write their last checkpoints.</summary>
    private async Task OnStopAsync(CancellationToken cancellationToken)
    {
        CoreRun[] runs;

        lock (_lock)
        {
            _isStopping = true;
            runs = [.. _runs.OfType<CoreRun>()];
        }

        foreach (CoreRun run in runs)
        {
            run.Stop();
        }

        await ((Task)Task.WhenAll(runs.Select(static run => run.Completion)))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(1, LogLevel.Information, "The silo {Silo} has {Count} {Cores} for trials of {Objectives}.")]
    private static partial void LogReady(ILogger logger, IPEndPoint silo, int count, string cores, string objectives);
}
