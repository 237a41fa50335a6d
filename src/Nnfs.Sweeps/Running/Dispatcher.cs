using System.Diagnostics;
using System.Globalization;
using Nnfs.Sweeps.Cluster;

namespace Nnfs.Sweeps.Running;

/// <summary>
/// Gives orders to free cores until all are done. The queue is here, so that whichever core is free takes the next order, and a silo that is lost loses no more
/// than what it was at.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="roster">Its cores.</param>
/// <param name="options">The options of the sweep.</param>
/// <param name="notify">Is told what happens in the cluster, and now and then nothing.</param>
internal sealed class Dispatcher(IClusterClient client, Roster roster, SweepOptions options, Action<string?> notify)
{
    /// <summary>How often an order is given to another silo after the one that took it was lost: it may be the order that ends silos.</summary>
    private const int Attempts = 3;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(15);

    private readonly List<Assignment> _busy = [];
    private readonly Dictionary<Core, long> _refused = [];
    private readonly Dictionary<int, int> _losses = [];
    private Task<IReadOnlyList<string>>? _look;
    private long _lastLook;
    private long _lastCore = Stopwatch.GetTimestamp();

    /// <summary>What is under way.</summary>
    public IReadOnlyList<RunningTrial> Running =>
        [.. _busy.Select(static work => new RunningTrial(work.Order.Number, work.Last.Epoch, work.Order.Epochs, work.Last.Figure, work.Core.SiloName))];

    /// <summary>Has orders done.</summary>
    /// <param name="orders">The orders, in the order in which they begin.</param>
    /// <param name="finished">Is told of each that is done.</param>
    /// <param name="cancellationToken">Stops what is under way and returns.</param>
    /// <exception cref="TimeoutException">There was no silo for too long.</exception>
    public async Task RunAsync(IEnumerable<TrialOrder> orders, Action<StepOutcome> finished, CancellationToken cancellationToken)
    {
        LinkedList<TrialOrder> waiting = new(orders);

        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                waiting.Clear();
            }

            if (waiting.Count == 0 && _busy.Count == 0)
            {
                return;
            }

            await LookAsync().ConfigureAwait(false);
            Assign(waiting, cancellationToken);

            if (_busy.Count == 0 && waiting.Count > 0)
            {
                RequireCores();
            }

            await WaitAsync(cancellationToken).ConfigureAwait(false);

            foreach (Assignment work in _busy.Where(static work => work.End.IsCompleted).ToList())
            {
                _busy.Remove(work);
                End(work, await work.End.ConfigureAwait(false), waiting, finished);
            }
        }
    }

    /// <summary>Looks after silos about every second, without waiting for slow answers.</summary>
    private async Task LookAsync()
    {
        if (_look is { IsCompleted: true })
        {
            IReadOnlyList<string> notices = [];

            try
            {
                notices = await _look.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // No silo that could tell: the next look may find one, and RequireCores sees to it that there is an end.
            }

            _look = null;

            foreach (string notice in notices)
            {
                notify(notice);
            }

            notify(null);
        }

        if (_look is null && (_lastLook == 0 || Stopwatch.GetElapsedTime(_lastLook) >= s_look))
        {
            _lastLook = Stopwatch.GetTimestamp();
            _look = roster.RefreshAsync();
        }
    }

    private void Assign(LinkedList<TrialOrder> waiting, CancellationToken cancellationToken)
    {
        if (roster.Cores.Count > 0)
        {
            _lastCore = Stopwatch.GetTimestamp();
        }

        foreach (Core core in roster.Cores.Except(_busy.Select(static work => work.Core)).Where(IsAskedAgain).ToList())
        {
            if (waiting.First is not { } next)
            {
                return;
            }

            waiting.RemoveFirst();

            // A ticket of its own, so that nothing that was said of an attempt before is taken for this one.
            TrialOrder order = next.Value with { Ticket = Guid.NewGuid() };
            TaskCompletionSource<AssignmentEnd> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Assignment work = new(order, core) { End = end.Task };
            _busy.Add(work);
            _ = WorkAsync(work, end, cancellationToken);
        }
    }

    private bool IsAskedAgain(Core core) => !_refused.TryGetValue(core, out long last) || Stopwatch.GetElapsedTime(last) >= s_look;

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task look = _look ?? Task.Delay(s_look, CancellationToken.None);
        Task cancelled = cancellationToken.IsCancellationRequested ? Task.Delay(s_look, CancellationToken.None) : Task.Delay(s_look, cancellationToken);

        await Task.WhenAny([look, cancelled, .. _busy.Select(static work => work.End)]).ConfigureAwait(false);
    }

    private void RequireCores()
    {
        if (Stopwatch.GetElapsedTime(_lastCore) < options.SiloTimeout)
        {
            return;
        }

        string unfit = string.Concat(roster.Unfit.Select(static reason => $"\n{reason}"));

        throw new TimeoutException(string.Create(
            CultureInfo.InvariantCulture,
            $"No silo that takes the trials has been in the cluster for {options.SiloTimeout.TotalSeconds:0} s. Start one with SweepSilo.RunAsync.{unfit}"));
    }

    /// <summary>Has a core work at an order, and hears how far it is.</summary>
    private async Task WorkAsync(Assignment work, TaskCompletionSource<AssignmentEnd> end, CancellationToken cancellationToken)
    {
        ICoreGrain grain = client.GetGrain<ICoreGrain>(work.Core.Key);

        try
        {
            if (!await grain.StartAsync(work.Order).ConfigureAwait(false))
            {
                end.SetResult(AssignmentEnd.Refused);

                return;
            }
        }
        catch (Exception)
        {
            end.SetResult(AssignmentEnd.Unreachable);

            return;
        }

        end.SetResult(await HearAsync(grain, work, cancellationToken).ConfigureAwait(false));
    }

    private async Task<AssignmentEnd> HearAsync(ICoreGrain grain, Assignment work, CancellationToken cancellationToken)
    {
        long lastWord = Stopwatch.GetTimestamp();
        bool isStopping = false;

        while (true)
        {
            try
            {
                if (cancellationToken.IsCancellationRequested && !isStopping)
                {
                    await grain.StopAsync(work.Order.Ticket).ConfigureAwait(false);
                    isStopping = true;
                }

                work.Last = await grain.WaitAsync(work.Order.Ticket, s_wait)
                    .WaitAsync(s_silence, isStopping ? CancellationToken.None : cancellationToken)
                    .ConfigureAwait(false);
                lastWord = Stopwatch.GetTimestamp();

                switch (work.Last.State)
                {
                    case RunState.Finished or RunState.Failed:
                        return AssignmentEnd.Answered;
                    case RunState.Stopped:
                        return AssignmentEnd.Stopped;
                    case RunState.Unknown:
                        return AssignmentEnd.Lost;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !isStopping)
            {
                // The core is told next.
            }
            catch (Exception)
            {
                // A message may get lost without the silo; one that has left, or has been silent for long, is given up.
                if (Stopwatch.GetElapsedTime(lastWord) >= s_silence || !roster.Cores.Contains(work.Core))
                {
                    return AssignmentEnd.Lost;
                }

                await Task.Delay(s_look, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void End(Assignment work, AssignmentEnd end, LinkedList<TrialOrder> waiting, Action<StepOutcome> finished)
    {
        TrialOrder order = work.Order;

        switch (end)
        {
            case AssignmentEnd.Answered:
                RunReport last = work.Last;
                double? figure = last.State == RunState.Finished ? last.Figure : null;
                finished(new StepOutcome(order.Number, order.Epochs, figure, last.Reason, last.Details, last.Time.TotalSeconds, work.Core.SiloName));
                break;

            case AssignmentEnd.Refused:
                _refused[work.Core] = Stopwatch.GetTimestamp();
                waiting.AddFirst(order);
                break;

            case AssignmentEnd.Unreachable:
                roster.Remove(work.Core.Silo);
                waiting.AddFirst(order);
                break;

            case AssignmentEnd.Lost when (_losses[order.Number] = _losses.GetValueOrDefault(order.Number) + 1) >= Attempts:
                roster.Remove(work.Core.Silo);
                string reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Attempts} silos were lost while they trained it, the last at {work.Core.SiloName}: it may be what ends them.");
                finished(new StepOutcome(order.Number, order.Epochs, null, reason, null, 0, work.Core.SiloName) { IsFinal = false });
                break;

            case AssignmentEnd.Lost:
                roster.Remove(work.Core.Silo);
                notify($"The silo {work.Core.SiloName} was lost with trial {order.Number}, which is trained again.");
                waiting.AddFirst(order);
                break;

            case AssignmentEnd.Stopped:
                // A silo that is being stopped leaves its trial to others; where the sweep is cancelled, the queue is emptied.
                roster.Remove(work.Core.Silo);
                waiting.AddFirst(order);
                break;
        }
    }
}
