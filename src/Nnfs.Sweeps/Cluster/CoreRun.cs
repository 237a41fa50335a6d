using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Nnfs.Sweeps.Cluster;

/// <summary>An order on its way, on a thread of its own.</summary>
internal sealed partial class CoreRun : IDisposable
{
    /// <summary>An order that nobody has asked about for so long is stopped: the process that gave it is gone.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    private readonly Objective _objective;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _cancellation = new(s_lease);
    private readonly TaskCompletionSource<RunReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile RunReport _last;

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
        // Somebody is interested for a while. Where it was cancelled, this changes nothing.
        _cancellation.CancelAfter(s_lease);
        await ((Task)_completion.Task).WaitAsync(atMost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return _completion.Task.IsCompleted ? await _completion.Task.ConfigureAwait(false) : _last with { Time = Stopwatch.GetElapsedTime(_start) };
    }

    /// <summary>Stops it before its next batch.</summary>
    public void Stop() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private void Run()
    {
        RunReport report;

        try
        {
            report = Train(ignorePartial: false);
        }
        catch (CheckpointTooFarException)
        {
            report = Train(ignorePartial: true);
        }

        _completion.SetResult(report with { Time = Stopwatch.GetElapsedTime(_start) });
    }

    private RunReport Train(bool ignorePartial)
    {
        try
        {
            TrialCheckpoints checkpoints = new(Order, ignorePartial);
            double figure = _objective.Train(new Trial(Order, checkpoints, Report, _cancellation.Token));

            if (_cancellation.IsCancellationRequested)
            {
                return _last with { State = RunState.Stopped };
            }

            if (!double.IsFinite(figure))
            {
                return Fail(
                    string.Create(CultureInfo.InvariantCulture, $"The objective must return a finite number, but returned {figure}."), details: null);
            }

            checkpoints.Finish();

            return new RunReport(RunState.Finished, Order.Epochs, figure, null, null, TimeSpan.Zero);
        }
        catch (CheckpointTooFarException)
        {
            throw;
        }
        catch (Exception) when (_cancellation.IsCancellationRequested)
        {
            return _last with { State = RunState.Stopped };
        }
        catch (Exception exception)
        {
            // What the objective says is the row's reason; the name of the exception says more where it is none of ours.
            string reason = exception is TrainingDivergedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            LogFailure(_logger, exception, Order.Number, Order.Objective);

            return Fail(reason, exception.ToString());
        }
    }

    private RunReport Fail(string reason, string? details) => _last with { State = RunState.Failed, Reason = reason, Details = details };

    private void Report(int epoch, double figure) => _last = new RunReport(RunState.Running, epoch, figure, null, null, TimeSpan.Zero);

    [LoggerMessage(2, LogLevel.Warning, "Trial {Number} of '{Objective}' has failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, int number, string objective);
}
