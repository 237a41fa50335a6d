namespace Nnfs.Benchmarks;

/// <summary>What a second thread gains.</summary>
internal static class Threads
{
    /// <summary>Training steps of a network on two threads, against one.</summary>
    public static void Run(Report report, NetworkCase network, params ReadOnlySpan<(int Batch, double Aim)> steps)
    {
        report.Section("Two threads");

        foreach ((int batch, double aim) in steps)
        {
            Workload one = new(network, Activity.SgdStep, batch);
            double[][] seconds = Rounds.Time(Entry.Enter(one, [new TwoThreads()]));

            report.Line(
                one.ToString(),
                "one thread",
                Text.Duration(Spread.Of(seconds[1]).Median),
                Text.Duration(Spread.Of(seconds[0]).Median),
                Spread.Of(seconds[0].Zip(seconds[1], static (one, two) => one / two)),
                Text.Ratio,
                Aim.AtLeast(aim));
        }
    }

    /// <summary>The generated network with a second thread.</summary>
    private sealed class TwoThreads() : Peer("two threads")
    {
        public override string Version => "";

        public override Contestant Enter(Workload workload) =>
            workload.Network.Enter(new Workload(workload.Network, workload.Activity, workload.Batch) { Threads = 2 });
    }
}
