using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The descriptions of a network's inputs, layers and outputs that generic code reads.</summary>
internal static class LayerList
{
    public static IEnumerable<string> Lines(NetworkSpec network) => network.StatesEmptyLists ? All(network).Select(WithTensors) : All(network);

    private static IEnumerable<string> All(NetworkSpec network)
    {
        string previous = network.Inputs[0].Name;

        foreach (InputSpec input in network.Inputs.Where(static input => input.IsDeclared))
        {
            yield return LayerFacts.Plain(input.Name, "Input", input.Shape, input.Shape);
            previous = input.Name;
        }

        foreach (StageSpec stage in network.Stages)
        {
            string sources = Sources(network, stage.Sources, previous);
            bool isStated = network.StatesEmptyLists && sources.Length == 0 && stage.Tensors.Count > 0;

            foreach (string line in stage.Describe(isStated ? "[]" : sources))
            {
                yield return line;
            }

            previous = stage.OutputName;
        }

        foreach (OutputSpec output in network.Outputs)
        {
            EquatableArray<int> source = new([output.Source]);

            if (network.Outputs.Any(static other => other.IsDeclared))
            {
                yield return Describe(output, output.Name, output.Loss?.Name ?? "Output", Sources(network, source, previous: ""));
            }
            else if (output.Loss is { } loss)
            {
                yield return Describe(output, loss.Name, loss.Name, Sources(network, source, previous));
            }
        }
    }

    /// <summary>A description that states the tensors, of which layers without parameters have none.</summary>
    private static string WithTensors(string line) =>
        line.StartsWith("new(", StringComparison.Ordinal) ? line.Insert(line.IndexOf(')'), ", tensors: []") : line;

    private static string Describe(OutputSpec output, string name, string kind, string sources) =>
        LayerFacts.Plain(name, kind, output.Shape, output.Shape, sources, output.Loss?.Setting ?? 0f);

    /// <summary>The names of what a layer reads, as a list; nothing where that is what comes before it.</summary>
    private static string Sources(NetworkSpec network, EquatableArray<int> sources, string previous)
    {
        string[] names = [.. sources.Select(network.NameOf)];

        return names is [var only] && only == previous ? "" : $"[{string.Join(", ", names.Select(static name => $"\"{name}\""))}]";
    }
}
