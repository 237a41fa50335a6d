using System.Diagnostics;
using System.Globalization;
using Nnfs.Sweeps.Cluster;
using Nnfs.Sweeps.Parameters;
using Nnfs.Sweeps.Searches;

namespace Nnfs.Sweeps.Running;

/// <summary>A sweep on its way: which trials there are, what they have achieved, and which of them go on.</summary>
internal sealed class SweepRun
{
    private readonly Objective _objective;
    private readonly SweepOptions _options;
    private readonly ResultsFile? _file;
    private readonly string _checkpoints;
    private readonly string[] _names;
    private readonly IReadOnlyList<string[]> _values;
    private readonly int[] _seeds;
    private readonly IReadOnlyList<Rung> _rungs;
    private readonly List<StepOutcome>[] _outcomes;
    private readonly Dispatcher _dispatcher;
    private readonly Roster _roster;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The trials that have come as far as any, by number; those that have failed are among them.</summary>
    private int[] _alive;

    private int _rung;

    /// <summary>Prepares a sweep.</summary>
    /// <param name="client">The cluster that trains.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="options">The options.</param>
    /// <param name="file">What has been achieved before, if it is kept.</param>
    /// <param name="checkpoints">The folder of the checkpoints.</param>
    public SweepRun(IClusterClient client, Objective objective, SweepOptions options, ResultsFile? file, string checkpoints)
    {
        _objective = objective;
        _options = options;
        _file = file;
        _checkpoints = checkpoints;
        _names = [.. objective.Space.Select(static parameter => parameter.Name)];
        _values = options.Search.Draw(objective.Space, options.Seed);
        _seeds = [.. _values.Select((_, trial) => SeedOf(options.Seed, trial))];
        _rungs = options.Search.Rungs(_values.Count, options.Epochs);
        _outcomes = [.. _values.Select(static _ => new List<StepOutcome>())];
        _alive = [.. Enumerable.Range(0, _values.Count)];
        _roster = new Roster(client, objective);
        _dispatcher = new Dispatcher(client, _roster, options, Notify);
    }

    /// <summary>Makes the sweep.</summary>
    /// <param name="cancellationToken">Ends it with what there is.</param>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        for (_rung = 0; _rung < _rungs.Count; _rung++)
        {
            Rung rung = _rungs[_rung];

            if (_rung > 0)
            {
                // Nobody whose objective has failed goes on, so that there may be fewer than planned.
                _alive = [.. Ranked(_alive).Take(rung.Trials).Order()];
            }

            foreach (int trial in _alive)
            {
                if (_file?.Find(trial, rung.Epochs) is { } before)
                {
                    _outcomes[trial].Add(before);
                }
            }

            IEnumerable<TrialOrder> orders = _alive.Where(trial => !HasEnded(trial, rung)).Select(trial => Order(trial, rung));
            await _dispatcher.RunAsync(orders, Finish, cancellationToken).ConfigureAwait(false);

            if (_alive.Any(trial => !HasEnded(trial, rung)))
            {
                break;
            }
        }

        return Result();
    }

    private static int SeedOf(int seed, int trial)
    {
        // A stream of its own: the numbers that the values are drawn from may become more.
        TrialRandom random = new(seed, ~trial);

        return random.NextSeed();
    }

    private bool HasEnded(int trial, Rung rung) => _outcomes[trial] is [.., var last] && last.Epochs == rung.Epochs;

    private TrialOrder Order(int trial, Rung rung) =>
        new(Guid.Empty, _objective.Name, trial, _seeds[trial], rung.Epochs, _options.Epochs, _names, _values[trial], _checkpoints);

    /// <summary>Those with a figure after as many epochs as any of them, the best first; of equal figures, that of the lower number.</summary>
    private IEnumerable<int> Ranked(IEnumerable<int> trials) => trials
        .Where(trial => _outcomes[trial] is [.., { Figure: not null }])
        .OrderBy(trial => (_objective.Goal == Goal.Minimize ? 1 : -1) * _outcomes[trial][^1].Figure!.Value)
        .ThenBy(static trial => trial);

    private void Finish(StepOutcome outcome)
    {
        if (outcome.IsFinal)
        {
            _file?.Add(outcome, ResultOf(outcome.Trial).Values);
        }

        _outcomes[outcome.Trial].Add(outcome);
        Report(ResultOf(outcome.Trial), notice: null);
    }

    private void Notify(string? notice) => Report(trial: null, notice);

    private void Report(TrialResult? trial, string? notice) => _options.Progress?.Report(new SweepReport
    {
        Finished = _outcomes.Sum(static outcomes => outcomes.Count),
        Planned = _rungs.Take(_rung).Select(rung => _outcomes.Count(outcomes => outcomes.Any(outcome => outcome.Epochs == rung.Epochs))).Sum()
            + _alive.Length
            + _rungs.Skip(_rung + 1).Sum(static rung => rung.Trials),
        Cores = _roster.Cores.Count,
        Running = _dispatcher.Running,
        Trial = trial,
        Best = Best() is { } best ? ResultOf(best) : null,
        Notice = notice,
    });

    /// <summary>The best of those that came furthest: figures after different numbers of epochs don't compare.</summary>
    private int? Best() => Enumerable.Range(0, _outcomes.Length)
        .Where(trial => _outcomes[trial] is [.., { Figure: not null }])
        .GroupBy(trial => _outcomes[trial][^1].Epochs)
        .OrderByDescending(static group => group.Key)
        .Select(group => (int?)Ranked(group).First())
        .FirstOrDefault();

    private TrialResult ResultOf(int trial)
    {
        List<StepOutcome> outcomes = _outcomes[trial];
        TrialStep[] steps =
        [
            .. outcomes.Where(static outcome => outcome.Figure is not null)
                .Select(static outcome => new TrialStep(outcome.Epochs, outcome.Figure!.Value, TimeSpan.FromSeconds(outcome.Seconds), outcome.Silo)),
        ];
        string checkpoint = steps is [.., var last]
            ? Path.Combine(_checkpoints, string.Create(CultureInfo.InvariantCulture, $"trial-{trial}.epochs-{last.Epochs}.safetensors"))
            : "";

        return new TrialResult(trial, _seeds[trial], _objective.Space, _values[trial])
        {
            Status = outcomes switch
            {
                [.., { Figure: null }] => TrialStatus.Failed,
                [.., var end] when end.Epochs == _options.Epochs => TrialStatus.Completed,
                _ when !_alive.Contains(trial) => TrialStatus.Dropped,
                _ => TrialStatus.Stopped,
            },
            Steps = steps,
            Reason = outcomes is [.., { Reason: var reason }] ? reason : null,
            Details = outcomes is [.., { Details: var details }] ? details : null,
            Checkpoint = _file is not null && File.Exists(checkpoint) ? checkpoint : null,
        };
    }

    private SweepResult Result()
    {
        TrialResult[] trials = [.. Enumerable.Range(0, _values.Count).Select(ResultOf)];

        return new SweepResult(_objective, trials, Best() is { } best ? trials[best] : null, Stopwatch.GetElapsedTime(_start));
    }
}
