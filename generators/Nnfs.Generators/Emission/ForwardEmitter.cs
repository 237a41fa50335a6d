using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the forward passes that keep their activations in a workspace.</summary>
internal static class ForwardEmitter
{
    private const string BatchMeaning = "[samples × {0}], row-major: at least one sample, at most the workspace's batch size.";

    private const string TooSmall = "A length is wrong, or the workspace is too small.";

    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        const string Memory = """Memory for the activations and gradients of up to <paramref name="batchSize"/> samples""";

        // A network that can be trained by generic code has these members' documentation from there.
        string one = network.HasWorkspaceContract ? Signature.Inherited : $"""
            /// <summary>{Memory}. One workspace serves one pass at a time.</summary>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            {OutOfRange("""<paramref name="batchSize"/>""")}
            """;
        string several = network.HasWorkspaceContract ? Signature.Inherited : $"""
            /// <summary>{Memory}, whose passes run on several threads: to the same bits.</summary>
            /// <param name="batchSize">The number of samples, at least 1.</param>
            /// <param name="threads">The number of threads, including the one that calls; at least 1.</param>
            {OutOfRange("A number")}
            """;

        writer.WriteLine($"""
            {one}
            public Workspace CreateWorkspace(int batchSize) => new(batchSize, threads: 1);

            {several}
            public Workspace CreateWorkspace(int batchSize, int threads) => new(batchSize, threads);

            """);

        foreach (TargetKind kind in network.HasLoss ? network.TargetKinds : [])
        {
            WriteWithLoss(writer, network, kind);
        }

        WriteWithoutLoss(writer, network);
    }

    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        WriteBegin(writer, network);

        foreach (TargetKind kind in network.HasLoss ? network.TargetKinds : [])
        {
            WritePart(writer, network, kind);
        }

        string batch = network.PartSamples is null ? "a batch" : "a batch, or a part of one,";
        writer.WriteLine($"/// <summary>Carries {batch} through all layers, each activation into the workspace.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void ForwardLayers({Signature.PassInputs(network)}Workspace workspace, int samples)"))
        {
            if (network.Plan == NetworkPlan.Plain)
            {
                writer.WriteLine(string.Join("\n\n", Locals.Write(network, locals => ForwardSteps.All(network, locals))));
            }
            else if (network.IsOverBatch)
            {
                SegmentEmitter.WriteForward(writer, network);
            }
            else
            {
                TileEmitter.WriteForward(writer, network);
            }
        }

        writer.WriteLine();

        if (network.Plan != NetworkPlan.Plain && !network.IsOverBatch)
        {
            WriteTile(writer, network);
        }
    }

    /// <summary>Writes what a pass forward begins with.</summary>
    private static void WriteBegin(SourceWriter writer, NetworkSpec network)
    {
        List<string> lines = ["workspace._samples = samples;"];

        if (network.PartSamples is not null)
        {
            lines.Add("workspace._start = 0;\nworkspace._count = samples;");
        }

        if (network.Plan != NetworkPlan.Plain)
        {
            lines.Add($"workspace._team.Wake(count: samples, flops: {network.Stages.Sum(static stage => stage.ProductFlops)});");
        }

        lines.AddRange(network.Outputs.Where(static output => output.Loss is not null).Select(output => $"workspace.{Names.LossField(network, output)} = 0;"));

        if (network.HasMasks)
        {
            // Each training pass has masks of its own.
            lines.Add($"workspace.{Names.MasksField} = workspace.IsTraining ? workspace.DropoutSeed++ : null;");
        }

        if (network.IsOverBatch)
        {
            lines.Add($"workspace.{Names.TrainingField} = workspace.IsTraining;");
        }

        for (int i = 0; i < network.Inputs.Count && network.KeepsInputs; i++)
        {
            lines.Add($"{Signature.Input(network, i)}.CopyTo(workspace.{Names.InputField(network, i)}.Span);");
        }

        string inputs = network.KeepsInputs ? Signature.Inputs(network) + ", " : "";
        writer.WriteLine("/// <summary>Begins a pass forward.</summary>");

        using (writer.WriteBlock($"private static void Begin({inputs}Workspace workspace, int samples)"))
        {
            writer.WriteLine(string.Join("\n", lines));
        }

        writer.WriteLine();
    }

    /// <summary>Writes the method that carries some of the samples forward and through the loss.</summary>
    private static void WritePart(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        string what = network.PartSamples is null ? "a batch" : "samples of a batch, from number <paramref name=\"start\"/> on,";
        writer.WriteLine($"/// <summary>Carries {what} through all layers and the loss, which is added up.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void ForwardPart({Signature.PartParameters(network, kind)})"))
        {
            writer.WriteLine($"{Signature.AtPart(network)}ForwardLayers({Signature.PassInputArguments(network)}workspace, samples);");
            LossEmitter.WriteForward(writer, network, kind);
        }

        writer.WriteLine();
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("""
            /// <summary>Carries some of the samples, from number <paramref name="start"/> on, through all layers.</summary>
            """);

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void ForwardTile({Signature.PassInputs(network)}Workspace workspace, int start, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                writer.WriteLine("int stride = workspace._stride;");
            }

            writer.WriteLine(string.Join("\n\n", Locals.Write(network, locals => ForwardSteps.All(network, locals))));
        }

        writer.WriteLine();
    }

    /// <summary>Writes the sum of what the parameters add to the loss.</summary>
    public static void WritePenalties(SourceWriter writer, NetworkSpec network)
    {
        IEnumerable<string> terms =
            from stage in network.Stages
            from tensor in stage.Tensors
            where tensor.Penalty.AddsUp
            let member = TensorMembers.Parameter(network, stage, tensor)
            let rows = tensor.IsPadded ? $", columns: {tensor.Columns}, stride: {tensor.RowStride}" : ""
            select $"{Names.Kernels}.Regularization.Loss({member}{rows}, l1: {Wording.Number(tensor.Penalty.L1)}, l2: {Wording.Number(tensor.Penalty.L2)})";

        writer.WriteLine($"""
            /// <summary>What weights and biases add to the loss: λ₁ · Σ|w| + λ₂ · Σw² for each layer that says so. Padding adds nothing.</summary>
            private float SumPenalties() =>
                {string.Join("\n    + ", terms)};

            """);
    }

    private static string OutOfRange(string number) =>
        $"/// <exception cref=\"global::System.ArgumentOutOfRangeException\">{number} is less than 1, or more than memory can be laid out for.</exception>";

    private static void WriteWithLoss(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        writer.WriteLine($"""
            {LossEmitter.Summary(network, kind)}
            {Signature.InputDocs(network, BatchMeaning)}
            {Signature.TargetDocs(network, kind)}
            /// <param name="workspace">Takes the activations, and with them the outputs.</param>
            {Signature.ArgumentException(TooSmall)}{Signature.RangeException(network, kind)}
            public float Forward({Signature.Inputs(network)}, {Signature.Targets(network, kind)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            writer.WriteLine($"""
                {Signature.PassChecks(network)}
                {Signature.TargetChecks(network, kind)}

                {Signature.BeginCall(network)}
                {Signature.LabelShares(network, kind)}{Signature.InParts(network, $"ForwardPart({Signature.PartArguments(network, kind)});")}
                """);
            LossEmitter.WriteReturn(writer, network, kind);
        }

        writer.WriteLine();
    }

    private static void WriteWithoutLoss(SourceWriter writer, NetworkSpec network)
    {
        string docs = network.HasWorkspaceContract && !network.HasNamedPorts
            ? Signature.OfForward(network, TargetKind.Targets, $"/param[@name!='{network.TargetName(network.Outputs[0], TargetKind.Targets)}'] | /exception")
            : $"""
              {Signature.InputDocs(network, BatchMeaning)}
              /// <param name="workspace">Takes the activations, and with them the outputs.</param>
              {Signature.ArgumentException(TooSmall)}{Signature.IndexException(network)}
              """;

        writer.WriteLine($"""
            /// <summary>Runs the network on a batch and keeps every activation{(network.HasLoss ? "; computes no loss" : "")}.</summary>
            {docs}
            public void Forward({Signature.Inputs(network)}, Workspace workspace)
            """);

        using (writer.WriteBody())
        {
            writer.WriteLine($"""
                {Signature.PassChecks(network)}

                {Signature.BeginCall(network)}
                ForwardLayers({Signature.PassInputArguments(network)}workspace, samples);
                """);
            LossEmitter.WriteOutputs(writer, network);

            // With a loss of the library, they are told along with it.
            if (network.HasPenalties && !network.HasLoss)
            {
                writer.WriteLine("workspace.RegularizationLoss = SumPenalties();");
            }
        }

        writer.WriteLine();
    }
}
