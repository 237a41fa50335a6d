using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the methods by which generic code calls a network of indices: their inputs are floats, which are turned into indices.</summary>
internal static class IndexContractEmitter
{
    private const string Indices = "global::Nnfs.ThreadScratch.Indices(inputs)";

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        string call = Call(network, GeneratedMembers.Predict, $"{Names.FloatSpan} outputs");
        writer.WriteLine($"""

            // Generic code gives indices as floats.
            void global::Nnfs.INetwork<{network.Name}>.Predict({Names.Inputs}, {Names.FloatSpan} outputs) => {call};
            void global::Nnfs.INetwork.Predict({Names.Inputs}, {Names.FloatSpan} outputs) => {call};
            """);

        foreach (TargetKind kind in network.HasLoss ? network.TargetKinds : [])
        {
            bool takesLabels = network.Outputs[0].Target(kind) == TargetKind.Labels;
            string self = $"global::Nnfs.{(takesLabels ? "IClassifier" : "ITrainableNetwork")}<{network.Name}, Workspace>";
            string target = takesLabels ? Names.Labels : Names.Targets;

            foreach ((string type, string name) in (ReadOnlySpan<(string, string)>)
                [("float", GeneratedMembers.Forward), ("float", GeneratedMembers.ForwardBackward), ("void", GeneratedMembers.Backward)])
            {
                writer.WriteLine($"{type} {self}.{name}({Names.Inputs}, {target}, Workspace workspace) =>");
                writer.WriteLine($"    {Call(network, name, target, "Workspace workspace")};");
            }
        }

        writer.WriteLine();
    }

    /// <summary>The call of a method of the class's own, by the name that it has.</summary>
    private static string Call(NetworkSpec network, string name, params string[] parameters)
    {
        string types = string.Join(
            ", ", [GeneratedMembers.ReadOnlySpan(ElementType.Integer), .. parameters.Select(static parameter => parameter.Split(' ')[0])]);
        string? newName = network.Conflicts.FirstOrDefault(conflict => conflict.Name == name && conflict.Parameters == types)?.NewName;

        return $"{newName ?? name}({Indices}, {string.Join(", ", parameters.Select(static parameter => parameter.Split(' ')[1]))})";
    }
}
