using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the end of a network: its loss, its outputs, and the gradient that the backward pass starts from.</summary>
internal static class LossEmitter
{
    /// <summary>Writes the loss into a local, and the outputs into the workspace.</summary>
    public static void WriteForward(SourceWriter writer, NetworkSpec network, string answer)
    {
        string dimension = Names.Dimension(network, network.OutputSize);
        string formula = answer == "labels" ? "log Σ exp(logits) − logit of the label" : "Σ target · (log Σ exp(logits) − logit)";

        if (network.Loss == LossKind.CategoricalCrossEntropy)
        {
            writer.WriteLine($"""
                // CategoricalCrossEntropy: the mean of −log of the {(answer == "labels" ? "label's probability" : "targets' probabilities")}.
                float loss = {Names.Call($"CategoricalCrossEntropy.Forward<{dimension}>", "p: workspace._outputs.Span", answer, "samples")}
                """);
        }
        else if (network.Plan == NetworkPlan.Rows)
        {
            writer.WriteLine($"""
                // SoftmaxCrossEntropy: probabilities, and the mean of {formula}.
                float loss = {Names.Call($"SoftmaxCrossEntropy.Forward<{dimension}>", $"z: {Logits(network)}", answer, "p: workspace._outputs.Span", "samples")}
                """);
        }
        else
        {
            if (answer == "targets")
            {
                writer.WriteLine(LoadTargets(network) + "\n");
            }

            writer.WriteLine($"""
                // SoftmaxCrossEntropy: probabilities, and the mean of {formula}.
                float loss = {Names.Call(
                    $"SoftmaxCrossEntropyLanes.Forward<{dimension}>",
                    $"z: {Logits(network)}",
                    answer == "labels" ? "labels" : $"targets: {Gradients(network)}",
                    "p: workspace._probabilities.Span",
                    "workspace._stride",
                    "samples")}

                {StoreOutputs(network, "workspace._probabilities.Span")}
                """);
        }
    }

    /// <summary>Writes what is left to do for the outputs where no loss is computed.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkSpec network)
    {
        string dimension = Names.Dimension(network, network.OutputSize);

        if (network.Loss == LossKind.SoftmaxCrossEntropy && network.Plan == NetworkPlan.Rows)
        {
            writer.WriteLine($"""

                // SoftmaxCrossEntropy: probabilities from logits.
                {Names.Call($"Softmax.Forward<{dimension}>", $"x: {Logits(network)}", "y: workspace._outputs.Span", "samples")}
                """);
        }
        else if (network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            writer.WriteLine($"""

                // SoftmaxCrossEntropy: probabilities from logits.
                {Names.Call($"SoftmaxLanes.Forward<{dimension}>", $"x: {Logits(network)}", "y: workspace._probabilities.Span", "workspace._stride", "samples")}

                {StoreOutputs(network, "workspace._probabilities.Span")}
                """);
        }
        else if (network.Plan == NetworkPlan.Lanes)
        {
            writer.WriteLine($"\n{StoreOutputs(network, Logits(network))}");
        }
    }

    /// <summary>Writes the gradient of what the last stage gives.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="answer">What the outputs are compared with: labels, targets, or gradients from outside.</param>
    /// <param name="isLoaded">Whether the loss before has put the targets into lanes.</param>
    public static void WriteBackward(SourceWriter writer, NetworkSpec network, string answer, bool isLoaded)
    {
        string dimension = Names.Dimension(network, network.OutputSize);

        if (network.Loss == LossKind.CategoricalCrossEntropy)
        {
            writer.WriteLine($"""
                // CategoricalCrossEntropy: −{(answer == "labels" ? "one-hot labels" : "targets")} / probabilities / samples.
                {Names.Call($"CategoricalCrossEntropy.Backward<{dimension}>", "p: workspace._outputs.Span", answer, $"dp: {Gradients(network)}", "samples")}
                """);
        }
        else if (network.Loss == LossKind.SoftmaxCrossEntropy && network.Plan == NetworkPlan.Rows)
        {
            writer.WriteLine($"""
                // SoftmaxCrossEntropy: (probabilities − {(answer == "labels" ? "one-hot labels" : "targets")}) / samples.
                {Names.Call($"SoftmaxCrossEntropy.Backward<{dimension}>", "p: workspace._outputs.Span", answer, $"dz: {Gradients(network)}", "samples")}
                """);
        }
        else if (network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            if (answer == "targets" && !isLoaded)
            {
                writer.WriteLine(LoadTargets(network) + "\n");
            }

            writer.WriteLine($"""
                // SoftmaxCrossEntropy: (probabilities − {(answer == "labels" ? "one-hot labels" : "targets")}) / samples.
                {Names.Call(
                    $"SoftmaxCrossEntropyLanes.Backward<{dimension}>",
                    "p: workspace._probabilities.Span",
                    answer == "labels" ? "labels" : $"targets: {Gradients(network)}",
                    $"dz: {Gradients(network)}",
                    "workspace._stride",
                    "samples")}
                """);
            WriteLastReLU(writer, network);
        }
        else if (network.Plan == NetworkPlan.Lanes)
        {
            writer.WriteLine($"""
                // The gradients that come from outside, from rows to columns.
                {Names.Call($"Lanes.Load<{dimension}>", "x: outputGradients", $"y: {Gradients(network)}", "workspace._stride", "samples")}
                """);

            WriteLastReLU(writer, network);
        }
        else
        {
            writer.WriteLine($"""
                // The gradients that come from outside, into memory that the kernels may write.
                outputGradients.CopyTo({Gradients(network)});
                """);
        }
    }

    /// <summary>In lanes a ReLU is taken into the product of the layer behind it; the last has none.</summary>
    private static void WriteLastReLU(SourceWriter writer, NetworkSpec network)
    {
        if (network.Stages[network.Stages.Count - 1] is DenseSpec { ReLUName: { } relu })
        {
            writer.WriteLine($"""

                // {relu}: the gradient passes where the output is positive.
                {Names.Call("ReLU.Backward", $"y: {Logits(network)}", $"dy: {Gradients(network)}", $"dx: {Gradients(network)}")}
                """);
        }
    }

    private static string Logits(NetworkSpec network) =>
        network.Stages.Count == 0 ? "inputs" : $"workspace.{Names.OutputsField(network, network.Stages.Count - 1)}.Span";

    private static string Gradients(NetworkSpec network) => $"workspace.{Names.InputGradientsField(network, network.Stages.Count)}.Span";

    /// <summary>The memory of the gradients is free until they are computed, and they may take the targets' place.</summary>
    private static string LoadTargets(NetworkSpec network) => $"""
        // The targets, from rows to columns, where their gradients will stand.
        {Names.Call($"Lanes.Load<{Names.Dimension(network, network.OutputSize)}>", "x: targets", $"y: {Gradients(network)}", "workspace._stride", "samples")}
        """;

    private static string StoreOutputs(NetworkSpec network, string source) => $"""
        // Back to rows.
        {Names.Call($"Lanes.Store<{Names.Dimension(network, network.OutputSize)}>", $"x: {source}", "y: workspace._outputs.Span", "workspace._stride", "samples")}
        """;
}
