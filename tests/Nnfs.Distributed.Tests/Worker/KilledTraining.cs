using System.Diagnostics;

namespace Nnfs.Distributed.Worker;

/// <summary>A training that goes on from its checkpoint, if there is one, and that may kill a process.</summary>
/// <param name="group">The processes that train.</param>
/// <param name="checkpoint">The checkpoint; empty for none.</param>
internal sealed class KilledTraining(ITrainingGroup group, string checkpoint)
{
    /// <summary>Trains.</summary>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="killedRank">The process that kills itself; a negative number for none.</param>
    /// <param name="killedAfter">After how many batches it does.</param>
    /// <returns>What came of it.</returns>
    public string Run(int epochs, int killedRank, int killedAfter)
    {
        MixedNet network = new(seed: 1);
        Share share = new(group, isOwn: false, samples: 400);
        float[] features = share.Numbers(MixedNet.InputSize);
        int[] labels = share.Labels(classes: 3);
        int batches = 0;
        TrainingOptions options = new()
        {
            Group = group,
            Epochs = epochs,
            BatchSize = 40,
            Optimizer = new Adam(0.003f),
            ValidationSplit = 0.2f,
            EarlyStopping = new() { Patience = int.MaxValue },
            Checkpoint = checkpoint.Length == 0 ? null : new(checkpoint) { EveryEpochs = 1 },
            ContinueAfterBatch = _ =>
            {
                if (++batches == killedAfter && group.Rank == killedRank)
                {
                    Process.GetCurrentProcess().Kill();
                }

                return true;
            },
            ContinueAfterEpoch = report =>
            {
                if (group.Rank == 0 && checkpoint.Length > 0)
                {
                    Console.WriteLine($"epoch {report.Epoch}");
                }

                return true;
            },
        };

        TrainingHistory history = File.Exists(checkpoint) ? network.Resume(features, labels, options) : network.Train(features, labels, options);

        return TrainingResult.Of(network, history);
    }
}
