namespace Nnfs.Benchmarks;

/// <summary>What a second thread gains.</summary>
internal static class Threads
{
    private const int Batch = 128;

    /// <summary>Training steps of 784-512-512-10 at batch 128 on two threads, against one.</summary>
    /// <param name="report">Takes the result.</param>
    /// <param name="createWorkspace">A workspace of the network for a batch size and a number of threads.</param>
    public static void Run(Report report, Func<Net784x512x512x10, int, int, Net784x512x512x10.Workspace> createWorkspace)
    {
        report.Section("Two threads");
        Workload workload = new(Cases.LargeDigits, Activity.SgdStep, Batch);
        double[] expected = Reference.Answer(workload);
        Contestant[] contestants = [Enter(threads: 2), Enter(threads: 1)];
        double[][] seconds = Rounds.Time(contestants);

        report.Line(
            workload.ToString(),
            "one thread",
            Text.Duration(Spread.Of(seconds[0]).Median),
            Text.Duration(Spread.Of(seconds[1]).Median),
            Spread.Of(seconds[1].Zip(seconds[0], static (one, two) => one / two)),
            Text.Ratio,
            Aim.AtLeast(1.7));

        Contestant Enter(int threads)
        {
            Net784x512x512x10 network = new();
            Net784x512x512x10.Calls calls = new(network, createWorkspace(network, Batch, threads));
            GeneratedTraining<Net784x512x512x10.Calls> contestant = new(workload, calls, new Sgd(Workload.SgdRate));
            Reference.Verify(workload, expected, contestant);

            return contestant;
        }
    }
}
