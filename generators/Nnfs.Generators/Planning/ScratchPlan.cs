using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// Where the activations of a prediction lie in its scratch memory, each from the start of a cache line. An activation that nothing reads
/// any more gives its place to later ones: a linear scan over their lifetimes.
/// </summary>
/// <param name="Length">The floats that a tile takes.</param>
/// <param name="FoldedOffset">Where the scaled tensors of products with a folded stage start, after the activations of a tile.</param>
/// <param name="SampleLength">The floats that one sample takes.</param>
/// <param name="Sample">For each stage where its outputs lie when one sample goes through.</param>
/// <param name="Tile">For each stage where its outputs lie when a tile goes through.</param>
internal sealed record ScratchPlan(int Length, int FoldedOffset, int SampleLength, EquatableArray<Place> Sample, EquatableArray<Place> Tile)
{
    /// <summary>Lays out the scratch memory of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="folded">The stages that are folded into products in a tile.</param>
    /// <param name="sampleTail">The first of the last stages that one kernel computes for a sample.</param>
    /// <param name="tileTail">The first of the last stages that one kernel computes for a tile.</param>
    public static ScratchPlan Of(NetworkSpec network, EquatableArray<FoldedStage> folded, int? sampleTail, int? tileTail)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        int count = network.Stages.Count;
        bool[] isOnlyOutput = [.. Enumerable.Range(0, count).Select(i => IsOnlyOutput(network, i))];

        // In lanes outputs have to become rows first.
        bool[] writesOutput = [.. isOnlyOutput.Select(only => only && !isInLanes)];
        bool[] isAlias = [.. network.Stages.Select((stage, i) => stage.PassesOn && !writesOutput[i])];

        PlaceKind[] sampleKinds = [.. network.Stages.Select((stage, i) => isAlias[i] ? PlaceKind.Alias
            : i >= sampleTail ? PlaceKind.Joined
            : isOnlyOutput[i] && WritesSample(network, i) ? PlaceKind.Output : PlaceKind.Scratch)];
        PlaceKind[] tileKinds = [.. network.Stages.Select((_, i) => isAlias[i] ? PlaceKind.Alias
            : writesOutput[i] ? PlaceKind.Output
            : folded.Any(fold => fold.Skips(i)) || (i >= tileTail && i < count - 1) ? PlaceKind.Joined : PlaceKind.Scratch)];

        // In lanes everything fits into the cache, the inputs too, and each value has a place of its own.
        long inputLanes = isInLanes ? KernelLimits.Align((long)network.PredictRows * network.InputSize) : 0;
        (Place[] sample, long sampleLength) = new Lifetimes(network, isAlias, folded: default).Scan(sampleKinds, start: 0, SampleLengthOf, reuses: !isInLanes);
        (Place[] tile, long tileLength) = new Lifetimes(network, isAlias, folded).Scan(tileKinds, inputLanes, TileLengthOf, reuses: !isInLanes);
        long scaled = folded.Sum(fold => FoldedStage.ScaledLength(network.Stages[fold.Product]));

        return network.HasErrors
            ? new ScratchPlan(0, 0, 0, new([.. sample]), new([.. tile]))
            : new ScratchPlan((int)(tileLength + scaled), (int)tileLength, (int)sampleLength, new([.. sample]), new([.. tile]));
    }

    /// <summary>The outputs of one sample with the padding that kernels write.</summary>
    private static long SampleLengthOf(NetworkSpec network, int stage) => network.Stages[stage].Outputs is var outputs && outputs > KernelLimits.MostFloats
        ? int.MaxValue
        : KernelLimits.Align(MatrixLayout.RowStride(outputs));

    private static long TileLengthOf(NetworkSpec network, int stage) => (long)network.PredictRows * network.Stages[stage].Outputs;

    /// <summary>Whether a stage is made into one output of the network, and nothing else reads it.</summary>
    private static bool IsOnlyOutput(NetworkSpec network, int stage) =>
        network.Outputs.Count(output => output.Source == stage) == 1 && network.Stages.All(other => !other.Sources.Contains(stage));

    /// <summary>Whether a sample of a stage can go straight into the output: not where the kernel writes whole vectors, nor where probabilities are made of it.</summary>
    private static bool WritesSample(NetworkSpec network, int stage) =>
        !network.Stages[stage].WritesWholeVectors && !network.Outputs.First(output => output.Source == stage).IsTransformed;
}
