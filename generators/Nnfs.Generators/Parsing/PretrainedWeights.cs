using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads which weights a network carries, and compares them with its layers.</summary>
internal static class PretrainedWeights
{
    private const int MostDifferences = 20;

    /// <summary>The weights that the attribute of a class names; <see langword="null"/> where it has none.</summary>
    /// <param name="type">The class.</param>
    /// <param name="layers">Its layers, which know what their tensors are called in files.</param>
    /// <param name="stages">What is made of them, which knows the shapes.</param>
    public static PretrainedSpec? Read(INamedTypeSymbol type, IReadOnlyList<LayerDeclaration> layers, IReadOnlyList<StageSpec> stages)
    {
        if (type.GetAttributes().FirstOrDefault(static attribute => attribute.IsPretrained()) is not { } attribute)
        {
            return null;
        }

        string file = attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }] ? text : "";

        return new PretrainedSpec(NameOf(file), new([.. stages.SelectMany(stage => stage.Tensors.Select(tensor => new WeightsTensor(
            $"{layers.FirstOrDefault(layer => layer.Name == stage.Name)?.StoredAs}.{tensor.Name.ToSnakeCase()}",
            WeightsTensor.Float,
            string.Join(",", tensor.Shape.Sizes))))]));
    }

    /// <summary>Whether a network can carry the weights that its attribute names, or names none.</summary>
    public static bool Fit(NetworkSpec network, EquatableArray<WeightsFile> weights) => !Faults(network, weights).Any();

    /// <summary>Reports why a network can't carry the weights that its attribute names. Where its layers have errors, these come first.</summary>
    public static void Check(
        INamedTypeSymbol type, NetworkSpec network, EquatableArray<WeightsFile> weights, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach ((DiagnosticDescriptor rule, string fault) in Faults(network, weights))
        {
            AttributeData attribute = type.GetAttributes().First(static attribute => attribute.IsPretrained());
            Location place = attribute.ArgumentLocation(KnownNames.FileParameter, cancellationToken);
            report(Diagnostic.Create(rule, place, network.Pretrained!.File, fault));
        }
    }

    private static IEnumerable<(DiagnosticDescriptor Rule, string Fault)> Faults(NetworkSpec network, EquatableArray<WeightsFile> weights)
    {
        if (network.HasErrors || network.Pretrained is not { } pretrained)
        {
            return [];
        }

        if (weights.FirstOrDefault(candidate => candidate.Name == pretrained.File) is not { } file)
        {
            string name = pretrained.File.Split('/').Last();
            string? other = weights.FirstOrDefault(candidate => candidate.Name.Split('/').Last() == name)?.Name
                ?? NearestName.Of(pretrained.File, weights.Select(static candidate => candidate.Name));
            string cure = other is null
                ? "write its path in the project, or add it to the project with <NnfsWeights Include=\"…\" />"
                : $"write '{other}'";

            return [(DiagnosticDescriptors.NoWeights, $"is not among the weights of the project; {cure}")];
        }

        return file.Fault is { } fault
            ? [(DiagnosticDescriptors.NoWeights, $"cannot be read: {fault.TrimEnd('.')}")]
            : Differences(network, pretrained, file).Select(static difference => (DiagnosticDescriptors.OtherWeights, difference));
    }

    private static List<string> Differences(NetworkSpec network, PretrainedSpec pretrained, WeightsFile file)
    {
        Dictionary<string, WeightsTensor> found = file.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);

        if (pretrained.Tensors.Count > 0 && !pretrained.Tensors.Any(tensor => found.ContainsKey(tensor.Name)))
        {
            return
            [
                $"has none of the tensors of '{network.Name}', such as '{pretrained.Tensors[0].Name}'; "
                + "load the file of another program once, with a TensorMap, and save the network",
            ];
        }

        List<string> differences = [];

        foreach (WeightsTensor tensor in pretrained.Tensors)
        {
            if (!found.TryGetValue(tensor.Name, out WeightsTensor? other))
            {
                differences.Add($"has no tensor '{tensor.Name}', but '{network.Name}' takes {tensor}");
            }
            else if (other != tensor)
            {
                differences.Add($"has {other} as '{tensor.Name}', but '{network.Name}' takes {tensor}");
            }

            found.Remove(tensor.Name);
        }

        differences.AddRange(found.Values.Select(tensor => $"has a tensor '{tensor.Name}', {tensor}, that '{network.Name}' does not take"));

        return differences.Count <= MostDifferences
            ? differences
            : [.. differences.Take(MostDifferences), $"has {differences.Count - MostDifferences} more tensors that differ"];
    }

    /// <summary>A path as the build writes it.</summary>
    private static string NameOf(string file)
    {
        string name = file.Replace('\\', '/');

        return name.StartsWith("./", StringComparison.Ordinal) ? name.Substring(2) : name;
    }
}
