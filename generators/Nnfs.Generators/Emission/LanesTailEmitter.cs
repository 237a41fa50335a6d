using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the last two dense layers of a network in lanes as one kernel, where the first has so few inputs that its work is mostly to store.</summary>
internal static class LanesTailEmitter
{
    /// <summary>Writes the forward pass of both.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="source">Where the first layer's inputs are.</param>
    /// <param name="kept">Where the first layer's outputs go; <see langword="null"/> where nobody needs them.</param>
    /// <param name="destination">Where the second layer's outputs go.</param>
    public static void Write(SourceWriter writer, NetworkSpec network, string source, string? kept, string destination)
    {
        DenseSpec first = (DenseSpec)network.Stages[network.Stages.Count - 2];
        DenseSpec second = (DenseSpec)network.Stages[network.Stages.Count - 1];
        string[] arguments =
        [
            $"x: {source}",
            $"parameters: {network.ParametersField}.{Parameters(first, second)}",
            .. kept is null ? Array.Empty<string>() : [$"h: {kept}"],
            $"y: {destination}",
            "stride",
            "samples",
        ];

        writer.WriteLine($"""
            {StageEmitter.Comment(network, first, PassKind.Tile)}
            {StageEmitter.Comment(network, second, PassKind.Tile)}
            // Both in one, so that the second takes what the first gives from registers.
            {Names.Call($"DenseTailLanes.Forward{Sizes(network, first, second)}", arguments)}
            """);
    }

    /// <summary>Writes the gradients of the parameters of a network that is these two layers.</summary>
    public static void WriteBackward(SourceWriter writer, NetworkSpec network)
    {
        DenseSpec first = (DenseSpec)network.Stages[0];
        DenseSpec second = (DenseSpec)network.Stages[1];
        string call = Names.Call(
            $"DenseTailLanes.BackwardParameters{Sizes(network, first, second)}",
            "x: workspace._inputLanes.Span",
            $"h: workspace.{Names.OutputsField(network, 0)}.Span",
            $"dy: workspace.{Names.GradientsField(network, 1)}.Span",
            $"parameters: network.{network.ParametersField}.{Parameters(first, second)}",
            $"gradients: workspace._gradients.{Parameters(first, second)}",
            "workspace._stride",
            "workspace._samples",
            "start",
            "count");

        writer.WriteLine($"""
            // {second.Name}, parameters: weights [{second.Inputs} × samples] · [samples × {second.Outputs}], biases the sum over samples.
            // {second.Name}, inputs: [{second.Inputs} × {second.Outputs}] · [{second.Outputs} × samples], then back through {first.ReLUName}.
            // {first.Name}, parameters: weights [{first.Inputs} × samples] · [samples × {first.Outputs}], biases the sum over samples.
            // All in one, so that the gradients between stay in registers.
            workspace._team.Run(this, workspace, inputs, count: {first.Outputs}, unit: {BackwardStageEmitter.NeuronUnit}, flops: {(2L * first.Inputs) + (4L * second.Outputs)}L * samples, static (network, workspace, _, start, count) =>
                {Names.InLambda(call)});
            """);
    }

    /// <summary>The part of a block that holds the parameters of both layers.</summary>
    private static string Parameters(DenseSpec first, DenseSpec second) =>
        $"Slice({first.WeightsOffset}, {second.BiasesOffset + second.BiasesLength - first.WeightsOffset})";

    private static string Sizes(NetworkSpec network, DenseSpec first, DenseSpec second) =>
        $"<{Names.Dimension(network, first.Inputs)}, {Names.Dimension(network, first.Outputs)}, {Names.Dimension(network, second.Outputs)}>";
}
