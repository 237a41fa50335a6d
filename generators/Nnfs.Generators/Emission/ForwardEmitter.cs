using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the forward passes that keep their activations in a workspace.</summary>
internal static class ForwardEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($$"""
            /// <summary>Memory for the activations and gradients of up to <paramref name="batchSize"/> samples. One workspace serves one pass at a time.</summary>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1, or more than memory can be laid out for.</exception>
            public Workspace CreateWorkspace(int batchSize) => new(batchSize, threads: 1);

            /// <summary>Memory for the activations and gradients of up to <paramref name="batchSize"/> samples, whose passes run on several threads.</summary>
            /// <remarks>{{(network.Plan == NetworkPlan.Lanes
                ? "This network is too small to gain from more than one thread, and uses one."
                : "The calling thread and threads of the thread pool share the samples of a pass, or the rows of a gradient. The results have the same bits for any number of threads.")}}</remarks>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            /// <param name="threads">The number of threads with the one that calls, at least 1.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">A number is less than 1, or more than memory can be laid out for.</exception>
            public Workspace CreateWorkspace(int batchSize, int threads) => new(batchSize, threads);

            """);

        if (network.Loss != LossKind.None)
        {
            WriteWithLoss(writer, network, Names.Labels, "labels", $"The class of each sample, from 0 to {network.OutputSize - 1}.");
            WriteWithLoss(writer, network, Names.Targets, "targets", $"[samples × {network.OutputSize}], row-major: a one-hot row or a distribution for each sample.");
        }

        WriteWithoutLoss(writer, network);
        WriteLayers(writer, network);
    }

    private static void WriteWithLoss(SourceWriter writer, NetworkSpec network, string parameter, string name, string meaning)
    {
        writer.WriteLine($"""
            /// <summary>
            /// Runs the network on a batch and returns the mean cross-entropy of its outputs against <paramref name="{name}"/>:
            /// the mean over samples of {Formula(network.Loss, name)}.
            /// </summary>
            /// <param name="inputs">[samples × {network.InputSize}], row-major: at least one sample, at most the workspace's batch size.</param>
            /// <param name="{name}">{meaning}</param>
            /// <param name="workspace">Takes the activations, and with them the outputs.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or the workspace is too small. Nothing is written.</exception>
            {(name == "labels" ? "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is no class. Nothing is written.</exception>\n" : "")}public float Forward({Names.Inputs}, {parameter}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, name);
            writer.WriteLine("ForwardLayers(inputs, workspace, samples);\n");
            LossEmitter.WriteForward(writer, network, name);
            writer.WriteLine("\nreturn loss;");
        }

        writer.WriteLine();
    }

    private static string Formula(LossKind loss, string name) => (loss, name) switch
    {
        (LossKind.SoftmaxCrossEntropy, "labels") => "log Σⱼ exp(zⱼ) − z of the label, for logits z",
        (LossKind.SoftmaxCrossEntropy, _) => "Σⱼ tⱼ · (log Σₖ exp(zₖ) − zⱼ), for logits z and targets t",
        (_, "labels") => "−log p of the label, for probabilities p clipped to [1e-7, 1 − 1e-7]",
        _ => "−Σⱼ tⱼ · log pⱼ, for targets t and probabilities p clipped to [1e-7, 1 − 1e-7]",
    };

    private static void WriteWithoutLoss(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($"""
            /// <summary>Runs the network on a batch and keeps every activation{(network.Loss == LossKind.None ? "" : "; computes no loss")}.</summary>
            /// <param name="inputs">[samples × {network.InputSize}], row-major: at least one sample, at most the workspace's batch size.</param>
            /// <param name="workspace">Takes the activations, and with them the outputs.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or the workspace is too small. Nothing is written.</exception>
            public void Forward({Names.Inputs}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            WriteChecks(writer, network, null);
            writer.WriteLine("ForwardLayers(inputs, workspace, samples);");
            LossEmitter.WriteOutputs(writer, network);
        }

        writer.WriteLine();
    }

    private static void WriteLayers(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries a batch through all layers, each activation into the workspace.</summary>");

        using (writer.WriteBlock($"private void ForwardLayers({Names.Inputs}, Workspace workspace, int samples)"))
        {
            writer.WriteLine("workspace._samples = samples;\n");
            TileEmitter.WriteForward(writer, network);
        }

        writer.WriteLine("""

            /// <summary>Carries some of the samples, from number <paramref name="start"/> on, through all layers.</summary>
            """);

        using (writer.WriteBlock($"private void ForwardTile({Names.Inputs}, Workspace workspace, int start, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine($"""
                    int stride = workspace._stride;

                    // A vector holds one value of 16 samples: the inputs change from rows to columns.
                    {Names.Call($"Lanes.Load<{Names.Dimension(network, network.InputSize)}>", "x: inputs", $"y: {Names.Activations(network, "_inputLanes", network.InputSize)}", "stride", "samples")}

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

            if (LanesTailEmitter.StartsAt(network, i))
            {
                StageSpec last = network.Stages[i + 1];
                string kept = Names.Activations(network, Names.OutputsField(network, i), stage.Outputs);
                LanesTailEmitter.Write(writer, network, Names.StageInputs(network, i), kept, Names.Activations(network, Names.OutputsField(network, i + 1), last.Outputs));
                break;
            }

            writer.WriteLine($"""
                {StageEmitter.ForwardComment(network, stage)}
                {StageEmitter.ForwardCall(network, stage, Names.StageInputs(network, i), Names.Activations(network, Names.OutputsField(network, i), stage.Outputs))}
                """);
        }
    }

    /// <summary>The checks that stand before anything is written.</summary>
    private static void WriteChecks(SourceWriter writer, NetworkSpec network, string? answer)
    {
        writer.WriteLine($"""
            global::System.ArgumentNullException.ThrowIfNull(workspace);
            int samples = {Names.Guard}.Batch(inputs.Length, InputSize, workspace.BatchSize);
            {answer switch
            {
                "labels" => $"{Names.Guard}.Labels(labels, samples, OutputSize);\n",
                "targets" => $"{Names.Guard}.Exactly(targets.Length, samples, OutputSize, nameof(targets));\n",
                _ => "",
            }}
            """);
    }
}
