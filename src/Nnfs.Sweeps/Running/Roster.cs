using Nnfs.Sweeps.Cluster;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Running;

/// <summary>Which silos there are, and the cores of those that can train the objective.</summary>
/// <param name="client">The cluster.</param>
/// <param name="objective">The objective.</param>
internal sealed class Roster(IClusterClient client, Objective objective)
{
    private readonly string _space = ParameterSpace.Text(objective.Space);
    private readonly Dictionary<SiloAddress, SiloFacts> _silos = [];
    private readonly Dictionary<SiloAddress, string> _unfit = [];
    private readonly Lock _lock = new();

    /// <summary>The cores that take trials.</summary>
    public IReadOnlyList<Core> Cores { get; private set; } = [];

    /// <summary>Why silos that are there can't be used, a sentence each.</summary>
    public IReadOnlyList<string> Unfit
    {
        get
        {
            lock (_lock)
            {
                return [.. _unfit.Values];
            }
        }
    }

    /// <summary>Looks after the silos that have come or gone.</summary>
    /// <returns>What has changed, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync()
    {
        List<string> notices = [];
        Dictionary<SiloAddress, SiloStatus> hosts = await client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).ConfigureAwait(false);
        List<SiloAddress> come;

        lock (_lock)
        {
            foreach (SiloAddress gone in _silos.Keys.Concat(_unfit.Keys).Where(silo => !hosts.ContainsKey(silo)).ToList())
            {
                Remove(gone);
                notices.Add($"The silo {gone.Endpoint} has left.");
            }

            come = [.. hosts.Keys.Where(silo => !_silos.ContainsKey(silo) && !_unfit.ContainsKey(silo))];
        }

        foreach (SiloAddress silo in come)
        {
            try
            {
                notices.Add(Add(silo, await client.GetGrain<ICoreGrain>(CorePlacement.Key(silo, 0)).DescribeAsync().ConfigureAwait(false)));
            }
            catch (Exception)
            {
                // It is about to come, or gone and not yet declared so: the next look will tell.
            }
        }

        return notices;
    }

    /// <summary>Leaves a silo out until a look finds that it answers.</summary>
    public void Remove(SiloAddress silo)
    {
        lock (_lock)
        {
            _silos.Remove(silo);
            _unfit.Remove(silo);
            SetCores();
        }
    }

    private string Add(SiloAddress silo, SiloFacts facts)
    {
        int place = Array.IndexOf(facts.Objectives, objective.Name);

        lock (_lock)
        {
            if (place < 0)
            {
                return _unfit[silo] = $"The silo {silo.Endpoint} has no objective '{objective.Name}', but '{string.Join("', '", facts.Objectives)}'.";
            }

            if (facts.Spaces[place] != _space)
            {
                return _unfit[silo] =
                    $"The silo {silo.Endpoint} has another space of '{objective.Name}'; start it from the same build.\n" +
                    $"here:  {_space}\nthere: {facts.Spaces[place]}";
            }

            _silos[silo] = facts;
            SetCores();
        }

        return $"The silo {silo.Endpoint} with {facts.Cores} {(facts.Cores == 1 ? "core" : "cores")} takes trials.";
    }

    /// <summary>First one core of each silo, then a second, and so on.</summary>
    private void SetCores() => Cores =
    [
        .. _silos.SelectMany(static silo => Enumerable.Range(0, silo.Value.Cores).Select(core => new Core(silo.Key, core)))
            .OrderBy(static core => core.Index)
            .ThenBy(static core => core.Silo),
    ];
}
