using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>The quick mode: every figure that the kernels are held to, measured against each peer in turn.</summary>
internal sealed class QuickRun(Report report)
{
    /// <summary>Measures everything in a few minutes and prints it line by line.</summary>
    public void Run()
    {
        NoteMachine();
        RunDuels(static _ => true);
        ReportFirstSteps();
        RunHardware();
        RunAwkwardSizes();
        Allocation.Run(
            report,
            new(Cases.Spiral, Activity.Predict, 1),
            new(Cases.Digits, Activity.Predict, 64),
            new(Cases.Digits, Activity.SgdStep, 64),
            new(Cases.Spiral, Activity.AdamStep, 300));
        Threads.Run(report, Cases.LargeDigits, (64, 1.7), (128, 1.8), (256, 1.9));
        report.Summary();
    }

    /// <summary>Measures the works against peers whose names contain a text, and nothing else.</summary>
    public void RunOnly(string text)
    {
        NoteMachine();
        RunDuels(workload => workload.ToString().Contains(text, StringComparison.OrdinalIgnoreCase));
        report.Summary();
    }

    /// <summary>Measures some works.</summary>
    /// <param name="section">The works, and what they have in common.</param>
    public void RunSection((string Title, IReadOnlyList<Duel> Duels) section) => RunDuels([section], static _ => true);

    /// <summary>Tells what it is measured on.</summary>
    public void NoteMachine() => report.Note($"{Processor.Name}, {PeakFma.Width}, {RuntimeInformation.FrameworkDescription}");

    private void RunDuels(Func<Workload, bool> isMeant) => RunDuels(Duels.Sections, isMeant);

    private void RunDuels(IReadOnlyList<(string Title, IReadOnlyList<Duel> Duels)> sections, Func<Workload, bool> isMeant)
    {
        Peer[] peers =
        [
            new OnnxRuntimePeer(),
            new CPeer(),
            new PythonPeer(PeerNames.PyTorch, "torch_peer.py"),
            new PythonPeer(PeerNames.NumPy, "numpy_peer.py") { IsDenseOnly = true },
            new TensorPrimitivesPeer(),
        ];

        try
        {
            foreach (Peer peer in peers)
            {
                report.Note(peer.Absence is null
                    ? $"{peer.Name}: {peer.Version}"
                    : $"{peer.Name} is left out: {peer.Absence}; install-peers.sh installs the peers on Debian");
            }

            Peer[] present = [.. peers.Where(static peer => peer.Absence is null)];

            foreach ((string title, IReadOnlyList<Duel> duels) in sections)
            {
                Duel[] meant = [.. duels.Where(duel => isMeant(duel.Workload()))];

                if (meant.Length > 0)
                {
                    report.Section(title);
                    Array.ForEach(meant, duel => duel.Run(present, report));
                }
            }
        }
        finally
        {
            foreach (Peer peer in peers)
            {
                peer.Dispose();
            }
        }
    }

    private void ReportFirstSteps()
    {
        Spread firstSteps = FirstSteps.Measure();
        report.Line("the first 1,000 of a process", "", Text.Duration(firstSteps.Median), "", firstSteps, Text.Duration, aim: null);
    }

    private void RunHardware()
    {
        report.Section("Dense layer with ReLU, as a share of the core's peak");

        foreach (GemmShare share in GemmShare.Measure())
        {
            Line(share, Aim.AtLeast(share.Width == "Vector512" ? 0.88 : 0.80));
        }

        foreach (GemmShare share in GemmShare.MeasureWithoutVector512())
        {
            Line(share, Aim.AtLeast(0.80));
        }

        void Line(GemmShare share, Aim aim) => report.Line(
            $"forward {share.Layer}",
            $"peak FMA of {share.Width}",
            Text.FlopRate(share.Flops),
            Text.FlopRate(share.PeakFlops),
            share.Share,
            Text.Percent,
            aim);
    }

    private void RunAwkwardSizes()
    {
        report.Section("Awkward sizes: time per floating-point operation of a round size near by (less is better)");

        foreach ((NetworkCase awkward, NetworkCase round) in Cases.Awkward)
        {
            foreach (int batch in (ReadOnlySpan<int>)[1, 5, 17, 100])
            {
                Contestant[] contestants = [Enter(awkward, batch), Enter(round, batch)];
                double[][] seconds = Rounds.Time(contestants);
                double flops = (double)awkward.Flops / round.Flops;

                report.Line(
                    $"predict {awkward}, batch {batch}",
                    round.Name,
                    Text.Duration(Spread.Of(seconds[0]).Median),
                    Text.Duration(Spread.Of(seconds[1]).Median),
                    Spread.Of(seconds[0].Zip(seconds[1], (ours, theirs) => ours / theirs / flops)),
                    Text.Ratio,
                    Aim.AtMost(2.5));
            }
        }

        static Contestant Enter(NetworkCase network, int batch)
        {
            Workload workload = new(network, Activity.Predict, batch);
            Contestant contestant = network.Enter(workload);
            Reference.Verify(workload, Reference.Answer(workload), contestant);

            return contestant;
        }
    }
}
