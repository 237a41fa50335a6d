using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Nnfs.Sweeps.Cluster;

/// <summary>An order on its way, on a thread of its own.</summary>
internal sealed partial class CoreRun : IDisposable
{
    /// <summary>
    /// An order that nobody has asked about for so many ticks, a minute, is stopped: the process that gave it is gone. A clock would not do: after this process
    /// was suspended, or stood in a debugger, it would be up at once.
    /// </summary>
    private const int TicksOfLease = 12;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);

    private readonly Objective _objective;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Timer _lease;
    private readonly TaskCompletionSource<RunReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile RunReport _last;
    private int _ticks;

    /// <summary>Starts an order.</summary>
    /// <param name="objective">What is trained.</param>
    /// <param name="order">The order.</param>
    /// <param name="logger">Is told of failures.</param>
    public CoreRun(Objective objective, TrialOrder order, ILogger logger)
    {
        _objective = objective;
        _logger = logger;
        Order = order;
        _last = new RunReport(RunState.Running, 0, double.NaN, null, null, TimeSpan.Zero);
        _lease = new Timer(static run => ((CoreRun)run!).Tick(), this, s_tick, s_tick);

        new Thread(Run) { IsBackground = true, Name = string.Create(CultureInfo.InvariantCulture, $"Trial {order.Number}") }.Start();
    }

    /// <summary>The order.</summary>
    public TrialOrder Order { get; }

    /// <summary>Whether its thread has ended, or is about to.</summary>
    public bool IsOver => _completion.Task.IsCompleted;

    /// <summary>Ends when the order does.</summary>
    public Task<RunReport> Completion => _completion.Task;

    /// <summary>Waits for the end of the order, but no longer than it should, and says how far it is.</summary>
    public async Task<RunReport> WaitAsync(TimeSpan atMost)
    {
        Interlocked.Exchange(ref _ticks, 0);
        await ((Task)_completion.Task).WaitAsync(atMost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return _completion.Task.IsCompleted ? await _completion.Task.ConfigureAwait(false) : _last with { Time = Stopwatch.GetElapsedTime(_start) };
    }

    /// <summary>Stops it before its next batch.</summary>
    public void Stop() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _lease.Dispose();
        _cancellation.Dispose();
    }

    private void Tick()
    {
        if (Interlocked.Increment(ref _ticks) == TicksOfLease)
        {
            Stop();
        }
    }

    private void Run()
    {
        RunReport report = Train(ignorePartial: false)
            ?? Train(ignorePartial: true)
            ?? Fail("The checkpoint that it went on from is of more epochs than the name of the file says.", details: null);

        // Once it is over, nothing stops it any more.
        _lease.DisposeAsync().AsTask().Wait();
        _completion.SetResult(report with { Time = Stopwatch.GetElapsedTime(_start) });
    }

    /// <summary>Trains, and says how it ended; nothing where it went too far, from the checkpoint of a step that had not ended.</summary>
    private RunReport? Train(bool ignorePartial)
    {
        TrialCheckpoints? checkpoints = null;
        Trial? trial = null;

        try
        {
            checkpoints = new TrialCheckpoints(Order, ignorePartial);
            trial = new Trial(Order, checkpoints, Report, _cancellation.Token);
            double figure = _objective.Train(trial);

            if (_cancellation.IsCancellationRequested)
            {
                return _last with { State = RunState.Stopped };
            }

            if (trial.WentTooFar)
            {
                return null;
            }

            if (!double.IsFinite(figure))
            {
                checkpoints.Discard();

                return Fail(
                    string.Create(CultureInfo.InvariantCulture, $"The objective must return a finite number, but returned {figure}."), details: null);
            }

            checkpoints.Finish();

            return new RunReport(RunState.Finished, Order.Epochs, figure, null, null, TimeSpan.Zero);
        }
        catch (Exception) when (_cancellation.IsCancellationRequested)
        {
            return _last with { State = RunState.Stopped };
        }
        catch (Exception) when (trial is { WentTooFar: true })
        {
            return null;
        }
        catch (Exception exception)
        {
            // What the objective says is the row's reason; the name of the exception says more where it is none of ours.
            string reason = exception is TrainingDivergedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            LogFailure(_logger, exception, Order.Number, Order.Objective);
            checkpoints?.Discard();

            return Fail(reason, exception.ToString());
        }
    }

    private RunReport Fail(string reason, string? details) => _last with { State = RunState.Failed, Reason = reason, Details = details };

    private void Report(int epoch, double figure) => _last = new RunReport(RunState.Running, epoch, figure, null, null, TimeSpan.Zero);

    [LoggerMessage(2, LogLevel.Warning, "Trial {Number} of '{Objective}' has failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, int number, string objective);
}
