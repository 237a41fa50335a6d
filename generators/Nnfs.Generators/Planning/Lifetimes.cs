using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>From which stage to which each value of a prediction is needed, and where values of given lengths can lie meanwhile.</summary>
internal sealed class Lifetimes
{
    private readonly NetworkSpec _network;
    private readonly EquatableArray<FoldedStage> _folded;

    /// <summary>For each stage the value that lies where its own does: its own, or what it is an alias of; <c>~k</c> for input k.</summary>
    private readonly int[] _roots;

    /// <summary>For each stage the last that reads it or an alias of it; the number of stages for an output of the network.</summary>
    private readonly int[] _lastReads;

    public Lifetimes(NetworkSpec network, IReadOnlyList<bool> isAlias, EquatableArray<FoldedStage> folded)
    {
        _network = network;
        _folded = folded;
        _roots = new int[network.Stages.Count];
        _lastReads = [.. Enumerable.Range(0, network.Stages.Count)];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            _roots[i] = isAlias[i] ? RootOf(network.Stages[i].Sources[0]) : i;

            // A product with a folded stage reads its inputs where the last of the two is computed.
            Extend(network.Stages[i].Sources, folded.FirstOrDefault(fold => fold.Product == i)?.Last ?? i);
        }

        Extend(network.Outputs.Select(static output => output.Source), network.Stages.Count);
    }

    /// <summary>The last stage that reads what a stage gives.</summary>
    public int LastRead(int stage) => _lastReads[stage];

    /// <summary>The value that lies where a source does: the source itself, or what an alias is the alias of.</summary>
    public int RootOf(int source) => source >= 0 ? _roots[source] : source;

    /// <summary>Gives each value its place in scratch memory, and each stage room for as long as it is computed.</summary>
    /// <param name="kinds">For each stage where its value goes.</param>
    /// <param name="start">Where the first value may lie.</param>
    /// <param name="lengthOf">The length of a value in scratch memory.</param>
    /// <param name="samples">The samples that there is room for.</param>
    /// <param name="reuses">Whether a value that nothing reads any more gives its place to later ones.</param>
    public Scan Scan(IReadOnlyList<PlaceKind> kinds, long start, Func<StageSpec, long> lengthOf, int samples, bool reuses)
    {
        Place[] places = new Place[kinds.Count];
        Place[] rooms = new Place[kinds.Count];

        // For each stage whose place it lies in: its own, or that of what it writes over.
        int[] owners = [.. Enumerable.Range(0, kinds.Count)];
        List<Taken> taken = [];
        long end = start;

        for (int i = 0; i < kinds.Count; i++)
        {
            int root = RootOf(_network.Stages[i].Sources[0]);
            long length = lengthOf(_network.Stages[i]);
            long room = ScratchLength.OfRoom(_network.Stages[i], _network.Plan == NetworkPlan.Lanes, samples);

            if (kinds[i] != PlaceKind.Scratch)
            {
                places[i] = new Place(kinds[i]);
            }
            else if (IsOverSource(i))
            {
                owners[i] = owners[root];
                places[i] = new Place(PlaceKind.Scratch, places[root].Offset, Clamp(length));
                int index = taken.FindIndex(other => other.Owner == owners[root]);
                taken[index] = taken[index] with { LastRead = _lastReads[i] };
            }
            else
            {
                places[i] = Take(i, length, _lastReads[i]);
            }

            // Room is free again after the stage, and belongs to no value.
            rooms[i] = room > 0 && kinds[i] is (PlaceKind.Scratch or PlaceKind.Output) ? Take(~i, room, i) : new Place(PlaceKind.Joined);
        }

        return new Scan(new([.. places]), new([.. rooms]), end);

        Place Take(int owner, long length, int lastRead)
        {
            int now = Math.Max(owner, ~owner);
            long aligned = KernelLimits.Align(length);
            long position = FirstGap(taken.Where(other => !reuses || other.LastRead >= now), start, aligned);
            taken.RemoveAll(other => reuses && other.LastRead < now);
            taken.Add(new Taken(position, position + aligned, lastRead, owner));
            end = Math.Max(end, position + aligned);

            // The length of a network that is too large, which has an error, could not be written.
            return new Place(PlaceKind.Scratch, Clamp(position), Clamp(length));
        }
    }

    private static long FirstGap(IEnumerable<Taken> taken, long start, long length)
    {
        long position = start;

        foreach (Taken other in taken.OrderBy(static other => other.Start))
        {
            if (position + length <= other.Start)
            {
                break;
            }

            position = Math.Max(position, other.End);
        }

        return position;
    }

    /// <summary>Whether a stage writes over what it reads, which nothing reads after it, so that both have one place.</summary>
    private bool IsOverSource(int stage)
    {
        if (!_network.Stages[stage].IsInPlace || _network.Plan != NetworkPlan.Rows || _folded.Any(fold => fold.Last == stage))
        {
            return false;
        }

        int[] roots = [.. _network.Stages[stage].Sources.Select(RootOf)];

        return roots[0] >= 0 && roots.Count(root => root == roots[0]) == 1 && _lastReads[roots[0]] == stage;
    }

    private void Extend(IEnumerable<int> sources, int reader)
    {
        foreach (int root in sources.Select(RootOf).Where(static root => root >= 0))
        {
            _lastReads[root] = Math.Max(_lastReads[root], reader);
        }
    }

    private static int Clamp(long length) => (int)Math.Min(int.MaxValue, length);

    /// <summary>Memory that a value takes as long as something reads it.</summary>
    private readonly record struct Taken(long Start, long End, int LastRead, int Owner);
}
