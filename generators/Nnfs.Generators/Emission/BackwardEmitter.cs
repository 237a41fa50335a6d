using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the backward passes: the head, and then the layers from last to first.</summary>
internal static class BackwardEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        if (network.Loss == LossKind.None)
        {
            WriteHead(writer, network, Names.OutputGradients, "outputGradients", $"The gradient with respect to the outputs [samples × {network.OutputSize}], row-major.");
        }
        else
        {
            WriteHead(writer, network, Names.Labels, "labels", $"The class of each sample, from 0 to {network.OutputSize - 1}.");
            WriteHead(writer, network, Names.Targets, "targets", $"[samples × {network.OutputSize}], row-major: a one-hot row or a distribution for each sample.");
        }

        WriteLayers(writer, network);
    }

    private static void WriteHead(SourceWriter writer, NetworkSpec network, string parameter, string name, string meaning)
    {
        string summary = network.Loss == LossKind.None
            ? """
              /// Carries <paramref name="outputGradients"/> back through the network: overwrites the workspace's gradients with those of
              /// every parameter and of the inputs. It follows a forward pass of the same inputs.
              """
            : """
              /// Overwrites the workspace's gradients with the gradient of the mean loss, with respect to every parameter and to the inputs.
              /// It follows a forward pass of the same inputs.
              """;

        writer.WriteLine($"""
            /// <summary>
            {summary}
            /// </summary>
            /// <param name="inputs">The inputs of the forward pass, [samples × {network.InputSize}].</param>
            /// <param name="{name}">{meaning}</param>
            /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or not that of the workspace's last forward pass. Nothing is written.</exception>
            {(name == "labels" ? "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is no class. Nothing is written.</exception>\n" : "")}public void Backward({Names.Inputs}, {parameter}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            writer.WriteLine($"""
                global::System.ArgumentNullException.ThrowIfNull(workspace);
                int samples = {Names.Guard}.Batch(inputs.Length, InputSize, workspace.BatchSize);
                {Names.Guard}.SameBatch(samples, workspace._samples);
                {(name == "labels"
                    ? $"{Names.Guard}.Labels(labels, samples, OutputSize);"
                    : $"{Names.Guard}.Exactly({name}.Length, samples, OutputSize, nameof({name}));")}

                """);

            string gradients = $"workspace.{Names.InputGradientsField(network, network.Stages.Count)}.Span";
            string dimension = Names.Dimension(network, network.OutputSize);

            writer.WriteLine(network.Loss switch
            {
                LossKind.SoftmaxCrossEntropy => $"""
                    // SoftmaxCrossEntropy: (probabilities − {(name == "labels" ? "one-hot labels" : "targets")}) / samples.
                    {Names.Call($"SoftmaxCrossEntropy.Backward<{dimension}>", "p: workspace._outputs.Span", name, $"dz: {gradients}", "samples")}

                    """,
                LossKind.CategoricalCrossEntropy => $"""
                    // CategoricalCrossEntropy: −{(name == "labels" ? "one-hot labels" : "targets")} / probabilities / samples.
                    {Names.Call($"CategoricalCrossEntropy.Backward<{dimension}>", "p: workspace._outputs.Span", name, $"dp: {gradients}", "samples")}

                    """,
                _ => $"""
                    // The gradients that come from outside, into memory that the kernels may write.
                    outputGradients.CopyTo({gradients});

                    """,
            });

            writer.WriteLine("BackwardLayers(inputs, workspace, samples);");
        }

        writer.WriteLine();
    }

    private static void WriteLayers(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first.</summary>");

        using (writer.WriteBlock($"private void BackwardLayers({Names.Inputs}, Workspace workspace, int samples)"))
        {
            for (int i = network.Stages.Count - 1; i >= 0; i--)
            {
                if (i < network.Stages.Count - 1)
                {
                    writer.WriteLine();
                }

                WriteStage(writer, network, i);
            }
        }

        writer.WriteLine();
    }

    private static void WriteStage(SourceWriter writer, NetworkSpec network, int index)
    {
        string outputs = $"workspace.{Names.OutputsField(network, index)}.Span";
        string outputGradients = $"workspace.{Names.OutputGradientsField(network, index)}";
        string inputGradients = $"workspace.{Names.InputGradientsField(network, index)}.Span";

        switch (network.Stages[index])
        {
            case DenseSpec dense:
                if (dense.ReLUName is { } relu)
                {
                    writer.WriteLine($"""
                        // {relu}: the gradient passes where the output is positive.
                        {Names.Call("ReLU.Backward", $"y: {outputs}.Slice(0, samples * {dense.Outputs})", $"dy: {outputGradients}.Span", $"dx: {outputGradients}.Span")}

                        """);
                }

                string dimensions = $"{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}";

                writer.WriteLine($"""
                    // {dense.Name}, parameters: weights [{dense.Inputs} × samples] · [samples × {dense.Outputs}], biases the sum over samples.
                    {Names.Call(
                        $"Dense.BackwardParameters<{dimensions}>",
                        $"x: {Names.StageInputs(network, index)}",
                        $"dy: {outputGradients}",
                        $"dw: workspace._gradients.{Names.Weights(dense)}",
                        $"db: workspace._gradients.{Names.Biases(dense)}",
                        "samples")}

                    // {dense.Name}, inputs: [samples × {dense.Outputs}] · [{dense.Outputs} × {dense.Inputs}].
                    {Names.Call(
                        $"Dense.BackwardInputs<{dimensions}>",
                        $"dy: {outputGradients}.Span",
                        $"w: {network.ParametersField}.{Names.Weights(dense)}",
                        "transposed: workspace._transposed.Span",
                        $"dx: {inputGradients}",
                        "samples")}
                    """);
                break;

            case ReLUSpec stage:
                writer.WriteLine($"""
                    // {stage.Name}: the gradient passes where the output is positive.
                    {Names.Call("ReLU.Backward", $"y: {outputs}.Slice(0, samples * {stage.Size})", $"dy: {outputGradients}.Span", $"dx: {inputGradients}")}
                    """);
                break;

            case SoftmaxSpec softmax:
                writer.WriteLine($"""
                    // {softmax.Name}: p · (dy − Σ dy · p), sample by sample.
                    {Names.Call($"Softmax.Backward<{Names.Dimension(network, softmax.Classes)}>", $"y: {outputs}", $"dy: {outputGradients}.Span", $"dx: {inputGradients}", "samples")}
                    """);
                break;
        }
    }
}
