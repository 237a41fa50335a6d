using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Where the activations of a prediction lie in its scratch memory, each from the start of a cache line.</summary>
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
        int[] sampleOffsets = new int[network.Stages.Count];
        int[] tileOffsets = new int[network.Stages.Count];
        long sample = 0;
        long tile = network.Plan == NetworkPlan.Lanes ? Align((long)network.PredictRows * network.InputSize) : 0;

        for (int i = 0; i < network.Stages.Count; i++)
        {
            // The length of a network that is too large, which has an error, could not be written.
            sampleOffsets[i] = Names.Length(sample);
            tileOffsets[i] = Names.Length(tile);
            sample += SampleLength(network.Stages[i].Outputs);

            // In rows the last stage writes into the outputs.
            if (network.Plan == NetworkPlan.Lanes || i < network.Stages.Count - 1)
            {
                tile += Align((long)network.PredictRows * network.Stages[i].Outputs);
            }
        }

        return new ScratchPlan(network.HasErrors ? 0 : (int)Math.Max(sample, tile), sampleOffsets, tileOffsets);
    }

    /// <summary>The outputs of one sample with the padding that kernels write.</summary>
    public static int SampleLength(int outputs) =>
        outputs > Parsing.ShapeInference.MaxLength ? int.MaxValue : (int)Align(MatrixLayout.RowStride(outputs));

    private static long Align(long length) => (length + 15) & ~15L;
}
