using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Writes how a batch is divided among the threads of the workspace, and in lanes into tiles that stay in the cache.
/// </summary>
internal static class TileEmitter
{
    public static void WriteForward(SourceWriter writer, NetworkSpec network)
    {
        if (network.Plan == NetworkPlan.Lanes)
        {
            WriteTiles(
                writer,
                network,
                "Each thread carries some of the samples through all layers, tile by tile, so that their activations stay in the cache.",
                Flops(network.Stages),
                network.KeepsInputs ? "_" : "inputs",
                $"network.ForwardTile({Slice(!network.KeepsInputs)}workspace, {First(network)}, count)");
        }
        else if (network.KeepsInputs)
        {
            writer.WriteLine($"""
                // The samples do not depend on each other: each thread carries some of them through all layers.
                {Run(network, network.Stages)}, static (network, workspace, _, start, count) =>
                    network.ForwardTile(workspace, {First(network)}, count));
                """);
        }
        else
        {
            writer.WriteLine($"""
                // The samples do not depend on each other: each thread carries some of them through all layers.
                {Run(network, network.Stages)}, static (network, workspace, inputs, start, count) =>
                    network.ForwardTile(inputs.Slice(start * InputSize, count * InputSize), workspace, {First(network)}, count));
                """);
        }
    }

    /// <summary>Writes the call of a method that carries gradients back sample by sample.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="method">The method.</param>
    /// <param name="stages">The stages whose inputs' gradients it computes.</param>
    /// <param name="takesInputs">Whether it takes the inputs of its samples.</param>
    public static void WriteBackward(SourceWriter writer, NetworkSpec network, string method, IEnumerable<int> stages, bool takesInputs)
    {
        if (network.Plan == NetworkPlan.Lanes)
        {
            WriteTiles(
                writer,
                network,
                "Each thread carries some of the gradients back from layer to layer, tile by tile, so that they stay in the cache.",
                Flops(stages.Select(stage => network.Stages[stage])),
                "_",
                $"network.{method}(workspace, {First(network)}, count)");
        }
        else
        {
            string run = Run(network, stages.Select(stage => network.Stages[stage]));

            writer.WriteLine($"""
                // The samples do not depend on each other: each thread carries some of their gradients back from layer to layer.
                {run}, static (network, workspace, {(takesInputs ? "inputs" : "_")}, start, count) =>
                    network.{method}({Slice(takesInputs)}workspace, {First(network)}, count));
                """);
        }
    }

    private static void WriteTiles(SourceWriter writer, NetworkSpec network, string comment, string flops, string inputs, string call)
    {
        string all = network.KeepsInputs ? "default" : "inputs";
        string run = $"workspace._team.RunTiles(this, workspace, {all}, count: samples, tile: {network.PredictRows}, flops: {flops}";

        writer.WriteLine($"""
            // {comment}
            {run}, static (network, workspace, {inputs}, start, count) =>
                {call});
            """);
    }

    /// <summary>The start of the call that shares the samples among the threads.</summary>
    private static string Run(NetworkSpec network, IEnumerable<StageSpec> stages) =>
        $"workspace._team.Run(this, workspace, {(network.KeepsInputs ? "default" : "inputs")}, count: samples, flops: {Flops(stages)}";

    /// <summary>The inputs of a tile as an argument, where it takes them.</summary>
    private static string Slice(bool takesInputs) => takesInputs ? "inputs.Slice(start * InputSize, count * InputSize), " : "";

    /// <summary>The first sample of a tile in the blocks of the workspace: threads count from the first of the part.</summary>
    private static string First(NetworkSpec network) => network.PartSamples is null ? "start" : "workspace._start + start";

    /// <summary>The operations of the products of stages, for a sample.</summary>
    public static string Flops(IEnumerable<StageSpec> stages) => $"{stages.Sum(static stage => stage.ProductFlops)}";
}
