namespace Nnfs.Benchmarks;

/// <summary>Recurrent networks, attention, embeddings and streams against peers, and what they allocate.</summary>
internal static class SequencesRun
{
    /// <summary>The argument of the command line that asks for it.</summary>
    public const string Mode = "sequences";

    private const int Batch = 64;

    public static void Run(Report report)
    {
        QuickRun run = new(report);
        run.NoteMachine();
        run.RunSection(Duels.Sequences);
        StreamSteps.Run(report);
        Allocation.Run(
            report,
            new(Cases.Gestures, Activity.Predict, 1),
            new(Cases.Gestures, Activity.Predict, Batch),
            new(Cases.Gestures, Activity.SgdStep, Batch),
            new(Cases.Signals, Activity.Predict, 1),
            new(Cases.Signals, Activity.AdamStep, Batch),
            new(Cases.Transformer, Activity.SgdStep, 2),
            new(Cases.Words, Activity.AdamStep, Batch));
        report.Summary();
    }
}
