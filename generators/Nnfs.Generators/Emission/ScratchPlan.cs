using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Where the activations of a prediction lie in its scratch memory, each from the start of a cache line. An activation that nothing reads
/// any more gives its place to later ones: a linear scan over their lifetimes.
/// </summary>
internal sealed class ScratchPlan
{
    private ScratchPlan(int length, int[] sampleOffsets, int[] tileOffsets)
    {
        Length = length;
        SampleOffsets = sampleOffsets;
        TileOffsets = tileOffsets;
    }

    /// <summary>The floats that either a sample or a tile takes.</summary>
    public int Length { get; }

    /// <summary>For each stage where its outputs lie when one sample goes through.</summary>
    public int[] SampleOffsets { get; }

    /// <summary>For each stage where its outputs lie when a tile goes through.</summary>
    public int[] TileOffsets { get; }

    public static ScratchPlan Of(NetworkSpec network)
    {
        int[] lastReads = LastReads(network);

        if (network.Plan == NetworkPlan.Lanes)
        {
            // In lanes everything fits into the cache, and tiles are loaded beside it.
            return Create(
                network,
                Scan(network, lastReads, start: 0, static (stage, _) => SampleLength(stage.Outputs), reuses: false),
                Scan(network, lastReads, start: Align((long)network.PredictRows * network.InputSize), (stage, _) => (long)network.PredictRows * stage.Outputs, reuses: false));
        }

        return Create(
            network,
            Scan(network, lastReads, start: 0, static (stage, _) => SampleLength(stage.Outputs), reuses: true),
            Scan(network, lastReads, start: 0, (stage, i) => WritesOutput(network, i) ? 0 : (long)network.PredictRows * stage.Outputs, reuses: true));
    }

    /// <summary>The outputs of one sample with the padding that kernels write.</summary>
    public static int SampleLength(int outputs) =>
        outputs > ParameterLayout.MaxLength ? int.MaxValue : (int)Align(MatrixLayout.RowStride(outputs));

    /// <summary>Whether a tile of a stage goes straight into an output of the network: where nothing else reads it.</summary>
    public static bool WritesOutput(NetworkSpec network, int stage) =>
        network.Plan == NetworkPlan.Rows
        && network.Outputs.Count(output => output.Source == stage) == 1
        && network.Stages.All(other => !other.Sources.Contains(stage));

    /// <summary>Whether a stage changes nothing in a prediction, so that its outputs are what it reads.</summary>
    public static bool IsAlias(NetworkSpec network, int stage) =>
        network.Stages[stage] is DropoutSpec or ActivationSpec { Kind: ActivationKind.Linear } && !WritesOutput(network, stage);

    /// <summary>Whether a stage writes over what it reads, which nothing reads after it, so that both have one place.</summary>
    public static bool IsOverSource(NetworkSpec network, int stage)
    {
        if (!network.Stages[stage].IsInPlace || network.Plan != NetworkPlan.Rows)
        {
            return false;
        }

        int[] roots = [.. network.Stages[stage].Sources.Select(source => RootOf(network, source))];

        return roots[0] >= 0
            && roots.Count(root => root == roots[0]) == 1
            && LastReads(network)[roots[0]] == stage;
    }

    private static ScratchPlan Create(NetworkSpec network, (int[] Offsets, long Length) sample, (int[] Offsets, long Length) tile) =>
        new(network.HasErrors ? 0 : (int)Math.Max(sample.Length, tile.Length), sample.Offsets, tile.Offsets);

    /// <summary>The value that lies where a source does: the source itself, or what an alias is the alias of.</summary>
    private static int RootOf(NetworkSpec network, int source) =>
        source >= 0 && IsAlias(network, source) ? RootOf(network, network.Stages[source].Sources[0]) : source;

    /// <summary>For each stage the last that reads it or an alias of it; the number of stages for an output of the network.</summary>
    private static int[] LastReads(NetworkSpec network)
    {
        int[] last = [.. Enumerable.Range(0, network.Stages.Count)];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            Extend(network.Stages[i].Sources, i);
        }

        Extend(network.Outputs.Select(static output => output.Source), network.Stages.Count);

        return last;

        void Extend(IEnumerable<int> sources, int reader)
        {
            foreach (int root in sources.Select(source => RootOf(network, source)).Where(static root => root >= 0))
            {
                last[root] = reader;
            }
        }
    }

    private static (int[] Offsets, long Length) Scan(NetworkSpec network, int[] lastReads, long start, Func<StageSpec, int, long> lengthOf, bool reuses)
    {
        int[] offsets = new int[network.Stages.Count];
        int[] lastUses = [.. lastReads];

        // For each stage whose place it lies in: its own, or that of what it writes over.
        int[] owners = [.. Enumerable.Range(0, network.Stages.Count)];
        List<(long Start, long End, int LastUse, int Owner)> places = [];
        long length = start;

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            long size = Align(lengthOf(stage, i));
            int root = RootOf(network, stage.Sources[0]);

            if (IsAlias(network, i))
            {
                offsets[i] = root >= 0 ? offsets[root] : 0;

                continue;
            }

            if (size > 0 && IsOverSource(network, i))
            {
                offsets[i] = offsets[root];
                owners[i] = owners[root];
                int place = places.FindIndex(other => other.Owner == owners[root]);
                places[place] = places[place] with { LastUse = lastUses[i] };

                continue;
            }

            long position = start;

            foreach ((long from, long to, _, _) in places.Where(place => !reuses || place.LastUse >= i).OrderBy(static place => place.Start))
            {
                if (position + size <= from)
                {
                    break;
                }

                position = Math.Max(position, to);
            }

            // The length of a network that is too large, which has an error, could not be written.
            offsets[i] = Names.Length(position);
            places.RemoveAll(place => reuses && place.LastUse < i);
            places.Add((position, position + size, lastUses[i], i));
            length = Math.Max(length, position + size);
        }

        return (offsets, length);
    }

    private static long Align(long length) => ParameterLayout.Align(length);
}
