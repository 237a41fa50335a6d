namespace Nnfs.Training;

/// <summary>What shows the progress of one training.</summary>
internal interface IProgressRun
{
    /// <summary>Takes note of a batch.</summary>
    /// <param name="batch">How the batch went.</param>
    /// <param name="state">How far the training has come with it.</param>
    /// <param name="count">The samples of the epoch's batches so far.</param>
    /// <param name="weight">How many samples they count as.</param>
    /// <param name="accuracy">The share of them that was right.</param>
    /// <param name="learningRate">The learning rate of the last step.</param>
    void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate);

    /// <summary>Takes note of an epoch that has ended.</summary>
    /// <param name="report">How it went.</param>
    void AfterEpoch(EpochReport report);

    /// <summary>Ends with a training that has ended.</summary>
    /// <param name="history">How it went.</param>
    void End(TrainingHistory history);

    /// <summary>Ends with a training that an exception ends.</summary>
    void Fail();
}
