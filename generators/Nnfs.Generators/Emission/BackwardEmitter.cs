using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the backward passes: the head, then the layers from last to first, and last the gradients of the inputs.</summary>
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
            string labels = $"The class of each sample, from 0 to {network.OutputSize - 1}.";
            string targets = $"[samples × {network.OutputSize}], row-major: a one-hot row or a distribution for each sample.";

            WriteHead(writer, network, Names.Labels, "labels", labels);
            WriteHead(writer, network, Names.Targets, "targets", targets);
            WriteBoth(writer, network, Names.Labels, "labels", labels);
            WriteBoth(writer, network, Names.Targets, "targets", targets);
        }

        WriteLayers(writer, network);
        WriteInputs(writer, network);
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
            {LabelException(name)}public void Backward({Names.Inputs}, {parameter}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, name, followsForward: true);
            LossEmitter.WriteBackward(writer, network, name);
            writer.WriteLine("""

                BackwardLayers(inputs, workspace, samples);
                BackwardInputs(workspace, samples);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteBoth(SourceWriter writer, NetworkSpec network, string parameter, string name, string meaning)
    {
        writer.WriteLine($"""
            /// <summary>
            /// Runs the network forward and back in one call: what <c>Forward</c> and then <c>Backward</c> do, but for the gradients of
            /// the inputs, which training does not need.
            /// </summary>
            /// <param name="inputs">[samples × {network.InputSize}], row-major: at least one sample, at most the workspace's batch size.</param>
            /// <param name="{name}">{meaning}</param>
            /// <param name="workspace">Takes the activations and the gradients of the parameters; its gradients of the inputs stay what they are.</param>
            /// <returns>The mean loss.</returns>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or the workspace is too small. Nothing is written.</exception>
            {LabelException(name)}public float ForwardBackward({Names.Inputs}, {parameter}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, name, followsForward: false);
            writer.WriteLine("ForwardLayers(inputs, workspace, samples);\n");
            LossEmitter.WriteForward(writer, network, name);
            writer.WriteLine();
            LossEmitter.WriteBackward(writer, network, name);
            writer.WriteLine("""

                BackwardLayers(inputs, workspace, samples);

                return loss;
                """);
        }

        writer.WriteLine();
    }

    private static string LabelException(string name) =>
        name == "labels" ? "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is no class. Nothing is written.</exception>\n" : "";

    private static void WriteChecks(SourceWriter writer, NetworkSpec network, string name, bool followsForward) => writer.WriteLine($"""
        global::System.ArgumentNullException.ThrowIfNull(workspace);
        int samples = {Names.Guard}.Batch(inputs.Length, InputSize, workspace.BatchSize);
        {(followsForward ? $"{Names.Guard}.SameBatch(samples, workspace._samples);\n" : "")}{(name == "labels"
            ? $"{Names.Guard}.Labels(labels, samples, OutputSize);"
            : $"{Names.Guard}.Exactly({name}.Length, samples, OutputSize, nameof({name}));")}

        """);

    private static void WriteLayers(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"private void BackwardLayers({Names.Inputs}, Workspace workspace, int samples)"))
        {
            if (network.Plan == NetworkPlan.Rows)
            {
                for (int i = network.Stages.Count - 1; i >= 0; i--)
                {
                    WriteStage(writer, network, i);

                    if (i > 0)
                    {
                        writer.WriteLine();
                    }
                }
            }
            else
            {
                WriteLanesLayers(writer, network);
            }
        }

        writer.WriteLine();

        if (network.Plan == NetworkPlan.Lanes && network.Stages.Count > 1)
        {
            WriteTile(writer, network);
        }
    }

    /// <summary>In lanes the gradients of activations go back tile by tile; then each layer's parameters take all samples at once.</summary>
    private static void WriteLanesLayers(SourceWriter writer, NetworkSpec network)
    {
        if (network.Stages.Count > 1)
        {
            TileEmitter.WriteLoop(writer, network, "BackwardTile(workspace, start, tile);");
            writer.WriteLine();
        }

        writer.WriteLine("int stride = workspace._stride;");

        for (int i = network.Stages.Count - 1; i >= 0; i--)
        {
            writer.WriteLine();
            WriteDenseParameters(writer, network, (DenseSpec)network.Stages[i], i);
        }
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients of a tile of samples, from number <paramref name=\"start\"/> on, back from layer to layer.</summary>");

        using (writer.WriteBlock("private void BackwardTile(Workspace workspace, int start, int samples)"))
        {
            writer.WriteLine("int stride = workspace._stride;");

            for (int i = network.Stages.Count - 1; i > 0; i--)
            {
                writer.WriteLine();
                WriteDenseInputs(writer, network, (DenseSpec)network.Stages[i], i);
            }
        }

        writer.WriteLine();
    }

    private static void WriteInputs(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients of the first layer's outputs back to the inputs.</summary>");

        using (writer.WriteBlock("private void BackwardInputs(Workspace workspace, int samples)"))
        {
            if (network.Stages.Count > 0 && network.Stages[0] is DenseSpec dense)
            {
                if (network.Plan == NetworkPlan.Lanes)
                {
                    // All samples are one tile here: the gradients of the inputs are the last thing that is needed.
                    writer.WriteLine("""
                        const int start = 0;
                        int stride = workspace._stride;

                        """);
                }

                WriteDenseInputs(writer, network, dense, 0);
            }

            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine($"""

                    // Back to rows.
                    {Names.Call($"Lanes.Store<{Names.Dimension(network, network.InputSize)}>", "x: workspace._inputGradientLanes.Span", "y: workspace._inputGradients.Span", "stride", "samples")}
                    """);
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
                if (dense.ReLUName is { } relu && network.Plan == NetworkPlan.Rows && !IsMaskedByNext(network, index))
                {
                    writer.WriteLine($"""
                        // {relu}: the gradient passes where the output is positive.
                        {Names.Call("ReLU.Backward", $"y: {outputs}.Slice(0, samples * {dense.Outputs})", $"dy: {outputGradients}.Span", $"dx: {outputGradients}.Span")}

                        """);
                }

                WriteDenseParameters(writer, network, dense, index);

                if (index > 0)
                {
                    writer.WriteLine();
                    WriteDenseInputs(writer, network, dense, index);
                }

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

    /// <summary>Whether the dense layer behind a stage takes its ReLU into the product.</summary>
    private static bool IsMaskedByNext(NetworkSpec network, int index) => index + 1 < network.Stages.Count && network.Stages[index + 1] is DenseSpec;

    private static void WriteDenseParameters(SourceWriter writer, NetworkSpec network, DenseSpec dense, int index)
    {
        string gradients = $"workspace.{Names.OutputGradientsField(network, index)}";
        string[] parameters = [$"dw: workspace._gradients.{Names.Weights(dense)}", $"db: workspace._gradients.{Names.Biases(dense)}"];

        writer.WriteLine(network.Plan == NetworkPlan.Lanes
            ? $"""
               // {dense.Name}, parameters: weights [{dense.Inputs} × samples] · [samples × {dense.Outputs}], biases the sum over samples.
               {Names.Call(
                   $"DenseLanes.BackwardParameters{Names.LayoutArguments(network, dense)}",
                   [$"x: workspace.{Names.LanesField(network, index)}.Span", $"dy: {gradients}.Span", .. parameters, "stride", "samples"])}
               """
            : $"""
               // {dense.Name}, parameters: weights [{dense.Inputs} × samples] · [samples × {dense.Outputs}], biases the sum over samples.
               {Names.Call(
                   $"Dense.BackwardParameters<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
                   [$"x: {Names.StageInputs(network, index)}", $"dy: {gradients}", .. parameters, "samples"])}
               """);
    }

    private static void WriteDenseInputs(SourceWriter writer, NetworkSpec network, DenseSpec dense, int index)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        string dy = $"dy: {Names.Activations(network, Names.OutputGradientsField(network, index))}";
        string w = $"w: {network.ParametersField}.{Names.Weights(dense)}";
        string dx = $"dx: {Names.Activations(network, Names.InputGradientsField(network, index))}";
        string? relu = index > 0 && network.Stages[index - 1] is DenseSpec { ReLUName: { } name } ? name : null;
        string method = relu is null ? "BackwardInputs" : "BackwardInputsReLU";
        string[] mask = relu is null ? [] : [isInLanes ? $"x: {Names.StageInputs(network, index)}" : $"x: workspace.{Names.OutputsField(network, index - 1)}"];
        string then = relu is null ? "" : $", then back through {relu}";

        writer.WriteLine(isInLanes
            ? $"""
               // {dense.Name}, inputs: [{dense.Inputs} × {dense.Outputs}] · [{dense.Outputs} × samples]{then}.
               {Names.Call($"DenseLanes.{method}{Names.LayoutArguments(network, dense)}", [dy, w, .. mask, dx, "stride", "samples"])}
               """
            : $"""
               // {dense.Name}, inputs: [samples × {dense.Outputs}] · [{dense.Outputs} × {dense.Inputs}]{then}.
               {Names.Call(
                   $"Dense.{method}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
                   [dy, w, "transposed: workspace._transposed.Span", .. mask, dx, "samples"])}
               """);
    }
}
