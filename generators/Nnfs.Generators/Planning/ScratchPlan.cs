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
/// <param name="SampleRooms">For each stage the room that it takes while it is computed for one sample.</param>
/// <param name="TileRooms">For each stage the room that it takes while it is computed for a tile.</param>
internal sealed record ScratchPlan(
    int Length,
    int FoldedOffset,
    int SampleLength,
    EquatableArray<Place> Sample,
    EquatableArray<Place> Tile,
    EquatableArray<Place> SampleRooms,
    EquatableArray<Place> TileRooms)
{
    /// <summary>The memory of a network without stages.</summary>
    public static readonly ScratchPlan None = new(0, 0, 0, default, default, default, default);

    /// <summary>The most floats that a sample takes from the stack: 16 KiB.</summary>
    private const int MostOnStack = 4096;

    /// <summary>The most floats that a tile takes from the stack, which are cleared at every call: 4 KiB.</summary>
    private const int MostTileOnStack = 1024;

    /// <summary>Whether a tile's memory is of the stack, rather than of the thread.</summary>
    public bool IsTileOnStack => Length <= MostTileOnStack;

    /// <summary>Whether a sample's memory is of the stack, rather than of the thread.</summary>
    public bool IsSampleOnStack => SampleLength <= MostOnStack;

    /// <summary>Whether the outputs of a sample are of the stack too, where only their greatest is wanted.</summary>
    public bool IsClassOnStack(int outputs) => IsSampleOnStack && outputs <= MostOnStack;

    /// <summary>Lays out the scratch memory of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="folded">The stages that are folded into products in a tile.</param>
    /// <param name="sampleTail">The first of the last stages that one kernel computes for a sample.</param>
    /// <param name="tileTail">The first of the last stages that one kernel computes for a tile.</param>
    public static ScratchPlan Of(NetworkSpec network, EquatableArray<FoldedStage> folded, int? sampleTail, int? tileTail)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        int count = network.Stages.Count;
        Readers readers = new(network.Stages, network.Outputs);
        bool[] isOnlyOutput = [.. Enumerable.Range(0, count).Select(readers.IsOnlyOutput)];

        // In lanes outputs have to become rows first.
        bool[] writesOutput = [.. isOnlyOutput.Select(only => only && !isInLanes)];
        bool[] isAlias = [.. network.Stages.Select((stage, i) => stage.IsAlias || (stage.PassesOn && !writesOutput[i]))];

        PlaceKind[] sampleKinds = [.. network.Stages.Select((stage, i) => i >= sampleTail ? PlaceKind.Joined
            : isAlias[i] ? PlaceKind.Alias
            : isOnlyOutput[i] && WritesSample(network, i) ? PlaceKind.Output : PlaceKind.Scratch)];
        PlaceKind[] tileKinds = [.. network.Stages.Select((_, i) => isAlias[i] ? PlaceKind.Alias
            : writesOutput[i] ? PlaceKind.Output
            : folded.Any(fold => fold.Skips(i)) || (i >= tileTail && i < count - 1) ? PlaceKind.Joined : PlaceKind.Scratch)];

        // In lanes everything fits into the cache, the inputs too, and each value has a place of its own.
        long inputLanes = isInLanes ? network.Inputs.Sum(input => (long)network.PredictRows * input.Size) : 0;
        Scan sample = new Lifetimes(network, isAlias, folded: default).Scan(sampleKinds, start: 0, ScratchLength.OfSample, samples: 1, reuses: !isInLanes);
        Scan tile = new Lifetimes(network, isAlias, folded).Scan(
            tileKinds, inputLanes, stage => ScratchLength.OfTile(stage, network.PredictRows), network.PredictRows, reuses: !isInLanes);
        long scaled = folded.Sum(fold => FoldedStage.ScaledLength(network.Stages[fold.Product]));

        bool isSound = !network.HasErrors;

        return new ScratchPlan(
            isSound ? (int)(tile.Length + scaled) : 0,
            isSound ? (int)tile.Length : 0,
            isSound ? (int)sample.Length : 0,
            sample.Places,
            tile.Places,
            sample.Rooms,
            tile.Rooms);
    }

    /// <summary>The room of a stage for one of its blocks in a prediction.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stage">The number of the stage.</param>
    /// <param name="name">The block.</param>
    /// <param name="pass">What the prediction is for.</param>
    public Place RoomOf(NetworkSpec network, int stage, string name, PassKind pass)
    {
        int samples = pass == PassKind.Sample ? 1 : network.PredictRows;
        Place all = (pass == PassKind.Sample ? SampleRooms : TileRooms)[stage];
        long offset = all.Offset;

        foreach (BlockSpec block in network.Stages[stage].Rooms(network.Plan == NetworkPlan.Lanes))
        {
            long length = block.LengthFor(samples);

            if (block.Name == name)
            {
                return new Place(PlaceKind.Scratch, (int)offset, (int)length);
            }

            offset += KernelLimits.Align(length);
        }

        throw new ArgumentOutOfRangeException(nameof(name));
    }

    /// <summary>
    /// Whether a sample of a stage can go straight into the output: not where the kernel writes whole vectors, nor where probabilities are
    /// made of it.
    /// </summary>
    private static bool WritesSample(NetworkSpec network, int stage) =>
        !network.Stages[stage].WritesWholeVectors && !network.Outputs.First(output => network.RootOf(output.Source) == stage).IsTransformed;
}
