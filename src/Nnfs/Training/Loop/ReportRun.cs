namespace Nnfs.Training;

/// <summary>Tells what a user has given of each epoch of a training.</summary>
/// <param name="progress">What is told.</param>
internal sealed class ReportRun(IProgress<EpochReport> progress) : IProgressRun
{
    /// <summary>Begins to show a training.</summary>
    /// <param name="progress">What shows it.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="samples">The number of samples of an epoch.</param>
    public static IProgressRun Begin(IProgress<EpochReport> progress, int epochs, int samples) =>
        progress is ITrainingProgress training ? training.Begin(epochs, samples) : new ReportRun(progress);

    /// <inheritdoc/>
    public void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate)
    {
    }

    /// <inheritdoc/>
    public void AfterEpoch(EpochReport report) => progress.Report(report);

    /// <inheritdoc/>
    public void End(TrainingHistory history)
    {
    }

    /// <inheritdoc/>
    public void Fail()
    {
    }
}
