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
            LossEmitter.WriteBackward(writer, network, name, isLoaded: false);
            writer.WriteLine("""

                BackwardLayers(inputs, workspace, samples);
                BackwardInputs(inputs, workspace, samples);
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

            // A network that is only a loss has no gradients but those of the inputs.
            if (network.Stages.Count > 0)
            {
                writer.WriteLine();
                LossEmitter.WriteBackward(writer, network, name, isLoaded: true);
                writer.WriteLine("\nBackwardLayers(inputs, workspace, samples);");
            }

            writer.WriteLine("\nreturn loss;");
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
        // Up to the first layer that has parameters, gradients of activations are needed.
        bool isOneKernel = LanesTailEmitter.StartsAt(network, 0);
        bool hasTile = (network.Stages.Count > 1 && !isOneKernel) || (network.Plan == NetworkPlan.Rows && network.Stages.Count == 1 && NeedsTile(network, 0));
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"private void BackwardLayers({Names.Inputs}, Workspace workspace, int samples)"))
        {
            bool isFirst = true;

            if (hasTile)
            {
                foreach (DenseSpec dense in network.Stages.Skip(1).OfType<DenseSpec>().Where(_ => network.Plan == NetworkPlan.Rows))
                {
                    WriteTranspose(writer, network, dense);
                    writer.WriteLine();
                }

                TileEmitter.WriteBackward(writer, network);
                isFirst = false;
            }

            if (isOneKernel)
            {
                LanesTailEmitter.WriteBackward(writer, network);
            }

            for (int i = network.Stages.Count - 1; i >= 0 && !isOneKernel; i--)
            {
                if (network.Stages[i] is DenseSpec dense)
                {
                    if (!isFirst)
                    {
                        writer.WriteLine();
                    }

                    WriteDenseParameters(writer, network, dense, i);
                    isFirst = false;
                }
            }
        }

        writer.WriteLine();

        if (hasTile)
        {
            WriteTile(writer, network);
        }
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back from layer to layer.</summary>");

        using (writer.WriteBlock("private void BackwardTile(Workspace workspace, int start, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine("int stride = workspace._stride;\n");
            }

            bool isFirst = true;

            for (int i = network.Stages.Count - 1; i >= 0; i--)
            {
                if (!NeedsTile(network, i))
                {
                    continue;
                }

                if (!isFirst)
                {
                    writer.WriteLine();
                }

                WriteStage(writer, network, i);
                isFirst = false;
            }
        }

        writer.WriteLine();
    }

    /// <summary>Whether a stage does something sample by sample: all but the first, which leads to the inputs, or only has a ReLU to go through.</summary>
    private static bool NeedsTile(NetworkSpec network, int index) => index > 0 || HasReLUOfItsOwn(network, index);

    private static void WriteInputs(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries the gradients of the first layer's outputs back to the inputs.</summary>");

        using (writer.WriteBlock($"private void BackwardInputs({Names.Inputs}, Workspace workspace, int samples)"))
        {
            if (network.Stages.Count == 0)
            {
                writer.WriteLine("// There is no layer: the gradients are there already.");
            }
            else if (network.Stages[0] is not DenseSpec dense)
            {
                writer.WriteLine("const int start = 0;\n");
                WriteStage(writer, network, 0);
            }
            else if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine("""
                    const int start = 0;
                    int stride = workspace._stride;

                    """);

                if (LanesTailEmitter.StartsAt(network, 0))
                {
                    // The gradients between the layers, which the parameters' do not store.
                    WriteDenseInputs(writer, network, (DenseSpec)network.Stages[1], 1);
                    writer.WriteLine();
                }

                WriteDenseInputs(writer, network, dense, 0);
                writer.WriteLine($"""

                    // Back to rows.
                    {Names.Call($"Lanes.Store<{Names.Dimension(network, network.InputSize)}>", "x: workspace._inputGradientLanes.Span", "y: workspace._inputGradients.Span", "stride", "samples")}
                    """);
            }
            else
            {
                WriteTranspose(writer, network, dense);
                writer.WriteLine($"""

                    workspace._team.Run(this, workspace, inputs, count: samples, flops: {2L * dense.Inputs * dense.Outputs}, static (network, workspace, _, start, count) =>
                        network.BackwardInputTile(workspace, start, count));
                    """);
            }
        }

        writer.WriteLine();

        if (network.Plan == NetworkPlan.Rows && network.Stages.Count > 0 && network.Stages[0] is DenseSpec first)
        {
            writer.WriteLine("/// <summary>Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back to the inputs.</summary>");

            using (writer.WriteBlock("private void BackwardInputTile(Workspace workspace, int start, int samples)"))
            {
                WriteDenseInputs(writer, network, first, 0);
            }

            writer.WriteLine();
        }
    }

    private static void WriteTranspose(SourceWriter writer, NetworkSpec network, DenseSpec dense) => writer.WriteLine($"""
        // {dense.Name}: the weights change from [{dense.Inputs} × {dense.Outputs}] to [{dense.Outputs} × {dense.Inputs}].
        {Names.Call(
            $"Dense.Transpose<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
            $"w: {network.ParametersField}.{Names.Weights(dense)}",
            $"transposed: workspace.{Names.TransposedField(dense)}.Span")}
        """);

    private static void WriteStage(SourceWriter writer, NetworkSpec network, int index)
    {
        StageSpec stage = network.Stages[index];
        string outputs = Names.Activations(network, Names.OutputsField(network, index), stage.Outputs);
        string outputGradients = Names.Activations(network, Names.OutputGradientsField(network, index), stage.Outputs);
        string inputGradients = Names.Activations(network, Names.InputGradientsField(network, index), stage.Inputs);

        switch (stage)
        {
            case DenseSpec dense:
                if (HasReLUOfItsOwn(network, index))
                {
                    writer.WriteLine($"""
                        // {dense.ReLUName}: the gradient passes where the output is positive.
                        {Names.Call("ReLU.Backward", $"y: {outputs}", $"dy: {outputGradients}", $"dx: {outputGradients}")}
                        """);

                    if (index > 0)
                    {
                        writer.WriteLine();
                    }
                }

                if (index > 0)
                {
                    WriteDenseInputs(writer, network, dense, index);
                }

                break;

            case ReLUSpec:
                writer.WriteLine($"""
                    // {stage.Name}: the gradient passes where the output is positive.
                    {Names.Call("ReLU.Backward", $"y: {outputs}", $"dy: {outputGradients}", $"dx: {inputGradients}")}
                    """);
                break;

            case SoftmaxSpec:
                writer.WriteLine($"""
                    // {stage.Name}: p · (dy − Σ dy · p), sample by sample.
                    {Names.Call($"Softmax.Backward<{Names.Dimension(network, stage.Outputs)}>", $"y: {outputs}", $"dy: {outputGradients}", $"dx: {inputGradients}", "samples")}
                    """);
                break;
        }
    }

    /// <summary>Whether the gradient passes back through a dense layer's ReLU in a step of its own; in lanes that is done with the loss.</summary>
    private static bool HasReLUOfItsOwn(NetworkSpec network, int index) =>
        network.Plan == NetworkPlan.Rows && network.Stages[index] is DenseSpec { ReLUName: not null } && !IsMaskedByNext(network, index);

    /// <summary>Whether the dense layer behind a stage takes its ReLU into the product.</summary>
    private static bool IsMaskedByNext(NetworkSpec network, int index) => index + 1 < network.Stages.Count && network.Stages[index + 1] is DenseSpec;

    private static void WriteDenseParameters(SourceWriter writer, NetworkSpec network, DenseSpec dense, int index)
    {
        string gradients = $"workspace.{Names.OutputGradientsField(network, index)}";
        string[] parameters = [$"dw: workspace._gradients.{Names.Weights(dense)}", $"db: workspace._gradients.{Names.Biases(dense)}"];

        writer.WriteLine($"// {dense.Name}, parameters: weights [{dense.Inputs} × samples] · [samples × {dense.Outputs}], biases the sum over samples.");

        if (network.Plan == NetworkPlan.Lanes)
        {
            writer.WriteLine(Names.Call(
                $"DenseLanes.BackwardParameters{Names.LayoutArguments(network, dense)}",
                [$"x: workspace.{Names.LanesField(network, index)}.Span", $"dy: {gradients}.Span", .. parameters, "workspace._stride", "samples"]));

            return;
        }

        string x = index == 0 ? "inputs" : $"workspace.{Names.OutputsField(network, index - 1)}.Span";
        string call = Names.Call(
            $"Dense.BackwardParameters<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
            [$"x: {x}", $"dy: {gradients}", .. parameters, "workspace._samples", "start", "count"]);

        writer.WriteLine($"""
            workspace._team.Run(this, workspace, inputs, count: {dense.Inputs}, flops: {2L * dense.Outputs}L * samples, static (_, workspace, {(index == 0 ? "inputs" : "_")}, start, count) =>
                {call.TrimEnd(';').Replace("\n", "\n    ")});
            """);
    }

    private static void WriteDenseInputs(SourceWriter writer, NetworkSpec network, DenseSpec dense, int index)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        string dy = $"dy: {Names.Activations(network, Names.OutputGradientsField(network, index), dense.Outputs)}";
        string w = isInLanes ? $"w: {network.ParametersField}.{Names.Weights(dense)}" : $"transposed: workspace.{Names.TransposedField(dense)}.Span";
        string dx = $"dx: {Names.Activations(network, Names.InputGradientsField(network, index), dense.Inputs)}";
        string? relu = index > 0 && network.Stages[index - 1] is DenseSpec { ReLUName: { } name } ? name : null;
        string method = relu is null ? "BackwardInputs" : "BackwardInputsReLU";
        string[] mask = relu is null ? [] : isInLanes ? [$"x: {Names.StageInputs(network, index)}"] : [$"x: workspace.{Names.OutputsField(network, index - 1)}", "start"];
        string then = relu is null ? "" : $", then back through {relu}";

        writer.WriteLine(isInLanes
            ? $"""
               // {dense.Name}, inputs: [{dense.Inputs} × {dense.Outputs}] · [{dense.Outputs} × samples]{then}.
               {Names.Call($"DenseLanes.{method}{Names.LayoutArguments(network, dense)}", [dy, w, .. mask, dx, "stride", "samples"])}
               """
            : $"""
               // {dense.Name}, inputs: [samples × {dense.Outputs}] · [{dense.Outputs} × {dense.Inputs}]{then}.
               {Names.Call($"Dense.{method}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>", [dy, w, .. mask, dx, "samples"])}
               """);
    }
}
