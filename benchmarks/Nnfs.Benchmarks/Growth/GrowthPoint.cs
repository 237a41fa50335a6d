using System.Numerics.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>One size in a series.</summary>
/// <param name="Size">The size that grows.</param>
/// <param name="Network">The network of that size.</param>
/// <param name="Batch">The samples of a call.</param>
internal sealed record GrowthPoint(int Size, NetworkCase Network, int Batch)
{
    /// <summary>The rounds of each measurement: a point is one of many, and its neighbours show where it is off.</summary>
    private const int RoundCount = 5;

    /// <summary>
    /// How long the difference of two answers in float32 may be, as a share of the length of either: a sum that falls on the other side of a ReLU changes
    /// single gradients by much, all of them together by little.
    /// </summary>
    private const double Tolerance = 0.02;

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
        List<Contestant> contestants = [Network.Enter(workload)];

        try
        {
            // The reference would take minutes at the greater sizes, so the answers are compared with each other.
            contestants.AddRange(peers.Select(peer => peer.Enter(workload)).OfType<Contestant>());
            float[] expected = contestants[0].Answer();
            contestants.Skip(1).ToList().ForEach(contestant => Compare(workload, expected, contestant));

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

    /// <summary>Fails where a contestant's answer is another than expected, part by part.</summary>
    private static void Compare(Workload workload, float[] expected, Contestant contestant)
    {
        float[] actual = contestant.Answer();
        int start = 0;

        foreach (int length in workload.AnswerLengths)
        {
            float difference = TensorPrimitives.Distance(expected.AsSpan(start, length), actual.AsSpan(start, length));

            // A comparison that NaN fails too.
            if (!(difference <= Tolerance * TensorPrimitives.Norm<float>(expected.AsSpan(start, length))))
            {
                throw new InvalidOperationException($"{contestant.Name} answers '{workload}' in another way: {length} numbers from {start} on.");
            }

            start += length;
        }
    }
}
