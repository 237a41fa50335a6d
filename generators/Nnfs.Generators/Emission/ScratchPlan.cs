using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Where the activations of a prediction lie in its scratch memory, each from the start of a cache line. An activation that nothing reads
/// any more gives its place to later ones: a linear scan over their lifetimes.
/// </summary>
internal sealed class ScratchPlan
{
    private ScratchPlan(int length, int foldedOffset, int sampleLength, int[] sampleOffsets, int[] tileOffsets)
    {
        Length = length;
        FoldedOffset = foldedOffset;
        SampleLength = sampleLength;
        SampleOffsets = sampleOffsets;
        TileOffsets = tileOffsets;
    }

    /// <summary>The floats that a tile takes.</summary>
    public int Length { get; }

    /// <summary>Where the scaled weights of layers with a folded normalisation start, behind the activations of a tile.</summary>
    public int FoldedOffset { get; }

    /// <summary>The floats that one sample takes.</summary>
    public int SampleLength { get; }

    /// <summary>For each stage where its outputs lie when one sample goes through.</summary>
    public int[] SampleOffsets { get; }

    /// <summary>For each stage where its outputs lie when a tile goes through.</summary>
    public int[] TileOffsets { get; }

    public static ScratchPlan Of(NetworkSpec network)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        IReadOnlyList<FoldedNorm> folded = FoldedNorm.Of(network);

        // In lanes everything fits into the cache, the inputs too, and each value has a place of its own.
        (int[] sampleOffsets, long sample) = Scan(network, folded: [], start: 0, (stage, i) => IsKeptOfSample(network, i) ? PaddedLength(stage.Outputs) : 0, reuses: !isInLanes);
        (int[] tileOffsets, long tile) = Scan(
            network,
            folded,
            start: isInLanes ? Align((long)network.PredictRows * network.InputSize) : 0,
            (stage, i) => WritesOutput(network, i) || IsSkipped(folded, i) || LanesTailEmitter.StartsAt(network, i) ? 0 : (long)network.PredictRows * stage.Outputs,
            reuses: !isInLanes);
        long weights = folded.Select(fold => (DenseSpec)network.Stages[fold.Dense]).Sum(static dense => FoldedNorm.WeightsLength(dense) + FoldedNorm.BiasesLength(dense));

        return network.HasErrors
            ? new ScratchPlan(0, 0, 0, sampleOffsets, tileOffsets)
            : new ScratchPlan((int)(tile + weights), (int)tile, (int)sample, sampleOffsets, tileOffsets);
    }

    /// <summary>Whether a stage of a tile is computed with another behind it.</summary>
    public static bool IsSkipped(IReadOnlyList<FoldedNorm> folded, int stage) => folded.Any(fold => stage == fold.Dense || (stage == fold.Norm && fold.ReLU is not null));

    /// <summary>Memory of the stack from the start of a cache line.</summary>
    public static string OnStack(int length) => $"global::Nnfs.StackScratch.Align(stackalloc float[{length} + global::Nnfs.StackScratch.Slack])";

    /// <summary>The outputs of one sample with the padding that kernels write.</summary>
    public static int PaddedLength(int outputs) =>
        outputs > ParameterLayout.MaxLength ? int.MaxValue : (int)Align(MatrixLayout.RowStride(outputs));

    /// <summary>Whether a stage is made into one output of the network, and nothing else reads it.</summary>
    public static bool IsOnlyOutput(NetworkSpec network, int stage) =>
        network.Outputs.Count(output => output.Source == stage) == 1 && network.Stages.All(other => !other.Sources.Contains(stage));

    /// <summary>Whether a tile of a stage goes straight into an output of the network. In lanes it has to become rows first.</summary>
    public static bool WritesOutput(NetworkSpec network, int stage) => network.Plan == NetworkPlan.Rows && IsOnlyOutput(network, stage);

    /// <summary>Whether a stage changes nothing in a prediction, so that its outputs are what it reads.</summary>
    public static bool IsAlias(NetworkSpec network, int stage) =>
        network.Stages[stage] is DropoutSpec or ActivationSpec { Kind: ActivationKind.Linear } && !WritesOutput(network, stage);

    /// <summary>Whether a stage writes over what it reads, which nothing reads after it, so that both have one place.</summary>
    private static bool IsOverSource(NetworkSpec network, int[] lastReads, int stage)
    {
        if (!network.Stages[stage].IsInPlace || network.Plan != NetworkPlan.Rows)
        {
            return false;
        }

        int[] roots = [.. network.Stages[stage].Sources.Select(source => RootOf(network, source))];

        return roots[0] >= 0
            && roots.Count(root => root == roots[0]) == 1
            && lastReads[roots[0]] == stage;
    }

    /// <summary>Whether a single sample's outputs of a stage stand in scratch memory.</summary>
    private static bool IsKeptOfSample(NetworkSpec network, int stage) =>
        stage < SamplePredictEmitter.SingleStages(network) && !SamplePredictEmitter.IsIntoOutputs(network, stage);

    /// <summary>The value that lies where a source does: the source itself, or what an alias is the alias of.</summary>
    private static int RootOf(NetworkSpec network, int source) =>
        source >= 0 && IsAlias(network, source) ? RootOf(network, network.Stages[source].Sources[0]) : source;

    /// <summary>For each stage the last that reads it or an alias of it; the number of stages for an output of the network.</summary>
    private static int[] LastReads(NetworkSpec network, IReadOnlyList<FoldedNorm> folded)
    {
        int[] last = [.. Enumerable.Range(0, network.Stages.Count)];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            // A layer with a folded normalisation reads its inputs where the last of the two is computed.
            Extend(network.Stages[i].Sources, folded.FirstOrDefault(fold => fold.Dense == i)?.Last ?? i);
        }

        Extend(network.Outputs.Select(static output => output.Source), network.Stages.Count);

        return last;

        void Extend(IEnumerable<int> sources, int reader)
        {
            foreach (int root in sources.Select(source => RootOf(network, source)).Where(static root => root >= 0))
            {
                last[root] = Math.Max(last[root], reader);
            }
        }
    }

    private static (int[] Offsets, long Length) Scan(NetworkSpec network, IReadOnlyList<FoldedNorm> folded, long start, Func<StageSpec, int, long> lengthOf, bool reuses)
    {
        int[] offsets = new int[network.Stages.Count];
        int[] lastUses = LastReads(network, folded);

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

            // What goes straight into an output takes no place.
            if (size == 0)
            {
                offsets[i] = Names.Length(start);

                continue;
            }

            if (folded.All(fold => fold.Last != i) && IsOverSource(network, lastUses, i))
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
