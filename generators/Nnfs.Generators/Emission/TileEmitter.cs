using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Writes how a batch is divided: in lanes into tiles that stay in the cache, one after the other; in rows among the threads of the workspace.
/// </summary>
internal static class TileEmitter
{
    public static void WriteForward(SourceWriter writer, NetworkSpec network)
    {
        if (network.Plan == NetworkPlan.Lanes)
        {
            WriteLoop(writer, network, "ForwardTile(inputs.Slice(start * InputSize, tile * InputSize), workspace, start, tile);");

            return;
        }

        writer.WriteLine($$"""
            // The samples do not depend on each other: each thread carries some of them through all layers.
            workspace._team.Run(this, workspace, inputs, count: samples, flops: {{FlopsPerSample(network, first: 0)}}, static (network, workspace, inputs, start, count) =>
                network.ForwardTile(inputs.Slice(start * InputSize, count * InputSize), workspace, start, count));
            """);
    }

    public static void WriteBackward(SourceWriter writer, NetworkSpec network)
    {
        if (network.Plan == NetworkPlan.Lanes)
        {
            WriteLoop(writer, network, "BackwardTile(workspace, start, tile);");

            return;
        }

        writer.WriteLine($"""
            // The samples do not depend on each other: each thread carries some of their gradients back from layer to layer.
            workspace._team.Run(this, workspace, inputs, count: samples, flops: {FlopsPerSample(network, first: 1)}, static (network, workspace, _, start, count) =>
                network.BackwardTile(workspace, start, count));
            """);
    }

    private static void WriteLoop(SourceWriter writer, NetworkSpec network, string call) => writer.WriteLine($$"""
        // A tile of samples goes through all layers before the next, so that its activations stay in the cache.
        const int TileSamples = {{network.PredictRows}};

        for (int start = 0; start < samples; start += TileSamples)
        {
            int tile = global::System.Math.Min(TileSamples, samples - start);
            {{call}}
        }
        """);

    private static string FlopsPerSample(NetworkSpec network, int first) =>
        $"{network.Stages.Skip(first).OfType<DenseSpec>().Sum(static dense => 2L * dense.Inputs * dense.Outputs)}";
}
