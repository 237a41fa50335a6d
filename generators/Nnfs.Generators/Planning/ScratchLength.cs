using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>The floats that a stage takes in the scratch memory of a prediction.</summary>
internal static class ScratchLength
{
    /// <summary>The outputs of one sample, with the padding that kernels write.</summary>
    public static long OfSample(StageSpec stage) =>
        KernelLimits.Align(stage.Outputs > KernelLimits.MostFloats ? stage.Outputs : MatrixLayout.RowStride(stage.Outputs));

    /// <summary>The outputs of a tile.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="rows">The samples of a tile.</param>
    public static long OfTile(StageSpec stage, int rows) => (long)rows * stage.Outputs;

    /// <summary>The room while the stage is computed, each block from the start of a cache line.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isInLanes">Whether samples lie in lanes.</param>
    /// <param name="samples">The samples that there is room for.</param>
    public static long OfRoom(StageSpec stage, bool isInLanes, int samples) =>
        stage.Rooms(isInLanes).Sum(block => KernelLimits.Align(block.LengthFor(samples)));
}
