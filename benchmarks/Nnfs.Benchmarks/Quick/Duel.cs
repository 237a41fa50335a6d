namespace Nnfs.Benchmarks;

/// <summary>A workload that is measured against peers, with the factors by which the generated network is to be faster.</summary>
/// <param name="Workload">Makes the workload; its data lives no longer than its measurement.</param>
/// <param name="Aims">By the peer's name, how many times faster we are to be; other peers are only told.</param>
internal sealed record Duel(Func<Workload> Workload, IReadOnlyDictionary<string, double> Aims)
{
    /// <summary>Compares everybody's answers with the reference, then times them in turn.</summary>
    public void Run(IReadOnlyList<Peer> peers, Report report)
    {
        Workload workload = Workload();
        List<Contestant> contestants = Entry.Enter(workload, peers);

        try
        {
            double[][] seconds = Rounds.Time(contestants);
            string ours = Text.Duration(Spread.Of(seconds[0]).Median * workload.ReportedOperations);

            for (int rival = 1; rival < contestants.Count; rival++)
            {
                string name = contestants[rival].Name;
                Aim? aim = Aims.TryGetValue(name, out double factor) ? Aim.AtLeast(factor) : null;

                report.Line(
                    rival == 1 ? workload.ToString() : "",
                    name,
                    rival == 1 ? ours : "",
                    Text.Duration(Spread.Of(seconds[rival]).Median * workload.ReportedOperations),
                    Spread.Of(seconds[rival].Zip(seconds[0], static (theirs, ours) => theirs / ours)),
                    Text.Ratio,
                    aim);
            }
        }
        finally
        {
            contestants.ForEach(static contestant => contestant.Dispose());
        }
    }
}
