namespace Nnfs.Training;

/// <summary>Several ways to show progress, each of which is told of all.</summary>
/// <param name="parts">The ways, in their order.</param>
internal sealed class CombinedProgress(IProgress<EpochReport>[] parts) : IProgress<EpochReport>, ITrainingProgress
{
    /// <inheritdoc/>
    public void Report(EpochReport value)
    {
        foreach (IProgress<EpochReport> part in parts)
        {
            part.Report(value);
        }
    }

    /// <inheritdoc/>
    public IProgressRun Begin(int epochs, int samples) => new Run([.. parts.Select(part => ReportRun.Begin(part, epochs, samples))]);

    private sealed class Run(IProgressRun[] runs) : IProgressRun
    {
        public void AfterBatch(BatchReport batch, TrainingState state, int count, double weight, float accuracy, float learningRate)
        {
            foreach (IProgressRun run in runs)
            {
                run.AfterBatch(batch, state, count, weight, accuracy, learningRate);
            }
        }

        public void AfterEpoch(EpochReport report)
        {
            foreach (IProgressRun run in runs)
            {
                run.AfterEpoch(report);
            }
        }

        public void End(TrainingHistory history)
        {
            foreach (IProgressRun run in runs)
            {
                run.End(history);
            }
        }

        public void Fail()
        {
            foreach (IProgressRun run in runs)
            {
                run.Fail();
            }
        }
    }
}
