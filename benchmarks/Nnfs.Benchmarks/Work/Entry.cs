using System.Numerics.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>Lets those take part in a workload whose answers are right.</summary>
internal static class Entry
{
    /// <summary>The samples whose answers are compared with the reference where that takes long: a whole batch would take too long in float64.</summary>
    private const int FewSamples = 2;

    /// <summary>
    /// The share of the length of a whole answer that a part may be off whatever its own length: the gradients of an attention's biases of keys are zero but
    /// for roundings.
    /// </summary>
    private const float Roundings = 1e-5f;

    /// <summary>
    /// How long the difference of two answers in float32 may be, as a share of the length of either: a sum that falls on the other side of a ReLU changes
    /// single gradients by much, all of them together by little.
    /// </summary>
    private const double Tolerance = 0.02;

    /// <summary>The generated network and the peers that do such work, after their answers have been compared with the reference.</summary>
    /// <exception cref="InvalidOperationException">An answer is wrong.</exception>
    public static List<Contestant> Enter(Workload workload, IReadOnlyList<Peer> peers)
    {
        if (workload.Network.IsLong)
        {
            CompareFew(new Workload(workload.Network, workload.Activity, Math.Min(workload.Batch, FewSamples)), peers);

            return EnterCompared(workload, peers);
        }

        List<Contestant> contestants = EnterUnseen(workload, peers);
        double[] expected = Reference.Answer(workload);
        contestants.ForEach(contestant => Reference.Verify(workload, expected, contestant));

        return contestants;
    }

    /// <summary>The generated network and the peers that do such work, after their answers have been compared with each other.</summary>
    /// <exception cref="InvalidOperationException">The answers differ.</exception>
    public static List<Contestant> EnterCompared(Workload workload, IReadOnlyList<Peer> peers)
    {
        List<Contestant> contestants = EnterUnseen(workload, peers);
        float[] expected = contestants[0].Answer();
        contestants.Skip(1).ToList().ForEach(contestant => Compare(workload, expected, contestant));

        return contestants;
    }

    private static void CompareFew(Workload workload, IReadOnlyList<Peer> peers)
    {
        float[] expected = Array.ConvertAll(Reference.Answer(workload), static value => (float)value);

        foreach (Contestant contestant in EnterUnseen(workload, peers))
        {
            Compare(workload, expected, contestant);
            contestant.Dispose();
        }
    }

    private static List<Contestant> EnterUnseen(Workload workload, IReadOnlyList<Peer> peers) =>
        [workload.Network.Enter(workload), .. peers.Select(peer => peer.Enter(workload)).OfType<Contestant>()];

    /// <summary>Fails where a contestant's answer is another than expected, part by part.</summary>
    private static void Compare(Workload workload, float[] expected, Contestant contestant)
    {
        float[] actual = contestant.Answer();
        float roundings = Roundings * TensorPrimitives.Norm<float>(expected);
        int start = 0;

        foreach (int length in workload.AnswerLengths)
        {
            float difference = TensorPrimitives.Distance(expected.AsSpan(start, length), actual.AsSpan(start, length));

            // A comparison that NaN fails too.
            if (!(difference <= roundings + (Tolerance * TensorPrimitives.Norm<float>(expected.AsSpan(start, length)))))
            {
                throw new InvalidOperationException($"{contestant.Name} answers '{workload}' in another way: {length} numbers from {start} on.");
            }

            start += length;
        }
    }
}
