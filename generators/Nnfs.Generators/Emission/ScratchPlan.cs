using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Where the activations of a prediction lie in its scratch memory, each from the start of a cache line.</summary>
internal sealed class ScratchPlan
{
    private ScratchPlan(int length, int sampleLength, int[] sampleOffsets, int[] tileOffsets)
    {
        Length = length;
        SampleLength = sampleLength;
        SampleOffsets = sampleOffsets;
        TileOffsets = tileOffsets;
    }

    /// <summary>The floats that a tile takes.</summary>
    public int Length { get; }

    /// <summary>The floats that one sample takes.</summary>
    public int SampleLength { get; }

    /// <summary>For each stage where its outputs lie when one sample goes through.</summary>
    public int[] SampleOffsets { get; }

    /// <summary>For each stage where its outputs lie when a tile goes through.</summary>
    public int[] TileOffsets { get; }

    public static ScratchPlan Of(NetworkSpec network)
    {
        int[] sampleOffsets = new int[network.Stages.Count];
        int[] tileOffsets = new int[network.Stages.Count];
        long sample = 0;
        long tile = network.Plan == NetworkPlan.Lanes ? Align((long)network.PredictRows * network.InputSize) : 0;

        for (int i = 0; i < network.Stages.Count; i++)
        {
            // The length of a network that is too large, which has an error, could not be written.
            sampleOffsets[i] = Names.Length(sample);
            tileOffsets[i] = Names.Length(tile);

            if (i < SamplePredictEmitter.SingleStages(network) && !SamplePredictEmitter.IsIntoOutputs(network, i))
            {
                sample += PaddedLength(network.Stages[i].Outputs);
            }

            // In rows the last stage writes into the outputs, and what a kernel of two layers has between them stays in registers.
            if (network.Plan == NetworkPlan.Lanes ? !LanesTailEmitter.StartsAt(network, i) : i < network.Stages.Count - 1)
            {
                tile += Align((long)network.PredictRows * network.Stages[i].Outputs);
            }
        }

        return new ScratchPlan(network.HasErrors ? 0 : (int)tile, network.HasErrors ? 0 : (int)sample, sampleOffsets, tileOffsets);
    }

    /// <summary>Memory of the stack from the start of a cache line.</summary>
    public static string OnStack(int length) => $"global::Nnfs.StackScratch.Align(stackalloc float[{length} + global::Nnfs.StackScratch.Slack])";

    /// <summary>The outputs of one sample with the padding that kernels write.</summary>
    public static int PaddedLength(int outputs) =>
        outputs > Parsing.ShapeInference.MaxLength ? int.MaxValue : (int)Align(MatrixLayout.RowStride(outputs));

    private static long Align(long length) => (length + 15) & ~15L;
}
