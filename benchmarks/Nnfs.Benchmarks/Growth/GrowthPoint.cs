namespace Nnfs.Benchmarks;

/// <summary>One size in a series.</summary>
/// <param name="Size">The size that grows.</param>
/// <param name="Network">The network of that size.</param>
/// <param name="Batch">The samples of a call.</param>
internal sealed record GrowthPoint(int Size, NetworkCase Network, int Batch)
{
    /// <summary>The rounds of each measurement: a point is one of many, and its neighbours show where it is off.</summary>
    private const int RoundCount = 5;

    private readonly Dictionary<GrowthLine, double> _rates = [];

    /// <summary>The floating-point operations in a second, of everybody who was measured.</summary>
    public IReadOnlyDictionary<GrowthLine, double> Rates => _rates;

    /// <summary>Measures the generated network and the peers, on one thread and on two.</summary>
    public void Measure(IReadOnlyList<Peer> peers)
    {
        Measure(Activity.Predict, threads: 1, peers);
        Measure(Activity.ForwardBackward, threads: 1, peers);
        Measure(Activity.ForwardBackward, threads: 2, peers);
    }

    private void Measure(Activity activity, int threads, IReadOnlyList<Peer> peers)
    {
        Workload workload = new(Network, activity, Batch) { Threads = threads };

        // The reference would take minutes at the greater sizes.
        List<Contestant> contestants = Entry.EnterCompared(workload, peers);

        try
        {
            double[][] seconds = Rounds.Time(contestants, RoundCount);

            // A product forward, and two of the same size backward.
            double flops = (activity == Activity.Predict ? 1.0 : 3.0) * Network.Flops * Batch;

            for (int index = 0; index < contestants.Count; index++)
            {
                _rates.Add(new(activity, contestants[index].Name, threads), flops / Spread.Of(seconds[index]).Median);
            }
        }
        finally
        {
            contestants.ForEach(static contestant => contestant.Dispose());
        }
    }
}
