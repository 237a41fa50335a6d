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
            Workload two = new(network, Activity.SgdStep, batch) { Threads = 2 };
            double[] expected = Reference.Answer(one);
            Contestant[] contestants = [Enter(two), Enter(one)];
            double[][] seconds = Rounds.Time(contestants);

            report.Line(
                one.ToString(),
                "one thread",
                Text.Duration(Spread.Of(seconds[0]).Median),
                Text.Duration(Spread.Of(seconds[1]).Median),
                Spread.Of(seconds[1].Zip(seconds[0], static (one, two) => one / two)),
                Text.Ratio,
                Aim.AtLeast(aim));

            Contestant Enter(Workload workload)
            {
                Contestant contestant = workload.Network.Enter(workload);
                Reference.Verify(workload, expected, contestant);

                return contestant;
            }
        }
    }
}
