using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the loop over tiles of samples of a network that takes samples in lanes.</summary>
internal static class TileEmitter
{
    public static void WriteLoop(SourceWriter writer, NetworkSpec network, string call) => writer.WriteLine($$"""
        // A tile of samples goes through all layers before the next, so that its activations stay in the cache.
        const int TileSamples = {{network.PredictRows}};

        for (int start = 0; start < samples; start += TileSamples)
        {
            int tile = global::System.Math.Min(TileSamples, samples - start);
            {{call}}
        }
        """);
}
