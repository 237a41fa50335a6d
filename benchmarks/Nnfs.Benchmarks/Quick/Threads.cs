namespace Nnfs.Benchmarks;

/// <summary>What a second thread gains.</summary>
internal static class Threads
{
    /// <summary>Training steps of 784-512-512-10 on two threads, against one.</summary>
    /// <param name="report">Takes the results.</param>
    /// <param name="createWorkspace">A workspace of the network for a batch size and a number of threads.</param>
    public static void Run(Report report, Func<Net784x512x512x10, int, int, Net784x512x512x10.Workspace> createWorkspace)
    {
        report.Section("Two threads");

        foreach ((int batch, double aim) in (ReadOnlySpan<(int, double)>)[(64, 1.7), (128, 1.8), (256, 1.9)])
        {
            Workload workload = new(Cases.LargeDigits, Activity.SgdStep, batch);
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
                Aim.AtLeast(aim));

            Contestant Enter(int threads)
            {
                Net784x512x512x10 network = new();
                Net784x512x512x10.Calls calls = new(network, createWorkspace(network, batch, threads));
                GeneratedTraining<Net784x512x512x10.Calls> contestant = new(workload, calls, new Sgd(Workload.SgdRate));
                Reference.Verify(workload, expected, contestant);

                return contestant;
            }
        }
    }
}
