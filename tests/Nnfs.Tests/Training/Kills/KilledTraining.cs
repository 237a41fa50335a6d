using System.Runtime.CompilerServices;

namespace Nnfs.Tests.Training.Kills;

/// <summary>
/// The training that <see cref="KillTests"/> kills. In a child process, which an environment variable tells where its checkpoint lies, it
/// runs instead of the tests: from the checkpoint, if there is one, and until it is killed.
/// </summary>
internal static class KilledTraining
{
    /// <summary>The variable by which a child process learns where its checkpoint lies.</summary>
    public const string PathVariable = "NNFS_TESTS_KILLED_TRAINING";

    private const int Samples = 24;

    /// <summary>Trains, from a checkpoint if there is one, until the given epoch or until an epoch's end says so.</summary>
    public static WideNetwork Run(string? checkpoint, int epochs, Func<EpochReport, bool> continueAfterEpoch)
    {
        WideNetwork network = new(seed: 1);
        float[] features = Numbers.Gaussians(Samples * WideNetwork.InputSize, seed: 2);
        int[] labels = Numbers.Labels(Samples, WideNetwork.OutputSize, seed: 3);
        TrainingOptions options = new()
        {
            Epochs = epochs,
            BatchSize = 8,
            Optimizer = new Adam(),
            Checkpoint = checkpoint is null ? null : new(checkpoint) { EveryEpochs = 1 },
            ContinueAfterEpoch = continueAfterEpoch,
        };

        if (checkpoint is not null && File.Exists(checkpoint))
        {
            network.Resume(features, labels, options);
        }
        else
        {
            network.Train(features, labels, options);
        }

        return network;
    }

    /// <summary>Runs before anything of the test program.</summary>
    [ModuleInitializer]
    internal static void RunWhereAsked()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { } path)
        {
            using Stream output = Console.OpenStandardOutput();
            Run(path, int.MaxValue, _ =>
            {
                output.WriteByte((byte)'.');

                return true;
            });
        }
    }
}
