using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Writes what generic code knows of a network with several inputs or outputs: their names and sizes, and methods that take rows with all of a sample. They
/// call those that have a parameter for each.
/// </summary>
internal static class NamedContractEmitter
{
    private const string Packed = "global::Nnfs.PackedPass";

    /// <summary>Writes the method that makes a data set, where the network can be trained with one.</summary>
    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        if (!network.HasNamedDataset)
        {
            return;
        }

        TargetKind kind = network.TargetKinds[0];
        IEnumerable<string> parameters = InputNames(network).Concat(network.TrainedOutputs.Select(output => Signature.TargetArgument(network, output, kind)));

        string outOfRange = Signature.RangeException(network, kind).Replace(" Nothing is written.", "");

        writer.WriteLine($"""
            /// <summary>Makes a data set to train or evaluate the network with. All values are copied.</summary>
            {Signature.InputDocs(network, "[samples × {0}], row-major.")}
            {Signature.TargetDocs(network, kind)}
            /// <exception cref="global::System.ArgumentException">A length is not that of a whole number of samples, or they disagree.</exception>{outOfRange}
            public static global::Nnfs.NamedDataset {GeneratedMembers.CreateDataset}({Signature.Inputs(network)}, {Signature.Targets(network, kind)}) =>
                global::Nnfs.NamedDatasetBuilder.For<{network.Name}>()
                    {string.Join("\n        ", parameters.Select(static name => $".Add({name}, nameof({name}))"))}
                    .Build();

            """);
    }

    /// <summary>The number of values of a row; that of the longest array where they are more, which no row can have.</summary>
    private static int SizeOfRow(IEnumerable<int> sizes) => (int)Math.Min(int.MaxValue, sizes.Sum(static size => (long)size));

    /// <summary>Writes the members of the interfaces.</summary>
    public static void WriteInterface(SourceWriter writer, NetworkSpec network)
    {
        string self = $"global::Nnfs.INetwork<{network.Name}>";
        int inputs = SizeOfRow(network.Inputs.Select(static input => input.Size));
        int outputs = SizeOfRow(network.Outputs.Select(static output => output.Size));

        writer.WriteLine($$"""
            static int {{self}}.InputSize => {{inputs}};
            static int {{self}}.OutputSize => {{outputs}};
            static {{Names.Shape}} {{self}}.InputShape => [{{inputs}}];
            static {{Names.Shape}} {{self}}.OutputShape => [{{outputs}}];
            static {{Names.ImmutableArray}}<global::Nnfs.InputInfo> {{self}}.Inputs { get; } =
            [
                {{string.Join(",\n    ", network.Inputs.Select((_, i) => Describe(network, i)))}},
            ];
            static {{Names.ImmutableArray}}<global::Nnfs.OutputInfo> {{self}}.Outputs { get; } =
            [
                {{string.Join(",\n    ", network.Outputs.Select(Describe))}},
            ];

            // Generic code gives all inputs of a sample in one row, and all that its outputs are compared with in another; labels and indices are floats there.
            """);

        writer.WriteLine($"void global::Nnfs.INetwork.Predict({Names.Inputs}, {Names.FloatSpan} outputs) => (({self})this).Predict(inputs, outputs);\n");
        WritePredict(writer, network, self, inputs, outputs);

        if (network.HasLoss)
        {
            foreach ((string type, string name) in (ReadOnlySpan<(string, string)>)
                [("float", GeneratedMembers.Forward), ("float", GeneratedMembers.ForwardBackward), ("void", GeneratedMembers.Backward)])
            {
                WritePass(writer, network, type, name);
            }
        }
    }

    /// <summary>Writes the workspace's members of the interfaces.</summary>
    public static void WriteWorkspace(SourceWriter writer, NetworkSpec network)
    {
        const string Self = "global::Nnfs.IWorkspace";
        const string Ports = "global::Nnfs.IPortsWorkspace";

        writer.WriteLine();
        WriteJoined(writer, $"{Names.FloatSpan} {Self}.Outputs", "Outputs", network.Outputs.Select(static output => output.Name.ToPascalCase()));
        WriteJoined(writer, $"{Names.FloatSpan} {Self}.InputGradients", "InputGradients", network.Inputs.Select(static input =>
            input.Element == ElementType.Float ? $"{input.Name.ToPascalCase()}Gradients" : "default"));

        writer.WriteLine($$"""
            global::System.ReadOnlySpan<float> {{Ports}}.GetOutputs(int output) => output switch
            {
                {{string.Join("\n    ", network.Outputs.Select(static (output, i) => $"{i} => {output.Name.ToPascalCase()},"))}}
                _ => default,
            };

            float {{Ports}}.GetLoss(int output) => output switch
            {
                {{string.Join("\n    ", network.Outputs.Select(static (output, i) => (output, i)).Where(static item => item.output.Loss is not null)
                    .Select(static item => $"{item.i} => {item.output.Name.ToPascalCase()}Loss,"))}}
                _ => 0f,
            };
            """);
    }

    private static string Describe(NetworkSpec network, int input)
    {
        string vocabulary = network.TableOf(input) is { IndexLimit: { } limit } ? $", vocabulary: {limit}" : "";

        return $"new(\"{network.Inputs[input].Name}\", {network.Inputs[input].Shape.ToArgument()}{vocabulary})";
    }

    private static string Describe(OutputSpec output)
    {
        string loss = output.Loss is null ? "" : $", global::Nnfs.LayerKind.{output.Loss.Name}";
        string weight = output.Weight == 1f ? "" : $", lossWeight: {Wording.Number(output.Weight)}";

        return $"new(\"{output.Name}\", {output.Shape.ToArgument()}{loss}{weight})";
    }

    private static void WritePredict(SourceWriter writer, NetworkSpec network, string self, int inputs, int outputs)
    {
        string[] rooms = [.. network.Outputs.Select(static (_, i) => $"output{i}")];
        string[] types =
        [
            .. network.Inputs.Select(static input => GeneratedMembers.ReadOnlySpan(input.Element)),
            .. network.Outputs.Select(static _ => Names.FloatSpan),
        ];
        string arguments = string.Join(", ", InputsOf(network, "packed").Concat(rooms));

        using (writer.WriteBlock($"void {self}.Predict({Names.Inputs}, {Names.FloatSpan} outputs)"))
        {
            writer.WriteLine($"""
                int samples = {Names.Guard}.Predictions(inputs, {inputs}, outputs, {outputs});
                {Packed} packed = {Packed}.OfThread<{network.Name}>();
                {string.Join("\n", rooms.Select(static (room, i) => $"{Names.FloatSpan} {room} = packed.Outputs.Room({i}, samples);"))}
                {Call(network, GeneratedMembers.Predict, types, arguments)};
                {string.Join("\n", rooms.Select(static (room, i) => $"packed.Outputs.Write({i}, {room}, outputs);"))}
                """);
        }

        writer.WriteLine();
    }

    private static void WritePass(SourceWriter writer, NetworkSpec network, string type, string name)
    {
        TargetKind kind = network.TargetKinds[0];
        string rows = $"workspace.{Names.PackedField}";
        IEnumerable<string> targets = network.TrainedOutputs.Select((output, i) =>
            $"{rows}.Targets.{(output.Element(kind) == ElementType.Integer ? "Integers" : "Floats")}({i}, targets)");
        string[] types =
        [
            .. network.Inputs.Select(static input => GeneratedMembers.ReadOnlySpan(input.Element)),
            .. network.TrainedOutputs.Select(output => GeneratedMembers.ReadOnlySpan(output.Element(kind))),
            GeneratedMembers.Workspace,
        ];
        string arguments = string.Join(",\n    ", InputsOf(network, rows).Concat(targets).Concat(["workspace"]));
        string self = $"global::Nnfs.ITrainableNetwork<{network.Name}, Workspace>";

        using (writer.WriteBlock($"{type} {self}.{name}({Names.Inputs}, {Names.Targets}, Workspace workspace)"))
        {
            writer.WriteLine($"""
                global::System.ArgumentNullException.ThrowIfNull(workspace);

                {(type == "void" ? "" : "return ")}{Call(network, name, types, "\n    " + arguments)};
                """);
        }

        writer.WriteLine();
    }

    private static void WriteJoined(SourceWriter writer, string member, string rows, IEnumerable<string> parts)
    {
        using (writer.WriteBlock(member))
        {
            using (writer.WriteBlock("get"))
            {
                writer.WriteLine($"""
                    {Names.FloatSpan} rows = {Names.PackedField}.{rows}.Rows(_samples);
                    {string.Join("\n", parts.Select((part, i) => $"{Names.PackedField}.{rows}.Write({i}, {part}, rows);"))}

                    return rows;
                    """);
            }
        }

        writer.WriteLine();
    }

    private static IEnumerable<string> InputNames(NetworkSpec network) => network.Inputs.Select((_, i) => Signature.Input(network, i));

    private static IEnumerable<string> InputsOf(NetworkSpec network, string rows) => network.Inputs.Select((input, i) =>
        $"{rows}.Inputs.{(input.Element == ElementType.Integer ? "Integers" : "Floats")}({i}, inputs)");

    /// <summary>The call of a method of the class's own, by the name that it has.</summary>
    private static string Call(NetworkSpec network, string name, string[] types, string arguments)
    {
        string signature = string.Join(", ", types);
        string? newName = network.Conflicts.FirstOrDefault(conflict => conflict.Name == name && conflict.Parameters == signature)?.NewName;

        return $"{newName ?? name}({arguments})";
    }
}
