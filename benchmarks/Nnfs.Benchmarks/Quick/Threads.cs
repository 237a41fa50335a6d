namespace Nnfs.Benchmarks;

/// <summary>What a second thread gains.</summary>
internal static class Threads
{
    /// <summary>Training steps of 784-512-512-10, without and with batch normalisations, on two threads, against one.</summary>
    /// <param name="report">Takes the lines.</param>
    /// <param name="isMeant">Whether a work is measured.</param>
    public static void Run(Report report, Func<Workload, bool> isMeant)
    {
        (NetworkCase Network, int Batch, double Aim)[] all =
        [
            (Cases.LargeDigits, 64, 1.7),
            (Cases.LargeDigits, 128, 1.8),
            (Cases.LargeDigits, 256, 1.9),
            (Cases.NormalisedDigits, 64, 1.7),
            (Cases.NormalisedDigits, 128, 1.7),
            (Cases.NormalisedDigits, 256, 1.7),
        ];
        (Workload One, double Aim)[] works =
            [.. all.Select(static work => (new Workload(work.Network, Activity.SgdStep, work.Batch), work.Aim)).Where(work => isMeant(work.Item1))];

        if (works.Length > 0)
        {
            report.Section("Two threads");
        }

        foreach ((Workload one, double aim) in works)
        {
            Workload two = new(one.Network, one.Activity, one.Batch) { Threads = 2 };
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
