using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the forward passes that keep their activations in a workspace.</summary>
internal static class ForwardEmitter
{
    private const string BatchMeaning = "[samples × {0}], row-major: at least one sample, at most the workspace's batch size.";

    private const string TooSmall = "A length is wrong, or the workspace is too small.";

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        const string Memory = """Memory for the activations and gradients of up to <paramref name="batchSize"/> samples""";

        writer.WriteLine($$"""
            /// <summary>{{Memory}}. One workspace serves one pass at a time.</summary>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            {{OutOfRange("""<paramref name="batchSize"/>""")}}
            public Workspace CreateWorkspace(int batchSize) => new(batchSize, threads: 1);

            /// <summary>{{Memory}}, whose passes run on several threads.</summary>
            /// <remarks>{{Sharing(network)}} The results have the same bits for any number of threads.</remarks>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            /// <param name="threads">The number of threads with the one that calls, at least 1.</param>
            {{OutOfRange("A number")}}
            public Workspace CreateWorkspace(int batchSize, int threads) => new(batchSize, threads);

            """);

        if (network.HasLoss)
        {
            foreach (AnswerKind kind in network.AnswerKinds)
            {
                WriteWithLoss(writer, network, kind);
            }
        }

        WriteWithoutLoss(writer, network);

        if (network.HasPenalties)
        {
            WritePenalties(writer, network);
        }

        WriteLayers(writer, network);
    }

    private static string OutOfRange(string number) =>
        $"/// <exception cref=\"global::System.ArgumentOutOfRangeException\">{number} is less than 1, or more than memory can be laid out for.</exception>";

    /// <summary>What the threads of a workspace share.</summary>
    private static string Sharing(NetworkSpec network) => network.OverBatchTitle is { } title
        ? "Threads of the thread pool share the rows of gradients with the calling thread, which carries the samples alone: " +
            $"{title.ToCamelCase()} makes them depend on each other."
        : "The calling thread and threads of the thread pool share the samples of a pass, or the rows of a gradient, where there is enough work for it.";

    private static void WriteWithLoss(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        writer.WriteLine($"""
            /// <summary>
            {LossEmitter.Summary(network, kind)}
            /// </summary>
            {Signature.InputDocs(network, BatchMeaning)}
            {Signature.AnswerDocs(network, kind)}
            /// <param name="workspace">Takes the activations, and with them the outputs.</param>
            {Signature.ArgumentException(TooSmall)}{Signature.LabelException(network, kind)}
            public float Forward({Signature.Inputs(network)}, {Signature.Answers(network, kind)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, kind);
            writer.WriteLine($"ForwardLayers({Signature.InputArguments(network)}, workspace, samples);\n");
            LossEmitter.WriteForward(writer, network, kind);
            writer.WriteLine($"\nreturn {LossEmitter.Total(network)};");
        }

        writer.WriteLine();
    }

    private static void WriteWithoutLoss(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($"""
            /// <summary>Runs the network on a batch and keeps every activation{(network.HasLoss ? "; computes no loss" : "")}.</summary>
            {Signature.InputDocs(network, BatchMeaning)}
            /// <param name="workspace">Takes the activations, and with them the outputs.</param>
            {Signature.ArgumentException(TooSmall)}
            public void Forward({Signature.Inputs(network)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, null);
            writer.WriteLine($"ForwardLayers({Signature.InputArguments(network)}, workspace, samples);");
            LossEmitter.WriteOutputs(writer, network);
        }

        writer.WriteLine();
    }

    /// <summary>Writes the sum of what the parameters add to the loss.</summary>
    private static void WritePenalties(SourceWriter writer, NetworkSpec network)
    {
        List<string> terms = [];

        foreach (TensorSpec tensor in network.Stages.SelectMany(static stage => stage.Tensors).Where(static tensor => tensor.Penalty.AddsUp))
        {
            string l1 = Wording.Number(tensor.Penalty.L1);
            string l2 = Wording.Number(tensor.Penalty.L2);
            terms.Add($"{Names.Kernels}.Regularization.Loss({network.ParametersField}.{Names.Slice(tensor)}, l1: {l1}, l2: {l2})");
        }

        writer.WriteLine($"""
            /// <summary>What weights and biases add to the loss: λ₁ · Σ|w| + λ₂ · Σw² for each layer that says so. Padding is zero and adds nothing.</summary>
            private float RegularizationLoss() =>
                {string.Join("\n    + ", terms)};

            """);
    }

    private static void WriteLayers(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries a batch through all layers, each activation into the workspace.</summary>");

        using (writer.WriteBlock($"private void ForwardLayers({Signature.Inputs(network)}, Workspace workspace, int samples)"))
        {
            writer.WriteLine("workspace._samples = samples;");

            if (network.HasMasks)
            {
                // Each training pass has masks of its own.
                writer.WriteLine($"workspace.{Names.MasksField} = workspace.IsTraining ? workspace.DropoutSeed++ : null;");
            }

            if (network.IsOverBatch)
            {
                writer.WriteLine($"workspace.{Names.TrainingField} = workspace.IsTraining;");
            }

            for (int i = 0; i < network.Inputs.Count && network.HasNamedPorts; i++)
            {
                writer.WriteLine($"{Signature.Input(network, i)}.CopyTo(workspace.{Names.InputField(network, i)}.Span);");
            }

            writer.WriteLine();
            TileEmitter.WriteForward(writer, network);
        }

        writer.WriteLine("""

            /// <summary>Carries some of the samples, from number <paramref name="start"/> on, through all layers.</summary>
            """);

        using (writer.WriteBlock($"private void ForwardTile({(network.HasNamedPorts ? "" : Names.Inputs + ", ")}Workspace workspace, int start, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine($"""
                    int stride = workspace._stride;

                    // A vector holds one value of 16 samples: the inputs change from rows to columns.
                    {Names.LoadLanes(network, network.InputSize, "inputs", Names.Value(network, ~0), "stride")}

                    """);
            }

            WriteStages(writer, network);
        }

        writer.WriteLine();
    }

    private static void WriteStages(SourceWriter writer, NetworkSpec network)
    {
        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];

            if (i > 0)
            {
                writer.WriteLine();
            }

            StageContext context = new(network, i, PassKind.Training);
            string[] sources = [.. stage.Sources.Select(source => Names.Value(network, source))];

            if (network.Plans.TileTail is { } tail && tail.First == i)
            {
                ForwardOperands operands = new(context, sources, Names.Value(network, network.Stages.Count - 1), kept: Names.Value(network, i));
                writer.WriteLine(StepText.Of(tail.Kernel.Forward(tail.Stages(network), context), operands));

                break;
            }

            string destination = Names.Activations(network, Names.OutputsField(network, i), stage.Outputs);
            writer.WriteLine(StepText.Note(stage.Comment(context)));
            writer.WriteLine(StepText.Of(stage.Forward(context), new ForwardOperands(context, sources, destination)));
        }
    }

    /// <summary>The checks that stand before anything is written.</summary>
    private static void WriteChecks(SourceWriter writer, NetworkSpec network, AnswerKind? kind)
    {
        writer.WriteLine("global::System.ArgumentNullException.ThrowIfNull(workspace);");
        writer.WriteLine(Signature.InputChecks(network));

        if (kind is { } answered)
        {
            writer.WriteLine(Signature.AnswerChecks(network, answered));
        }

        writer.WriteLine();
    }
}
