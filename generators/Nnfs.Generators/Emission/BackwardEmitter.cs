using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the backward passes: the losses first, then the layers from last to first, and last the gradients of the inputs.</summary>
internal static class BackwardEmitter
{
    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        foreach (TargetKind kind in network.TargetKinds)
        {
            WriteBackward(writer, network, kind);
        }

        WriteBackwardFrom(writer, network);

        foreach (TargetKind kind in network.HasLoss ? network.TargetKinds : [])
        {
            WriteForwardBackward(writer, network, kind);
        }
    }

    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        BackwardSteps steps = new(network);

        foreach (TargetKind kind in network.TargetKinds)
        {
            WritePart(writer, network, kind);
        }

        if (network.HasLoss)
        {
            WritePart(writer, network, TargetKind.Gradients);
        }

        if (network.HasPenalties)
        {
            WritePenalties(writer, network);
        }

        if (network.Plan == NetworkPlan.Plain)
        {
            WritePlain(writer, network, steps);

            return;
        }

        // The gradients that training needs come first in each pass, and those that only lead to the inputs after them. One kernel for all
        // parameters does not store what is between the layers, so that it comes with the latter.
        bool isOneKernel = network.Plans.TileTail is { First: 0 };
        List<string> tile = isOneKernel ? [] : Locals.Write(network, steps.ForTraining);
        WriteLayers(writer, network, steps, tile);

        if (HasInputGradients(network))
        {
            WriteInputs(writer, network, steps, isOneKernel);
        }
    }

    private static void WriteBackward(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        string gradients = string.Join(" and ", network.TrainedOutputs.Select(output => $"<paramref name=\"{network.TargetName(output, kind)}\"/>"));
        string exceptions = Signature.ArgumentException("A length is wrong, or not that of the workspace's last forward pass.")
            + Exceptions(network, kind, "The last forward pass was not one of training.");
        string same = network.HasNamedPorts ? "The same as in the forward pass" : "The inputs of the forward pass";

        string ofInputs = HasInputGradients(network) ? " and of the inputs" : "";

        bool isFrom = network.HasLoss && kind == TargetKind.Gradients;
        string docs = isFrom ? $"""
            /// <summary>
            /// Carries the gradients of a loss of your own back, in place of those of {Losses(network)}: overwrites the workspace's gradients with those
            /// of every parameter{ofInputs}. It follows a forward pass of the same inputs, with or without {Told(network)}.
            /// </summary>
            {Signature.InputDocs(network, $"{same}, [samples × {{0}}].")}
            {Signature.TargetDocs(network, kind)}
            /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
            {exceptions}
            """
            : network.HasLoss && network.TakesFloats ? Signature.Inherited
            : network.HasLoss ? $"""
                /// <summary>Overwrites the workspace's gradients with that of the loss, after a forward pass of the same inputs.</summary>
                {Signature.OfForward(network, kind, "/param")}
                {exceptions}
                """
            : $"""
                /// <summary>Carries {gradients} back: overwrites the workspace's gradients with those of every parameter{ofInputs}.</summary>
                {Signature.InputDocs(network, $"{same}, [samples × {{0}}].")}
                {Signature.TargetDocs(network, kind)}
                /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
                {exceptions}
                """;

        writer.WriteLine(docs);

        string name = isFrom ? GeneratedMembers.BackwardFrom : GeneratedMembers.Backward;

        using (writer.WriteBlock($"public void {name}({Signature.Inputs(network)}, {Signature.Targets(network, kind)}, Workspace workspace)"))
        {
            writer.WriteLine($"""
                {Signature.PassChecks(network)}
                {Signature.TargetChecks(network, kind)}
                {Names.Guard}.SameBatch(samples, workspace._samples{Signature.NameOfFirst(network)});
                """);

            if (network.IsOverBatch)
            {
                writer.WriteLine($"{Names.Guard}.Training(workspace.{Names.TrainingField});");
            }

            string inputs = string.Concat(TakesInputs(network) ? Signature.PartInputs(network).Select(static input => input + ", ") : []);
            string parts = Signature.InParts(
                network,
                [
                    .. LossEmitter.Loads(network, kind, isInLoop: true),
                    $"{PartName(network, kind)}({Signature.PartArguments(network, kind)});",
                    .. HasInputGradients(network)
                        ? [$"BackwardInputs({inputs}workspace, {(network.PartSamples is null ? "samples" : "count")});"] : (string[])[],
                ]);

            writer.WriteLine((network.PartSamples is null ? "\n" : "") + Signature.LabelShares(network, kind) + parts.TrimEnd());
            WritePenaltiesCall(writer, network);
        }

        writer.WriteLine();
    }

    /// <summary>Writes the backward pass from gradients that come from outside, which a network without a loss has already.</summary>
    private static void WriteBackwardFrom(SourceWriter writer, NetworkSpec network)
    {
        if (network.HasLoss)
        {
            WriteBackward(writer, network, TargetKind.Gradients);

            return;
        }

        string parameters = $"{Signature.Inputs(network)}, {Signature.Targets(network, TargetKind.Gradients)}, Workspace workspace";
        string arguments = $"{Signature.InputArguments(network)}, {Signature.TargetArguments(network, TargetKind.Gradients)}, workspace";
        string types = string.Join(
            ", ", parameters.Split([", "], StringSplitOptions.None).Select(static parameter => parameter.Split(' ')[0].Replace('<', '{').Replace('>', '}')));

        writer.WriteLine($"""
            /// <summary>The same as <c>Backward</c>, by the name that it has in networks with a loss.</summary>
            /// <inheritdoc cref="Backward({types})" path="/param | /exception"/>
            public void {GeneratedMembers.BackwardFrom}({parameters}) =>
                Backward({arguments});

            """);
    }

    /// <summary>The method that carries some of the samples back.</summary>
    private static string PartName(NetworkSpec network, TargetKind kind) =>
        network.HasLoss && kind == TargetKind.Gradients ? "BackwardFromPart" : "BackwardPart";

    /// <summary>The losses whose place gradients from outside take, as part of a sentence.</summary>
    private static string Losses(NetworkSpec network) =>
        string.Join(" and ", network.TrainedOutputs.Select(static output => output.Loss!.Name).Distinct());

    /// <summary>What passes with a loss are told, as part of a sentence.</summary>
    private static string Told(NetworkSpec network) => network.TargetKinds.Count > 1 ? "labels or targets" : "targets";

    private static void WriteForwardBackward(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        string training = network.IsOverBatch ? $"\n{NotTraining("The workspace is not set to training.")}" : "";

        writer.WriteLine(network.TakesFloats ? Signature.Inherited : $"""
            /// <summary>Runs the network forward and back in one call, without the gradients of the inputs, which training does not need.</summary>
            /// <returns>The loss.</returns>
            {Signature.OfForward(network, kind, "/param | /exception")}{training}
            """);

        using (writer.WriteBlock($"public float ForwardBackward({Signature.Inputs(network)}, {Signature.Targets(network, kind)}, Workspace workspace)"))
        {
            string[] back = network.Stages.Count == 0 ? [] : [$"BackwardPart({Signature.PartArguments(network, kind)});"];

            writer.WriteLine(Signature.PassChecks(network));

            if (network.IsOverBatch)
            {
                writer.WriteLine($"{Names.Guard}.Training(workspace.IsTraining);");
            }

            writer.WriteLine($"""
                {Signature.TargetChecks(network, kind)}

                {Signature.BeginCall(network)}
                {Signature.LabelShares(network, kind)}{Signature.InParts(network, [$"ForwardPart({Signature.PartArguments(network, kind)});", .. back])}
                """);
            WritePenaltiesCall(writer, network);
            LossEmitter.WriteReturn(writer, network, kind);
        }

        writer.WriteLine();
    }

    /// <summary>Writes the method that carries some of the samples back.</summary>
    private static void WritePart(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        string what = network.PartSamples is null ? "a batch" : "samples of a batch, from number <paramref name=\"start\"/> on,";
        string from = kind == TargetKind.Gradients ? "the gradients that come from outside" : "the loss";
        writer.WriteLine($"/// <summary>Carries {what} back from {from} to the first parameters.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void {PartName(network, kind)}({Signature.PartParameters(network, kind)})"))
        {
            writer.WriteLine(Signature.AtPart(network).TrimEnd());
            LossEmitter.WriteGradients(writer, network, kind);
            writer.WriteLine($"\nBackwardLayers({Signature.PassInputArguments(network)}workspace, samples);");
        }

        writer.WriteLine();
    }

    /// <summary>Writes the call that adds the gradients of penalties, where there are some.</summary>
    private static void WritePenaltiesCall(SourceWriter writer, NetworkSpec network)
    {
        if (network.HasPenalties)
        {
            writer.WriteLine("BackwardPenalties(workspace);");
        }
    }

    /// <summary>Whether the gradients of the inputs are computed by threads, which hand the inputs on, or need the inputs themselves.</summary>
    private static bool TakesInputs(NetworkSpec network) => !network.KeepsInputs && network.Stages.Count > 0
        && (network.Plan == NetworkPlan.Rows || (network.Plan == NetworkPlan.Plain && new BackwardSteps(network).TakesInputs(isForTraining: false)));

    /// <summary>Whether some input has gradients: indices have none.</summary>
    private static bool HasInputGradients(NetworkSpec network) => network.Inputs.Any(static input => input.Element == ElementType.Float);

    /// <summary>The exceptions that wrong labels bring, and a pass that is not one of training.</summary>
    private static string Exceptions(NetworkSpec network, TargetKind kind, string notTraining) =>
        Signature.RangeException(network, kind) + (network.IsOverBatch ? $"\n{NotTraining(notTraining)}" : "");

    private static string NotTraining(string meaning) =>
        $"/// <exception cref=\"global::System.InvalidOperationException\">{meaning} Nothing is written.</exception>";

    private static void WriteLayers(SourceWriter writer, NetworkSpec network, BackwardSteps steps, List<string> tile)
    {
        const string Method = "BackwardTile";
        bool takesInputs = steps.TakesInputs(isForTraining: true);
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void BackwardLayers({Signature.PassInputs(network)}Workspace workspace, int samples)"))
        {
            bool isFirst = true;

            if (tile.Count > 0)
            {
                WritePreparations(writer, network, steps, isForTraining: true);

                if (network.IsOverBatch)
                {
                    SegmentEmitter.WriteBackward(writer, network, steps, isForTraining: true);
                }
                else
                {
                    TileEmitter.WriteBackward(writer, network, Method, steps.Stages(isForTraining: true), takesInputs);
                }

                isFirst = false;
            }

            foreach (string text in ParametersTexts(network, steps))
            {
                Separate();
                writer.WriteLine(text);
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

        if (tile.Count > 0 && !network.IsOverBatch)
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

    /// <summary>Writes the passes of a plain network, each of which is one method.</summary>
    private static void WritePlain(SourceWriter writer, NetworkSpec network, BackwardSteps steps)
    {
        List<string> texts = Locals.Write(network, steps.Plain);
        writer.WriteLine("/// <summary>Carries the gradients back through all layers, from the last to the first, up to the first one's parameters.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void BackwardLayers({Signature.PassInputs(network)}Workspace workspace, int samples)"))
        {
            writer.WriteLine(string.Join("\n\n", texts));
        }

        writer.WriteLine();

        if (!HasInputGradients(network))
        {
            return;
        }

        List<string> inputTexts = Locals.Write(network, steps.ForInputs);
        writer.WriteLine("/// <summary>Carries the gradients back to the inputs.</summary>");

        using (writer.WriteBlock($"private void BackwardInputs({(TakesInputs(network) ? Names.Inputs + ", " : "")}Workspace workspace, int samples)"))
        {
            WriteInputTexts(writer, network, inputTexts, () => writer.WriteLine(string.Join("\n\n", inputTexts)));
        }

        writer.WriteLine();
    }

    /// <summary>The texts for the gradients of parameters: one for all where one kernel computes the whole network.</summary>
    private static IEnumerable<string> ParametersTexts(NetworkSpec network, BackwardSteps steps) => network.Plans.TileTail is { First: 0 } tail
        ? [StepText.Of(tail.Kernel.BackwardParameters(tail.Stages(network)), new WorkspaceOperands(network, stage: 0, locals: null))]
        : steps.Parameters;

    /// <summary>Writes the gradients of what weights and biases add to the loss, which are added to those that come from the outputs.</summary>
    private static void WritePenalties(SourceWriter writer, NetworkSpec network)
    {
        List<string> calls = [];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];

            foreach (TensorSpec tensor in stage.Tensors.Where(static tensor => tensor.Penalty.AddsUp))
            {
                string gradient = $"workspace.{TensorMembers.Gradient(network, stage, tensor)}";

                // No loss reaches this layer's outputs, so that nothing else has written its gradients.
                string clear = network.Plans.Gradients.HasGradient[i] ? "" : $"{gradient}.Clear();\n";
                string[] rows = tensor.IsPadded ? [$"columns: {tensor.Columns}", $"stride: {tensor.RowStride}"] : [];
                calls.Add(clear + Names.Call(
                    "Regularization.Backward",
                    [
                        $"parameters: {TensorMembers.Parameter(network, stage, tensor)}",
                        .. rows,
                        $"l1: {Wording.Number(tensor.Penalty.L1)}",
                        $"l2: {Wording.Number(tensor.Penalty.L2)}",
                        $"gradients: {gradient}",
                    ]));
            }
        }

        writer.WriteLine("/// <summary>Adds the gradients of what weights and biases add to the loss: λ₁ · sign(w) + 2 · λ₂ · w.</summary>");

        using (writer.WriteBlock("private void BackwardPenalties(Workspace workspace)"))
        {
            writer.WriteLine(string.Join("\n", calls));
        }

        writer.WriteLine();
    }

    /// <summary>Writes what comes before a pass back, once for all parts of a batch.</summary>
    private static void WritePreparations(SourceWriter writer, NetworkSpec network, BackwardSteps steps, bool isForTraining)
    {
        string text = network.Plan == NetworkPlan.Rows ? string.Join("\n\n", steps.Preparations(isForTraining)) : "";

        if (text.Length == 0)
        {
            return;
        }

        writer.WriteLine(network.PartSamples is null ? text + "\n" : $$"""
            if (workspace._start == 0)
            {
                {{text.Replace("\n", "\n    ")}}
            }

            """);
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network, string method, string summary, List<string> texts, bool takesInputs)
    {
        writer.WriteLine($"/// <summary>{summary}</summary>");

        string parameters = $"{(takesInputs ? Names.Inputs + ", " : "")}Workspace workspace, int start, int samples";

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void {method}({parameters})"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine("int stride = workspace._stride;");
            }

            writer.WriteLine(string.Join("\n\n", texts));
        }

        writer.WriteLine();
    }

    private static void WriteInputs(SourceWriter writer, NetworkSpec network, BackwardSteps steps, bool isOneKernel)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        List<string> texts = Locals.Write(network, locals =>
        [
            .. isOneKernel ? steps.ForTraining(locals) : [],
            .. steps.ForInputs(locals),
            .. isInLanes ? [string.Join("\n", InputGradientStores(network, locals))] : (string[])[],
        ]);

        const string Method = "BackwardInputTile";
        bool takesInputs = steps.TakesInputs(isForTraining: false);
        writer.WriteLine("/// <summary>Carries the gradients back to the inputs.</summary>");

        using (writer.WriteBlock($"private void BackwardInputs({(TakesInputs(network) ? Names.Inputs + ", " : "")}Workspace workspace, int samples)"))
        {
            WriteInputTexts(writer, network, texts, () =>
            {
                if (isInLanes)
                {
                    writer.WriteLine($"""
                        int start = workspace._start;
                        int stride = workspace._stride;
                        {string.Join("\n\n", texts.Take(texts.Count - 1))}
                        {texts[texts.Count - 1]}
                        """);

                    return;
                }

                WritePreparations(writer, network, steps, isForTraining: false);

                if (network.IsOverBatch)
                {
                    SegmentEmitter.WriteBackward(writer, network, steps, isForTraining: false);
                }
                else
                {
                    TileEmitter.WriteBackward(writer, network, Method, steps.Stages(isForTraining: false), takesInputs);
                }
            });
        }

        writer.WriteLine();

        if (network.Plan == NetworkPlan.Rows && !network.IsOverBatch && texts.Count > 0)
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

    /// <summary>The calls that turn the gradients of the inputs from lanes into rows.</summary>
    private static IEnumerable<string> InputGradientStores(NetworkSpec network, Locals locals) =>
        from i in Enumerable.Range(0, network.Inputs.Count)
        where network.Plans.Gradients.HasInputGradient[i]
        let size = network.Inputs[i].Size
        select Names.StoreLanes(network, size, locals.Gradients(~i), Names.Rows(Names.InputGradientsField(network, i), size, isPart: true), "stride");

    /// <summary>Writes what gives the gradients of the inputs, and clears those that no loss depends on.</summary>
    private static void WriteInputTexts(SourceWriter writer, NetworkSpec network, List<string> texts, Action write)
    {
        if (texts.Count == 0)
        {
            writer.WriteLine("// There is no layer: the gradients are there already.");
        }
        else
        {
            write();
        }

        for (int i = 0; i < network.Inputs.Count && network.Stages.Count > 0; i++)
        {
            if (!network.Plans.Gradients.HasInputGradient[i] && network.Inputs[i].Element == ElementType.Float)
            {
                writer.WriteLine($"""

                    // No loss depends on {network.Inputs[i].Name}.
                    {Names.PassRows(network, Names.InputGradientsField(network, i), network.Inputs[i].Size)}.Clear();
                    """);
            }
        }
    }
}
