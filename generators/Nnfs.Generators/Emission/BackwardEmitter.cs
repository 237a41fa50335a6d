using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the backward passes: the head, then the layers from last to first, and last the gradients of the inputs.</summary>
internal static class BackwardEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        BackwardSteps steps = new(network);

        // The gradients that training needs come first in each pass, and those that only lead to the inputs after them. One kernel for all
        // parameters does not store what is between the layers, so that it comes with the latter.
        bool isOneKernel = network.Plans.TileTail is { First: 0 };
        List<string> tile = [.. steps.ForTraining];
        List<string> inputTile = [.. steps.ForInputs];

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

        WriteLayers(writer, network, steps, tile);
        WriteInputs(writer, network, steps, inputTile);
    }

    private static void WriteHead(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        string gradients = string.Join(" and ", network.AnsweredOutputs.Select(output => $"<paramref name=\"{network.AnswerName(output, kind)}\"/>"));
        string summary = network.HasLoss
            ? $"""
              /// Overwrites the workspace's gradients with the gradient of the {Loss(network)}, with respect to every parameter and to the inputs.
              /// It follows a forward pass of the same inputs.
              """
            : $"""
              /// Carries {gradients} back through the network: overwrites the workspace's gradients with those of
              /// every parameter and of the inputs. It follows a forward pass of the same inputs.
              """;

        string inputs = network.HasNamedPorts ? "That input" : "The inputs";
        string exceptions = Exceptions(network, kind, "The last forward pass was not one of training.");

        writer.WriteLine($"""
            /// <summary>
            {summary}
            /// </summary>
            {Signature.InputDocs(network, $"{inputs} of the forward pass, [samples × {{0}}].")}
            {Signature.AnswerDocs(network, kind)}
            /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
            {Signature.ArgumentException("A length is wrong, or not that of the workspace's last forward pass.")}{exceptions}
            public void Backward({Signature.Inputs(network)}, {Signature.Answers(network, kind)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, kind, followsForward: true);
            LossEmitter.WriteBackward(writer, network, kind, isLoaded: false);
            writer.WriteLine($"""

                {BackwardLayersCall(network)}
                BackwardInputs({(network.HasNamedPorts ? "" : "inputs, ")}workspace, samples);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteBoth(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        string exceptions = Exceptions(network, kind, "The workspace is not set to training.");

        writer.WriteLine($"""
            /// <summary>
            /// Runs the network forward and back in one call: what <c>Forward</c> and then <c>Backward</c> do, but for the gradients of
            /// the inputs, which training does not need.
            /// </summary>
            {Signature.InputDocs(network, "[samples × {0}], row-major: at least one sample, at most the workspace's batch size.")}
            {Signature.AnswerDocs(network, kind)}
            /// <param name="workspace">Takes the activations and the gradients of the parameters; its gradients of the inputs stay what they are.</param>
            /// <returns>The {Loss(network)}.</returns>
            {Signature.ArgumentException("A length is wrong, or the workspace is too small.")}{exceptions}
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

    private static string Loss(NetworkSpec network) => network.HasNamedPorts ? "loss" : "mean loss";

    /// <summary>The exceptions that wrong labels bring, and a pass that is not one of training.</summary>
    private static string Exceptions(NetworkSpec network, AnswerKind kind, string notTraining)
    {
        string training = network.IsOverBatch
            ? $"\n/// <exception cref=\"global::System.InvalidOperationException\">{notTraining} Nothing is written.</exception>"
            : "";

        return Signature.LabelException(network, kind) + training;
    }

    private static string BackwardLayersCall(NetworkSpec network) => $"BackwardLayers({(network.HasNamedPorts ? "" : "inputs, ")}workspace, samples);";

    private static void WriteChecks(SourceWriter writer, NetworkSpec network, AnswerKind kind, bool followsForward)
    {
        writer.WriteLine("global::System.ArgumentNullException.ThrowIfNull(workspace);");
        writer.WriteLine(Signature.InputChecks(network));

        if (followsForward)
        {
            writer.WriteLine($"{Names.Guard}.SameBatch(samples, workspace._samples{Signature.NameOfFirst(network)});");
        }

        if (network.IsOverBatch)
        {
            writer.WriteLine($"{Names.Guard}.Training({(followsForward ? $"workspace.{Names.TrainingField}" : "workspace.IsTraining")});");
        }

        writer.WriteLine(Signature.AnswerChecks(network, kind));
        writer.WriteLine();
    }

    private static void WriteLayers(SourceWriter writer, NetworkSpec network, BackwardSteps steps, List<string> tile)
    {
        const string Method = "BackwardTile";
        bool takesInputs = steps.TakesInputs(isForTraining: true);
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"private void BackwardLayers({(network.HasNamedPorts ? "" : Names.Inputs + ", ")}Workspace workspace, int samples)"))
        {
            bool isFirst = true;

            if (tile.Count > 0)
            {
                foreach (string text in network.Plan == NetworkPlan.Rows ? steps.Preparations(isForTraining: true) : [])
                {
                    writer.WriteLine(text + "\n");
                }

                TileEmitter.WriteBackward(writer, network, Method, steps.Stages(isForTraining: true), takesInputs);
                isFirst = false;
            }

            foreach (string text in ParametersTexts(network, steps))
            {
                Separate();
                writer.WriteLine(text);
            }

            if (network.HasPenalties)
            {
                Separate();
                WritePenalties(writer, network);
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
                Method,
                "Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back from layer to layer.",
                tile,
                takesInputs);
        }
    }

    /// <summary>The texts for the gradients of parameters: one for all where one kernel computes the whole network.</summary>
    private static IEnumerable<string> ParametersTexts(NetworkSpec network, BackwardSteps steps) => network.Plans.TileTail is { First: 0 } tail
        ? [StepText.Of(tail.Kernel.BackwardParameters(tail.Stages(network)), new BackwardOperands(network, stage: 0, isOfBatch: true))]
        : steps.Parameters;

    /// <summary>Writes the gradients of what weights and biases add to the loss, which are added to those that come from the outputs.</summary>
    private static void WritePenalties(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("// What weights and biases add to the loss: λ₁ · sign(w) + 2 · λ₂ · w.");

        for (int i = 0; i < network.Stages.Count; i++)
        {
            foreach (TensorSpec tensor in network.Stages[i].Tensors.Where(static tensor => tensor.Penalty.AddsUp))
            {
                string slice = Names.Slice(tensor);

                // No loss reaches this layer's outputs, so that nothing else has written its gradients.
                string clear = network.Plans.Gradients.HasGradient[i] ? "" : $"workspace._gradients.{slice}.Clear();\n";
                writer.WriteLine(clear + Names.Call(
                    "Regularization.Backward",
                    $"parameters: {network.ParametersField}.{slice}",
                    $"l1: {Wording.Number(tensor.Penalty.L1)}",
                    $"l2: {Wording.Number(tensor.Penalty.L2)}",
                    $"gradients: workspace._gradients.{slice}"));
            }
        }
    }

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

    private static void WriteInputs(SourceWriter writer, NetworkSpec network, BackwardSteps steps, List<string> texts)
    {
        const string Method = "BackwardInputTile";
        bool takesInputs = steps.TakesInputs(isForTraining: false);
        writer.WriteLine($"/// <summary>Carries the gradients {(network.IsChain ? "of the first layer's outputs " : "")}back to the inputs.</summary>");

        using (writer.WriteBlock($"private void BackwardInputs({(network.HasNamedPorts ? "" : Names.Inputs + ", ")}Workspace workspace, int samples)"))
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
                    {Names.StoreLanes(network, network.InputSize, "workspace._inputGradientLanes.Span", "workspace._inputGradients.Span", "stride")}
                    """);
            }
            else
            {
                foreach (string text in steps.Preparations(isForTraining: false))
                {
                    writer.WriteLine(text + "\n");
                }

                TileEmitter.WriteBackward(writer, network, Method, steps.Stages(isForTraining: false), takesInputs);
            }

            for (int i = 0; i < network.Inputs.Count && network.Stages.Count > 0; i++)
            {
                if (!network.Plans.Gradients.HasInputGradient[i])
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
            WriteTile(
                writer,
                network,
                Method,
                "Carries the gradients of some of the samples, from number <paramref name=\"start\"/> on, back to the inputs.",
                texts,
                takesInputs);
        }
    }
}
