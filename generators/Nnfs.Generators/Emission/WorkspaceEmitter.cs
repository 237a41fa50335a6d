using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the nested workspace: one block for each activation and each gradient, and a view for each layer.</summary>
internal static class WorkspaceEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        List<Block> blocks = [.. Blocks(network)];
        long perSample = blocks.Sum(static block => block.PerSample ?? 0);
        long besides = blocks.Sum(static block => (long)(block.Length ?? 0));

        string bytes = $"{SummaryTable.Bytes(4 * perSample)} per sample, and {SummaryTable.Bytes(4 * besides)} in all";
        writer.WriteLine($"/// <summary>The activations and gradients of one pass at a time: {bytes}.</summary>");

        string contract = (network.HasDataLoss ? "global::Nnfs.IRegularizedWorkspace, " : network.HasNamedPorts ? "" : "global::Nnfs.IWorkspace, ")
            + (network.HasNamedDataset ? "global::Nnfs.IPortsWorkspace, " : "");

        string stateful = network.HasWorkspaceContract && CarriedFields(network).Length > 0 ? "global::Nnfs.IStatefulWorkspace, " : "";

        using (writer.WriteBlock($"public sealed class Workspace : {contract}{stateful}global::Nnfs.IGradients<{network.Name}>"))
        {
            WriteConstructor(writer, network, blocks);
            WriteBlocks(writer, network);

            if (network.HasNamedDataset)
            {
                NamedContractEmitter.WriteWorkspace(writer, network);
            }

            WriteViews(writer, network);
            WriteFields(writer, network, blocks);
        }

        writer.WriteLine();
    }

    /// <summary>A block of the workspace: its field, and its length for each sample or in all.</summary>
    private sealed record Block(string Field, string Meaning, long? PerSample, int? Length = null, bool IsInLanes = false)
    {
        /// <summary>What it holds.</summary>
        public ElementType Element { get; init; } = ElementType.Float;
    }

    private static IEnumerable<Block> Blocks(NetworkSpec network)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;

        for (int i = 0; i < network.Inputs.Count && network.KeepsInputs; i++)
        {
            InputSpec input = network.Inputs[i];
            yield return new(Names.InputField(network, i), $"The {Title(network, input)} [batch × {input.Shape}].", input.Size) { Element = input.Element };
        }

        for (int i = 0; i < network.Inputs.Count && isInLanes; i++)
        {
            InputSpec input = network.Inputs[i];
            yield return new(Names.InputLanesField(network, i), $"The {Title(network, input)} [{input.Size} × stride].", input.Size, IsInLanes: true);
        }

        for (int i = 0; i < network.Stages.Count; i++)
        {
            if (!network.Stages[i].IsAlias && Names.OutputsField(network, i) != "_outputs")
            {
                StageSpec stage = network.Stages[i];
                string meaning = $"The outputs of {stage.Title} {Shape(network, stage.Shape)}.";
                yield return new(Names.OutputsField(network, i), meaning, stage.Outputs, IsInLanes: isInLanes);
            }

            foreach (BlockSpec kept in network.Stages[i].Kept(isInLanes).Where(static block => !block.IsRoom))
            {
                yield return Of(network.Stages[i], kept, isInLanes);
            }
        }

        foreach (OutputSpec output in network.Outputs.Where(output => output.IsTransformed && isInLanes))
        {
            string of = network.HasNamedPorts ? $" of output {output.Name}" : "";

            yield return network.HasLossInLanes(output)
                ? new(
                    Names.ProbabilitiesField(network, output),
                    $"The probabilities of the classes{of} {Shape(network, output.Shape)}.",
                    output.Size,
                    IsInLanes: true)
                : new(Names.SourceRowsField(network, output), $"The outputs of {network.NameOf(output.Source)} [batch × {output.Shape}].", output.Size);
        }

        foreach (OutputSpec output in network.Outputs.Where(output => !network.HasNamedPorts || output.IsTransformed || isInLanes))
        {
            string title = network.HasNamedPorts ? $"output {output.Name}" : "outputs of the network";
            yield return new(Names.OutputsField(network, output), $"The {title} [batch × {output.Shape}].", output.Size);
        }

        for (int i = network.Stages.Count - 1; i >= 0; i--)
        {
            StageSpec stage = network.Stages[i];

            if (!stage.IsAlias)
            {
                yield return new(Names.GradientsField(network, i), $"The gradients of the outputs of {stage.Title}.", stage.Outputs, IsInLanes: isInLanes);
            }
        }

        foreach (OutputSpec output in network.TrainedOutputs.Where(output => isInLanes && !network.HasLossInLanes(output)))
        {
            string meaning = $"The gradients of the outputs of {network.NameOf(output.Source)} [batch × {output.Shape}].";
            yield return new(Names.GradientRowsField(network, output), meaning, output.Size);
        }

        for (int i = 0; i < network.Inputs.Count && isInLanes; i++)
        {
            InputSpec input = network.Inputs[i];
            string meaning = $"The gradients of the {Title(network, input)} {Shape(network, input.Shape)}.";
            yield return new(Names.InputGradientLanesField(network, i), meaning, input.Size, IsInLanes: true);
        }

        foreach (int i in FloatInputs(network))
        {
            InputSpec input = network.Inputs[i];
            yield return new(Names.InputGradientsField(network, i), $"The gradients of the {Title(network, input)} [batch × {input.Shape}].", input.Size);
        }

        if (network.Plans.Gradients.ContributionSize is > 0 and var contribution)
        {
            string meaning = "Room for what one reader contributes to a gradient, before it is added.";
            yield return new(Names.ContributionField, meaning, contribution, IsInLanes: isInLanes);
        }

        yield return new("_gradients", "The gradients of the parameters, laid out as they are.", null, network.ParameterLength);

        foreach (StageSpec stage in network.Stages)
        {
            foreach (BlockSpec room in stage.Kept(isInLanes).Where(static block => block.IsRoom))
            {
                yield return Of(stage, room, isInLanes);
            }
        }
    }

    private static Block Of(StageSpec stage, BlockSpec block, bool isInLanes) => block.PerSample > 0
        ? new(Names.BlockField(stage, block), block.Meaning, block.PerSample, IsInLanes: isInLanes)
        : new(Names.BlockField(stage, block), block.Meaning, PerSample: null, block.Length);

    private static void WriteFields(SourceWriter writer, NetworkSpec network, List<Block> blocks)
    {
        List<(string Declaration, string Meaning)> fields = [.. blocks.Select(static block => (
            $"internal readonly {(block.Element == ElementType.Integer ? Names.IndexBlock : Names.Block)} {block.Field}" +
                $"{(block.Length is null ? "" : $" = new({block.Length})")};",
            block.Meaning))];

        fields.Add(($"internal readonly global::Nnfs.Team<{network.Name}, Workspace> _team;", "The threads that share the work of a pass."));

        if (network.Plan == NetworkPlan.Lanes)
        {
            fields.Add(("internal readonly int _stride;", "The distance between the values of a sample, where samples lie side by side."));
        }

        fields.Add(("internal int _samples;", "The samples of the last forward pass; 0 before the first."));

        if (network.PartSamples is not null)
        {
            fields.Add(("internal int _start;", "The first of the samples that a pass is at."));
            fields.Add(("internal int _count;", "Their number."));
        }

        fields.AddRange(network.Outputs.Where(static output => output.Loss is not null).Select(output => (
            $"internal double {Names.LossField(network, output)};",
            $"The loss{(network.HasNamedPorts ? $" of {output.Name}" : "")}, summed over the samples of the pass.")));

        fields.AddRange(network.Outputs.Where(static output => output.LeavesOut(TargetKind.Labels)).Select(output => (
            $"internal float {Names.LabelShareField(network, output)};",
            $"The positions{(network.HasNamedPorts ? $" of {output.Name}" : "")} divided by those whose label counts; 0 where none does.")));

        if (network.HasMasks)
        {
            fields.Add(($"internal ulong? {Names.MasksField};", "The seed of its masks; none if it was not one of training."));
        }

        if (network.IsOverBatch)
        {
            fields.Add(($"internal bool {Names.TrainingField};", "Whether it was one of training."));
        }

        if (network.HasDataLoss)
        {
            fields.Add(($"internal float {Names.DataLossField};", "Its loss without what weights and biases add."));
        }

        if (network.HasNamedDataset)
        {
            fields.Add(($"internal readonly global::Nnfs.PackedPass {Names.PackedField};", "The rows that generic code gives and takes."));
        }

        int width = Math.Min(70, fields.Max(static field => ShortNames.Length(field.Declaration)));

        writer.WriteLine("");

        foreach ((string declaration, string meaning) in fields)
        {
            string padding = new(' ', Math.Max(0, width - ShortNames.Length(declaration)));
            writer.WriteLine($"{declaration}{padding} // {meaning.TrimEnd('.')}");
        }

        string[] tensors = [.. TensorMembers.OfWorkspace(network)];

        if (tensors.Length > 0)
        {
            writer.WriteLine(string.Join("\n", tensors));
        }
    }

    private static void WriteConstructor(SourceWriter writer, NetworkSpec network, List<Block> blocks)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        int widest = Names.Length(blocks.Max(static block => block.PerSample ?? 1));

        writer.WriteLine("/// <summary>Lays out the memory for batches of up to <paramref name=\"batchSize\"/> samples.</summary>");

        using (writer.WriteBlock("internal Workspace(int batchSize, int threads)"))
        {
            writer.WriteLine($"BatchSize = {Names.Guard}.BatchSize(batchSize, {widest});");

            writer.WriteLine("_team = new(threads);");

            if (network.HasNamedDataset)
            {
                writer.WriteLine($"{Names.PackedField} = global::Nnfs.PackedPass.Of<{network.Name}>();");
            }

            if (isInLanes)
            {
                writer.WriteLine($"_stride = {Names.Kernels}.Lanes.Stride(batchSize);");
            }

            foreach (Block block in blocks.Where(static block => block.PerSample is not null))
            {
                writer.WriteLine($"{block.Field} = new({Names.Times(block.IsInLanes ? "_stride" : "batchSize", (int)block.PerSample!.Value)});");
            }
        }
    }

    private static void WriteBlocks(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($$"""

            /// <summary>The greatest number of samples of a batch.</summary>
            public int BatchSize { get; }

            /// <summary>The number of threads that a pass runs on.</summary>
            public int Threads => _team.Threads;

            global::Nnfs.ThreadTeam global::Nnfs.IGradients<{{network.Name}}>.Team => _team;
            """);

        if (network.HasLoss)
        {
            bool hasPositions = !network.HasNamedPorts && network.Outputs[0] is { Loss.IsCategorical: true, Shape.Positions: > 1 };
            string positions = hasPositions ? ", or for each of its positions" : "";

            writer.WriteLine($$"""

                /// <summary>
                /// The weights of the samples of the next passes, one for each sample{{positions}}; empty, as at first, where all count alike.
                /// The loss is the mean of the samples' losses, each times its weight.
                /// </summary>
                public global::System.ReadOnlyMemory<float> {{GeneratedMembers.SampleWeights}} { get; set; }
                """);
        }

        WriteSwitches(writer, network);
        WriteReset(writer, network);

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];

            writer.WriteLine(network.HasNamedPorts
                ? $"""

                   /// <summary>The output {output.Name} of the last pass [samples × {output.Shape}], row-major.</summary>
                   public {Names.FloatSpan} {output.Name.ToPascalCase()} => {LastPass(Names.OutputsField(network, output), output.Size)};
                   """
                : $"""

                   /// <summary>The outputs of the last pass [samples × {output.Shape}], row-major.</summary>
                   public {Names.FloatSpan} Outputs => {LastPass("_outputs", network.OutputSize)};
                   """);

            if (network.HasNamedPorts && output.Loss is not null)
            {
                writer.WriteLine($$"""

                    /// <summary>The loss of {{output.Name}} in the last pass, before it is weighted.</summary>
                    public float {{output.Name.ToPascalCase()}}Loss { get; internal set; }
                    """);
            }
        }

        writer.WriteLine($"""

            /// <summary>The gradient with respect to the parameters, laid out as they are; its padding stays zero.</summary>
            public {Names.FloatSpan} Gradients => _gradients.Span;
            """);

        foreach (int i in FloatInputs(network))
        {
            InputSpec input = network.Inputs[i];
            string member = network.HasNamedPorts ? input.Name.ToPascalCase() + "Gradients" : "InputGradients";

            writer.WriteLine($"""

                /// <summary>The gradient with respect to the {Title(network, input)} of the last pass [samples × {input.Shape}], row-major.</summary>
                public {Names.FloatSpan} {member} => {LastPass(Names.InputGradientsField(network, i), input.Size)};
                """);
        }
    }

    /// <summary>Writes the members that only some networks need: for the others they are there only for generic code.</summary>
    private static void WriteSwitches(SourceWriter writer, NetworkSpec network)
    {
        (bool IsNeeded, string Meaning, string Type, string Member)[] switches =
        [
            (
                network.HasMasks || network.IsOverBatch,
                $"Whether passes are for training.{TrainingMeaning(network)}",
                "bool",
                $"{GeneratedMembers.IsTraining} {{ get; set; }} = true;"),
            (
                network.HasMasks,
                "What the masks of the next training pass are drawn from; each such pass adds 1.",
                "ulong",
                $"{GeneratedMembers.DropoutSeed} {{ get; set; }}"),
            (
                network.HasPenalties,
                network.HasLoss ? "What weights and biases added to the loss of the last pass."
                    : "What weights and biases add to a loss, as of the last forward pass.",
                "float",
                $"{GeneratedMembers.RegularizationLoss} {(network.HasPenalties ? "{ get; internal set; }" : "=> 0f;")}"),
        ];

        foreach ((_, string meaning, string type, string member) in switches.Where(static item => item.IsNeeded))
        {
            writer.WriteLine($"\n/// <summary>{meaning}</summary>\npublic {type} {member}");
        }

        string[] others =
        [
            .. switches.Where(static item => !item.IsNeeded).Select(static item => $"{item.Type} global::Nnfs.IWorkspace.{item.Member}"),
            .. network.HasDataLoss ? [$"float global::Nnfs.IRegularizedWorkspace.DataLoss => {Names.DataLossField};"] : (string[])[],
            .. network.TakesIndices && !network.HasNamedPorts ? [$"{Names.FloatSpan} global::Nnfs.IWorkspace.InputGradients => default;"] : (string[])[],
        ];

        if (others.Length > 0 && (network.HasLoss || !network.HasNamedPorts))
        {
            writer.WriteLine("\n" + string.Join("\n", others));
        }
    }

    /// <summary>The fields with the states that passes carry from one to the next.</summary>
    private static string[] CarriedFields(NetworkSpec network) =>
    [
        .. from stage in network.Stages
           from block in stage.Kept(network.Plan == NetworkPlan.Lanes)
           where block.IsCarried
           select Names.BlockField(stage, block),
    ];

    /// <summary>Writes the method that begins anew where passes carry states from one to the next, and what training finds them by.</summary>
    private static void WriteReset(SourceWriter writer, NetworkSpec network)
    {
        string[] carried = CarriedFields(network);

        if (carried.Length == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("/// <summary>Forgets the states that the last pass left: the next begins with 0.</summary>");

        using (writer.WriteBlock($"public void {GeneratedMembers.ResetState}()"))
        {
            writer.WriteLine(string.Join("\n", carried.Select(static field => $"{field}.Span.Clear();")));
        }

        if (network.HasWorkspaceContract)
        {
            writer.WriteLine();
            writer.WriteLine($"{Names.ImmutableArray}<{Names.Block}> global::Nnfs.IStatefulWorkspace.States => [{string.Join(", ", carried)}];");
        }
    }

    /// <summary>The inputs that have gradients.</summary>
    private static IEnumerable<int> FloatInputs(NetworkSpec network) =>
        Enumerable.Range(0, network.Inputs.Count).Where(input => network.Inputs[input].Element == ElementType.Float);

    private static string Title(NetworkSpec network, InputSpec input) => network.HasNamedPorts ? $"input {input.Name}" : "inputs";

    /// <summary>What layers do outside training, the shorter clauses first.</summary>
    private static string TrainingMeaning(NetworkSpec network)
    {
        IEnumerable<string> all = network.Stages.Select(static stage => stage.OutsideTraining).OfType<string>();
        string[] clauses = [.. all.Distinct().OrderBy(static clause => clause.Length)];

        return $" Outside training {string.Join(", and ", clauses)}.";
    }

    private static void WriteViews(SourceWriter writer, NetworkSpec network)
    {
        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];

            // Passes of a network with one input do not keep it, in whatever shape.
            if (network.RootOf(i) < 0 && !network.KeepsInputs)
            {
                continue;
            }

            string field = Names.ValueField(network, i);
            string activation = stage.Shape.Rank > 1
                ? $"new({field}.Span, _samples, {stage.Shape.ToArgument()}{(network.Plan == NetworkPlan.Lanes ? ", valueStride: _stride" : "")})"
                : network.Plan == NetworkPlan.Lanes ? $"new({field}.Span, _samples, size: {stage.Outputs}, sampleStride: 1, valueStride: _stride)"
                : $"new({field}.Span, _samples, size: {stage.Outputs}, sampleStride: {stage.Outputs}, valueStride: 1)";
            string name = stage.Name.EscapeIdentifier();

            if (!stage.HasParameters)
            {
                writer.WriteLine($"""

                    /// <summary>The outputs of {stage.Name} [samples, {Dimensions(stage.Shape)}].</summary>
                    public global::Nnfs.ActivationStage {name} => {activation};
                    """);

                continue;
            }

            string gradients = stage.View(tensor => TensorMembers.Gradient(network, stage, tensor), isOfGradients: true);

            writer.WriteLine(stage.OutputName == stage.Name
                ? $"""

                   /// <summary>The gradients of {stage.GradientsSummary}, and its outputs [samples, {Dimensions(stage.Shape)}].</summary>
                   public global::Nnfs.{stage.StageType} {name} =>
                       new({gradients}, {activation});
                   """
                : $"""

                   /// <summary>The gradients of {stage.GradientsSummary}.</summary>
                   public global::Nnfs.{stage.GradientsType} {name} => {gradients};

                   /// <summary>The outputs of {stage.Name} after {stage.OutputName} [samples, {Dimensions(stage.Shape)}].</summary>
                   public global::Nnfs.ActivationStage {stage.OutputName.EscapeIdentifier()} => {activation};
                   """);
        }
    }

    /// <summary>The samples of the last pass in a block of rows.</summary>
    private static string LastPass(string field, int size) => $"{field}.Slice(0, {Names.Times("_samples", size)})";

    /// <summary>A shape as the indices of a tensor have it.</summary>
    private static string Dimensions(Shape shape) => string.Join(", ", shape.Sizes.DefaultIfEmpty(1));

    private static string Shape(NetworkSpec network, Shape shape) => network.Plan == NetworkPlan.Lanes ? $"[{shape.Size} × stride]" : $"[batch × {shape}]";
}
