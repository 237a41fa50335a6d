using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>What follows from a network's stages and outputs alone. It is worked out once, after the shapes, and only printed later.</summary>
/// <param name="Gradients">Where gradients go on their way back.</param>
/// <param name="Segments">How passes go whose samples depend on each other.</param>
/// <param name="Folded">The stages that predictions of a tile fold into the products before them.</param>
/// <param name="SampleTail">The last stages that one kernel computes for a sample; <see langword="null"/> where each has a kernel.</param>
/// <param name="TileTail">The last stages that one kernel computes for a tile; <see langword="null"/> where each has a kernel.</param>
/// <param name="Scratch">Where the activations of a prediction lie.</param>
/// <param name="Stream">How it takes sequences step by step.</param>
internal sealed record Plans(
    GradientFlow Gradients,
    SegmentPlan Segments,
    EquatableArray<FoldedStage> Folded,
    TailPlan? SampleTail,
    TailPlan? TileTail,
    ScratchPlan Scratch,
    StreamPlan Stream)
{
    /// <summary>The plans of a network that is not known yet.</summary>
    public static readonly Plans None = new(
        GradientFlow.None, SegmentPlan.None, Folded: default, SampleTail: null, TileTail: null, ScratchPlan.None, StreamPlan.None);

    /// <summary>The plans of a network whose other facts are all known.</summary>
    public static Plans Of(NetworkSpec network)
    {
        EquatableArray<FoldedStage> folded = FoldedStage.Of(network);
        TailPlan? sampleTail = TailPlan.Of(network, (stage, rest) => stage.TailOfSample(rest, network.Outputs[0].Loss));
        TailPlan? tileTail = TailPlan.Of(network, static (stage, rest) => stage.TailOfTile(rest));

        GradientFlow gradients = GradientFlow.Of(network);
        SegmentPlan segments = SegmentPlan.Of(network, gradients);

        return new Plans(
            gradients,
            segments,
            folded,
            sampleTail,
            tileTail,
            ScratchPlan.Of(network, folded, sampleTail?.First, tileTail?.First),
            StreamPlan.Of(network));
    }

    /// <summary>The plans of a network of single steps, which only predicts: nothing is folded, since each step would do so anew.</summary>
    public static Plans OfStep(NetworkSpec network) => None with { Scratch = ScratchPlan.Of(network, folded: default, sampleTail: null, tileTail: null) };
}
