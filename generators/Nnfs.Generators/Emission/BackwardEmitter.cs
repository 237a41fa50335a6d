using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the backward passes: the head, then the layers from last to first, and last the gradients of the inputs.</summary>
internal static class BackwardEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        GradientFlow flow = network.Plans.Gradients;
        BackwardStageEmitter stages = new(network);

        // The gradients that training needs come first in each pass, and those that only lead to the inputs after them. One kernel for all
        // parameters does not store what is between the layers, so that it comes with the latter.
        bool isOneKernel = network.Plans.TileTail == 0;
        List<string> tile = [.. flow.StagesFromLast.Where(i => flow.LeadsToParameters[i]).SelectMany(i => stages.Activation(i).Concat(stages.Contributions(i, isForTraining: true)))];
        List<string> inputTile = [.. flow.StagesFromLast.SelectMany(i => stages.Contributions(i, isForTraining: false))];

        if (isOneKernel)
        {
            inputTile = [.. tile, .. inputTile];
            tile = [];
        }

        foreach (AnswerKind kind in network.AnswerKinds)
        {
            WriteHead(writer, network, kind);
        }

        foreach (AnswerKind kind in network.HasLoss ? network.AnswerKinds : [])
        {
            WriteBoth(writer, network, kind);
        }

        WriteLayers(writer, network, flow, stages, tile);
        WriteInputs(writer, network, flow, inputTile, TakesInputs(stages, flow, isForTraining: false));
    }

    private static void WriteHead(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        string gradients = string.Join(" and ", network.AnsweredOutputs.Select(output => $"<paramref name=\"{Signature.Answer(network, output, kind)}\"/>"));
        string summary = network.HasLoss
            ? $"""
              /// Overwrites the workspace's gradients with the gradient of the {(network.IsTyped ? "" : "mean ")}loss, with respect to every parameter and to the inputs.
              /// It follows a forward pass of the same inputs.
              """
            : $"""
              /// Carries {gradients} back through the network: overwrites the workspace's gradients with those of
              /// every parameter and of the inputs. It follows a forward pass of the same inputs.
              """;

        writer.WriteLine($"""
            /// <summary>
            {summary}
            /// </summary>
            {Signature.InputDocs(network, network.IsTyped ? "That input of the forward pass, [samples × {0}]." : "The inputs of the forward pass, [samples × {0}].")}
            {Signature.AnswerDocs(network, kind)}
            /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or not that of the workspace's last forward pass. Nothing is written.</exception>{Signature.LabelException(network, kind)}{(network.HasBatchNorm ? "\n/// <exception cref=\"global::System.InvalidOperationException\">The last forward pass was not one of training. Nothing is written.</exception>" : "")}
            public void Backward({Signature.Inputs(network)}, {Signature.Answers(network, kind)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, kind, followsForward: true);
            LossEmitter.WriteBackward(writer, network, kind, isLoaded: false);
            writer.WriteLine($"""

                {BackwardLayersCall(network)}
                BackwardInputs({(network.IsTyped ? "" : "inputs, ")}workspace, samples);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteBoth(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        writer.WriteLine($"""
            /// <summary>
            /// Runs the network forward and back in one call: what <c>Forward</c> and then <c>Backward</c> do, but for the gradients of
            /// the inputs, which training does not need.
            /// </summary>
            {Signature.InputDocs(network, "[samples × {0}], row-major: at least one sample, at most the workspace's batch size.")}
            {Signature.AnswerDocs(network, kind)}
            /// <param name="workspace">Takes the activations and the gradients of the parameters; its gradients of the inputs stay what they are.</param>
            /// <returns>The {(network.IsTyped ? "" : "mean ")}loss.</returns>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or the workspace is too small. Nothing is written.</exception>{Signature.LabelException(network, kind)}{(network.HasBatchNorm ? "\n/// <exception cref=\"global::System.InvalidOperationException\">The workspace is not set to training. Nothing is written.</exception>" : "")}
            public float ForwardBackward({Signature.Inputs(network)}, {Signature.Answers(network, kind)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, kind, followsForward: false);
            writer.WriteLine($"ForwardLayers({Signature.InputArguments(network)}, workspace, samples);\n");
            LossEmitter.WriteForward(writer, network, kind);

            // A network that is only a loss has no gradients but those of the inputs.
            if (network.Stages.Count > 0)
            {
                writer.WriteLine();
                LossEmitter.WriteBackward(writer, network, kind, isLoaded: true);
                writer.WriteLine($"\n{BackwardLayersCall(network)}");
            }

            writer.WriteLine($"\nreturn {LossEmitter.Total(network)};");
        }

        writer.WriteLine();
    }

    private static string BackwardLayersCall(NetworkSpec network) => $"BackwardLayers({(network.IsTyped ? "" : "inputs, ")}workspace, samples);";

    private static void WriteChecks(SourceWriter writer, NetworkSpec network, AnswerKind kind, bool followsForward)
    {
        writer.WriteLine("global::System.ArgumentNullException.ThrowIfNull(workspace);");
        writer.WriteLine(Signature.InputChecks(network));

        if (followsForward)
        {
            writer.WriteLine($"{Names.Guard}.SameBatch(samples, workspace._samples{(network.IsTyped ? $", nameof({Signature.Input(network, 0)})" : "")});");
        }

        if (network.HasBatchNorm)
        {
            writer.WriteLine($"{Names.Guard}.Training({(followsForward ? "workspace._isTrainingPass" : "workspace.IsTraining")});");
        }

        writer.WriteLine(Signature.AnswerChecks(network, kind));
        writer.WriteLine();
    }

    private static void WriteLayers(SourceWriter writer, NetworkSpec network, GradientFlow flow, BackwardStageEmitter stages, List<string> tile)
    {
        StageSpec[] stagesOfTile = [.. network.Stages.Where((stage, i) => flow.HasGradient[i] && stage.Sources.Any(flow.Leads))];
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"private void BackwardLayers({(network.IsTyped ? "" : Names.Inputs + ", ")}Workspace workspace, int samples)"))
        {
            bool isFirst = true;

            if (tile.Count > 0)
            {
                foreach (DenseSpec dense in stagesOfTile.OfType<DenseSpec>().Where(_ => network.Plan == NetworkPlan.Rows))
                {
                    WriteTranspose(writer, network, dense);
                    writer.WriteLine();
                }

                TileEmitter.WriteBackward(writer, network, "BackwardTile", stagesOfTile, TakesInputs(stages, flow, isForTraining: true));
                isFirst = false;
            }

            if (network.Plans.TileTail == 0)
            {
                LanesTailEmitter.WriteBackward(writer, network);
                isFirst = false;
            }

            foreach (int i in network.Plans.TileTail == 0 ? [] : flow.StagesFromLast)
            {
                if (stages.Parameters(i) is { } text)
                {
                    Separate();
                    writer.WriteLine(text);
                }
            }

            if (network.HasPenalties)
            {
                Separate();
                WritePenalties(writer, network, flow);
            }

            void Separate()
            {
                if (!isFirst)
                {
                    writer.WriteLine();
                }

                isFirst = false;
            }
        }

        writer.WriteLine();

        if (tile.Count > 0)
        {
            WriteTile(
                writer,
                network,
                "BackwardTile",
                "Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back from layer to layer.",
                tile,
                TakesInputs(stages, flow, isForTraining: true));
        }
    }

    /// <summary>Writes the gradients of what weights and biases add to the loss, which are added to those that come from the outputs.</summary>
    private static void WritePenalties(SourceWriter writer, NetworkSpec network, GradientFlow flow)
    {
        writer.WriteLine("// What weights and biases add to the loss: λ₁ · sign(w) + 2 · λ₂ · w.");

        for (int i = 0; i < network.Stages.Count; i++)
        {
            foreach (TensorSpec tensor in network.Stages[i].Tensors.Where(static tensor => tensor.Penalty.AddsUp))
            {
                string slice = Names.Slice(tensor);

                // No loss reaches this layer's outputs, so that nothing else has written its gradients.
                string clear = flow.HasGradient[i] ? "" : $"workspace._gradients.{slice}.Clear();\n";
                writer.WriteLine(clear + Names.Call(
                    "Regularization.Backward",
                    $"parameters: {network.ParametersField}.{slice}",
                    $"l1: {Names.Number(tensor.Penalty.L1)}",
                    $"l2: {Names.Number(tensor.Penalty.L2)}",
                    $"gradients: workspace._gradients.{slice}"));
            }
        }
    }

    /// <summary>Whether the gradients of some sources are computed of the network's inputs.</summary>
    private static bool TakesInputs(BackwardStageEmitter stages, GradientFlow flow, bool isForTraining) =>
        flow.StagesFromLast.Any(i => stages.TakesInputs(i, source => flow.Leads(source) == isForTraining));

    private static void WriteTile(SourceWriter writer, NetworkSpec network, string method, string summary, List<string> texts, bool takesInputs)
    {
        writer.WriteLine($"/// <summary>{summary}</summary>");

        using (writer.WriteBlock($"private void {method}({(takesInputs ? Names.Inputs + ", " : "")}Workspace workspace, int start, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine("int stride = workspace._stride;\n");
            }

            writer.WriteLine(string.Join("\n\n", texts));
        }

        writer.WriteLine();
    }

    private static void WriteInputs(SourceWriter writer, NetworkSpec network, GradientFlow flow, List<string> texts, bool takesInputs)
    {
        StageSpec[] stages = [.. network.Stages.Where((stage, i) => flow.HasGradient[i] && stage.Sources.Any(source => !flow.Leads(source)))];
        writer.WriteLine($"/// <summary>Carries the gradients {(network.IsChain ? "of the first layer's outputs " : "")}back to the inputs.</summary>");

        using (writer.WriteBlock($"private void BackwardInputs({(network.IsTyped ? "" : Names.Inputs + ", ")}Workspace workspace, int samples)"))
        {
            if (texts.Count == 0)
            {
                writer.WriteLine("// There is no layer: the gradients are there already.");
            }
            else if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine($"""
                    const int start = 0;
                    int stride = workspace._stride;

                    {string.Join("\n\n", texts)}

                    // Back to rows.
                    {Names.Call($"Lanes.Store<{Names.Dimension(network, network.InputSize)}>", "x: workspace._inputGradientLanes.Span", "y: workspace._inputGradients.Span", "stride", "samples")}
                    """);
            }
            else
            {
                foreach (DenseSpec dense in stages.OfType<DenseSpec>())
                {
                    WriteTranspose(writer, network, dense);
                    writer.WriteLine();
                }

                TileEmitter.WriteBackward(writer, network, "BackwardInputTile", stages, takesInputs);
            }

            for (int i = 0; i < network.Inputs.Count && network.Stages.Count > 0; i++)
            {
                if (!flow.HasInputGradient[i])
                {
                    writer.WriteLine($"""

                        // No loss depends on {network.Inputs[i].Name}.
                        {Names.Batch(Names.InputGradientsField(network, i), network.Inputs[i].Size)}.Clear();
                        """);
                }
            }
        }

        writer.WriteLine();

        if (network.Plan == NetworkPlan.Rows && texts.Count > 0)
        {
            WriteTile(writer, network, "BackwardInputTile", "Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back to the inputs.", texts, takesInputs);
        }
    }

    private static void WriteTranspose(SourceWriter writer, NetworkSpec network, DenseSpec dense) => writer.WriteLine($"""
        // {dense.Name}: the weights change from [{dense.Inputs} × {dense.Outputs}] to [{dense.Outputs} × {dense.Inputs}].
        {Names.Call(
            $"Dense.Transpose<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
            $"w: {network.ParametersField}.{Names.Weights(dense)}",
            $"transposed: workspace.{Names.TransposedField(dense)}.Span")}
        """);
}
