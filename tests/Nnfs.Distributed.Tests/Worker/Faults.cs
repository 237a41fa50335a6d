using System.Runtime.InteropServices;

namespace Nnfs.Distributed.Worker;

/// <summary>Trainings that end in one process before the last epoch, where the program goes on.</summary>
/// <param name="group">The processes.</param>
internal sealed class Faults(MpiGroup group)
{
    private const int Interrupt = 2;

    private bool IsLast => group.Rank == group.Size - 1;

    private TrainingOptions Options => new() { Group = group, Epochs = 1_000_000, BatchSize = 8 };

    /// <summary>A callback of the last process throws, which its program catches.</summary>
    public string Caught()
    {
        try
        {
            Train(Options with { ContinueAfterBatch = report => IsLast && report.Epoch == 2 ? throw new FormatException("This callback fails.") : true });
        }
        catch (FormatException exception)
        {
            string again = Message(() => Train(Options));

            return $"{exception.Message} {again}";
        }

        return "trained";
    }

    /// <summary>A callback changes a parameter of the last process.</summary>
    public string Apart()
    {
        MixedNet network = new(seed: 1);

        return Message(() => Train(network, Options with
        {
            ContinueAfterBatch = report =>
            {
                network.Parameters[0] += IsLast && report is { Epoch: 2, Batch: 1 } ? 0.5f : 0f;

                return true;
            },
        }));
    }

    /// <summary>The last process is interrupted as by Ctrl+C, which the program handles: it cancels its training, and ends well.</summary>
    public string Interrupted()
    {
        using CancellationTokenSource source = new();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            source.Cancel();
        };
        TrainingOptions options = Options with
        {
            ContinueAfterBatch = report =>
            {
                if (IsLast && report is { Epoch: 2, Batch: 1 } && Kill(Environment.ProcessId, Interrupt) != 0)
                {
                    throw new InvalidOperationException("The signal was not sent.");
                }

                return true;
            },
        };

        return Train(new MixedNet(seed: 1), options, source.Token).StopReason.ToString();
    }

    /// <summary>The last process is cancelled in the first of several trainings.</summary>
    public IEnumerable<string> Cancelled()
    {
        Dataset dataset = new(Features(), new int[40], MixedNet.InputSize, classCount: 3);

        yield return Message(token => new MixedNet(seed: 1).CrossValidate(dataset, folds: 2, Cancelling(token), cancellationToken: token.Token));
        yield return Message(token => new MixedNet(seed: 1).TrainRepeatedly(dataset, dataset, runs: 2, Cancelling(token), cancellationToken: token.Token));

        TrainingOptions Cancelling(CancellationTokenSource source) => Options with
        {
            ContinueAfterEpoch = report =>
            {
                if (IsLast && report.Epoch == 2)
                {
                    source.Cancel();
                }

                return true;
            },
        };
    }

    private static float[] Features() => new float[40 * MixedNet.InputSize];

    private static void Train(TrainingOptions options) => Train(new MixedNet(seed: 1), options);

    private static TrainingHistory Train(MixedNet network, TrainingOptions options, CancellationToken cancellationToken = default) =>
        network.Train(Features(), new int[40], options, cancellationToken);

    private static string Message(Action train) => Message(_ => train());

    private static string Message(Action<CancellationTokenSource> train)
    {
        using CancellationTokenSource source = new();

        try
        {
            train(source);

            return "nothing";
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException)
        {
            return exception.Message;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
