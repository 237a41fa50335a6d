using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the sizes and the summary, and the interface's view of them.</summary>
internal static class ConstantsEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            string meaning = network.HasNamedPorts ? $"Values of the input {network.Inputs[i].Name} per sample."
                : network.TakesIndices ? "The number of indices of one sample."
                : "The number of features of one sample.";
            writer.WriteLine($"""
                /// <summary>{meaning}</summary>
                public const int {network.InputSizeName(i)} = {network.Inputs[i].Size};

                /// <summary>The shape of {(network.HasNamedPorts ? $"{network.Inputs[i].Name} for" : "the inputs of")} one sample.</summary>
                public static {Names.Shape} {network.InputShapeName(i)} => {network.Inputs[i].Shape.ToArgument()};

                """);
        }

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            string meaning = network.HasNamedPorts ? $"Values of the output {network.Outputs[i].Name} per sample." : "The number of outputs for one sample.";
            writer.WriteLine($"""
                /// <summary>{meaning}</summary>
                public const int {network.OutputSizeName(i)} = {network.Outputs[i].Size};

                /// <summary>The shape of {(network.HasNamedPorts ? network.Outputs[i].Name : "the outputs")} for one sample.</summary>
                public static {Names.Shape} {network.OutputShapeName(i)} => {network.Outputs[i].Shape.ToArgument()};

                """);
        }

        string graph = network.IsChain ? "" : ", and their graph as a Mermaid flowchart";

        writer.WriteLine($""""
            /// <summary>The number of weights and biases, without padding.</summary>
            public const int ParameterCount = {network.ParameterCount};

            /// <summary>The layers with their shapes, parameters and floating-point operations per sample, as a table{graph}.</summary>
            public static string Summary =>
                """
                {string.Join("\n    ", SummaryTable.Lines(network))}
                {Wording.Count(network.ParameterCount, "parameter")}, {SummaryTable.Bytes(4L * network.ParameterCount)}
                {SummaryTable.Plan(network)}
                {SummaryTable.Scratch(network)}{(network.IsChain ? "" : "\n\n    " + string.Join("\n    ", GraphPicture.Lines(network)))}
                """;
            """");
    }

    public static void WriteInterface(SourceWriter writer, NetworkSpec network)
    {
        string model = $"global::Nnfs.INetworkModel<{network.Name}>";
        string self = $"global::Nnfs.INetwork<{network.Name}>";

        writer.WriteLine($$"""
            // What generic code reads.
            static string {{model}}.Name => "{{network.MetadataName}}";
            static int {{model}}.ParameterCount => ParameterCount;
            static {{network.Name}} {{model}}.Create(global::Nnfs.NumpyRandom random) => new(random);
            """);

        if (network.HasNamedPorts)
        {
            NamedContractEmitter.WriteInterface(writer, network);
        }
        else
        {
            writer.WriteLine($"""
                static int {self}.InputSize => InputSize;
                static int {self}.OutputSize => OutputSize;
                """);
        }

        WriteRenamed(writer, network, model, self);

        if (!network.HasNamedPorts && network.TakesIndices)
        {
            IndexContractEmitter.Write(writer, network);
        }

        writer.WriteLine($$"""
            static global::System.Collections.Immutable.ImmutableArray<global::Nnfs.LayerInfo> {{model}}.Layers { get; } =
            [
                {{string.Join("\n    ", LayerList.Lines(network))}}
            ];
            """);
    }

    /// <summary>The interface's members that the class's own implement by their names, where a member of the user's has that name.</summary>
    private static void WriteRenamed(SourceWriter writer, NetworkSpec network, string model, string self)
    {
        foreach (MemberConflict conflict in network.Conflicts.Where(static conflict => conflict.NewName is not null))
        {
            string? member = conflict.Name switch
            {
                GeneratedMembers.Parameters => $"{Names.FloatSpan} {model}.Parameters => {conflict.NewName};",
                GeneratedMembers.Summary => $"static string {model}.Summary => {conflict.NewName};",
                GeneratedMembers.InputShape when !network.HasNamedPorts => $"static {Names.Shape} {self}.InputShape => {conflict.NewName};",
                GeneratedMembers.OutputShape when !network.HasNamedPorts => $"static {Names.Shape} {self}.OutputShape => {conflict.NewName};",
                GeneratedMembers.Predict when network.TakesFloats =>
                    $"void {self}.Predict({Names.Inputs}, {Names.FloatSpan} outputs) => {conflict.NewName}(inputs, outputs);",
                _ => null,
            };

            if (member is not null)
            {
                writer.WriteLine(member);
            }

            if (network.HasWorkspaceContract)
            {
                WriteRenamedOfTraining(writer, network, conflict);
            }
        }
    }

    private static void WriteRenamedOfTraining(SourceWriter writer, NetworkSpec network, MemberConflict conflict)
    {
        const string Pass = "Workspace workspace";
        string trainable = $"global::Nnfs.ITrainableNetwork<{network.Name}, Workspace>";
        string classifier = $"global::Nnfs.IClassifier<{network.Name}, Workspace>";

        (string Type, string Name, string[] Parameters)[] members =
        [
            (GeneratedMembers.Workspace, GeneratedMembers.CreateWorkspace, ["int batchSize"]),
            (GeneratedMembers.Workspace, GeneratedMembers.CreateWorkspace, ["int batchSize", "int threads"]),
            ("float", GeneratedMembers.Forward, [Names.Inputs, Names.Labels, Pass]),
            ("float", GeneratedMembers.Forward, [Names.Inputs, Names.Targets, Pass]),
            ("void", GeneratedMembers.Backward, [Names.Inputs, Names.Labels, Pass]),
            ("void", GeneratedMembers.Backward, [Names.Inputs, Names.Targets, Pass]),
            ("float", GeneratedMembers.ForwardBackward, [Names.Inputs, Names.Labels, Pass]),
            ("float", GeneratedMembers.ForwardBackward, [Names.Inputs, Names.Targets, Pass]),
        ];

        foreach ((string type, string name, string[] parameters) in members.Where(member => member.Name == conflict.Name))
        {
            // The passes of a network with several inputs or outputs are not those of the interface.
            if (network.HasNamedPorts && parameters.Contains(Pass))
            {
                continue;
            }

            bool takesLabels = parameters.Contains(Names.Labels);
            string self = takesLabels ? classifier : trainable;

            if ((takesLabels && !network.Outputs[0].TakesLabels) || (network.TakesIndices && parameters.Contains(Names.Inputs)))
            {
                continue;
            }

            if (conflict.Parameters is null || conflict.Parameters == string.Join(", ", parameters.Select(static parameter => parameter.Split(' ')[0])))
            {
                string arguments = string.Join(", ", parameters.Select(static parameter => parameter.Split(' ')[1]));
                writer.WriteLine($"{type} {self}.{name}({string.Join(", ", parameters)}) => {conflict.NewName}({arguments});");
            }
        }
    }
}
