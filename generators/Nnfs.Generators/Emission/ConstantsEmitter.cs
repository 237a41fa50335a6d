using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the sizes and the summary, and the interface's view of them.</summary>
internal static class ConstantsEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($""""
            /// <summary>The number of features of one sample.</summary>
            public const int InputSize = {network.InputSize};

            /// <summary>The number of outputs for one sample.</summary>
            public const int OutputSize = {network.OutputSize};

            /// <summary>The number of weights and biases, without padding.</summary>
            public const int ParameterCount = {network.ParameterCount};

            /// <summary>The layers with their shapes, parameters and floating-point operations per sample, as a table.</summary>
            public static string Summary =>
                """
                {string.Join("\n    ", SummaryTable.Lines(network))}
                {Names.Count(network.ParameterCount, "parameter")}, {SummaryTable.Bytes(4L * network.ParameterCount)}
                {SummaryTable.Plan(network)}
                """;

            """");
    }

    public static void WriteInterface(SourceWriter writer, NetworkSpec network)
    {
        string self = $"global::Nnfs.INetwork<{network.Name}>";

        writer.WriteLine($$"""

            /// <inheritdoc/>
            static string {{self}}.Name => "{{network.MetadataName}}";

            /// <inheritdoc/>
            static global::System.Collections.Immutable.ImmutableArray<global::Nnfs.LayerInfo> {{self}}.Layers { get; } =
            [
                {{string.Join("\n    ", Layers(network))}}
            ];

            /// <inheritdoc/>
            static int {{self}}.InputSize => InputSize;

            /// <inheritdoc/>
            static int {{self}}.OutputSize => OutputSize;

            /// <inheritdoc/>
            static int {{self}}.ParameterCount => ParameterCount;

            /// <inheritdoc/>
            static string {{self}}.Summary => Summary;

            /// <inheritdoc/>
            static {{network.Name}} {{self}}.Create(global::Nnfs.NumpyRandom random) => new(random);
            """);

        WriteRenamed(writer, network, self);
    }

    /// <summary>The interface's members that the class's own implement by their names, where a member of the user's has that name.</summary>
    private static void WriteRenamed(SourceWriter writer, NetworkSpec network, string self)
    {
        foreach (MemberConflict conflict in network.Conflicts.Where(static conflict => conflict.NewName is not null))
        {
            string? member = conflict.Name switch
            {
                "Parameters" => $"{Names.FloatSpan} {self}.Parameters => {conflict.NewName};",
                "Predict" => $"void {self}.Predict({Names.Inputs}, {Names.FloatSpan} outputs) => {conflict.NewName}(inputs, outputs);",
                _ => null,
            };

            if (member is not null)
            {
                WriteInherited(writer, member);
            }

            if (network.Loss != LossKind.None)
            {
                WriteRenamedOfTraining(writer, network, conflict);
            }
        }
    }

    private static void WriteRenamedOfTraining(SourceWriter writer, NetworkSpec network, MemberConflict conflict)
    {
        const string Workspace = "Workspace workspace";
        string self = $"global::Nnfs.ITrainableNetwork<{network.Name}, Workspace>";

        (string Type, string Name, string[] Parameters)[] members =
        [
            ("Workspace", "CreateWorkspace", ["int batchSize"]),
            ("Workspace", "CreateWorkspace", ["int batchSize", "int threads"]),
            ("float", "Forward", [Names.Inputs, Names.Labels, Workspace]),
            ("float", "Forward", [Names.Inputs, Names.Targets, Workspace]),
            ("void", "Backward", [Names.Inputs, Names.Labels, Workspace]),
            ("void", "Backward", [Names.Inputs, Names.Targets, Workspace]),
            ("float", "ForwardBackward", [Names.Inputs, Names.Labels, Workspace]),
            ("float", "ForwardBackward", [Names.Inputs, Names.Targets, Workspace]),
        ];

        foreach ((string type, string name, string[] parameters) in members.Where(member => member.Name == conflict.Name))
        {
            if (conflict.Parameters is null || conflict.Parameters == string.Join(", ", parameters.Select(static parameter => parameter.Split(' ')[0])))
            {
                string arguments = string.Join(", ", parameters.Select(static parameter => parameter.Split(' ')[1]));
                WriteInherited(writer, $"{type} {self}.{name}({string.Join(", ", parameters)}) => {conflict.NewName}({arguments});");
            }
        }
    }

    private static void WriteInherited(SourceWriter writer, string member) => writer.WriteLine($"""

        /// <inheritdoc/>
        {member}
        """);

    private static IEnumerable<string> Layers(NetworkSpec network)
    {
        foreach (StageSpec stage in network.Stages)
        {
            switch (stage)
            {
                case DenseSpec dense:
                    yield return
                        $"global::Nnfs.LayerInfo.Dense(\"{dense.Name}\", \"{dense.StoredAs}\", inputs: {dense.Inputs}, neurons: {dense.Outputs}, " +
                        $"weights: {dense.WeightsOffset}, {Names.WeightStrides(dense)}, biases: {dense.BiasesOffset}),";

                    if (dense.ReLUName is { } fused)
                    {
                        yield return Layer(fused, "ReLU", dense.Outputs);
                    }

                    break;

                case ReLUSpec relu:
                    yield return Layer(relu.Name, "ReLU", relu.Size);
                    break;

                case SoftmaxSpec softmax:
                    yield return Layer(softmax.Name, "Softmax", softmax.Classes);
                    break;
            }
        }

        if (network.Loss != LossKind.None)
        {
            yield return Layer($"{network.Loss}", $"{network.Loss}", network.OutputSize);
        }
    }

    private static string Layer(string name, string kind, int size) =>
        $"new(\"{name}\", global::Nnfs.LayerKind.{kind}, inputs: {size}, outputs: {size}),";
}
