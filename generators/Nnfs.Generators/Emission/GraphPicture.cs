using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The graph of a network as a Mermaid flowchart: a box for each stage, an arrow for each value with its size.</summary>
internal static class GraphPicture
{
    public static IEnumerable<string> Lines(NetworkSpec network)
    {
        yield return "flowchart TD";

        for (int i = 0; i < network.Inputs.Count; i++)
        {
            yield return $"    i{i}([\"{network.Inputs[i].Name}\"])";
        }

        for (int i = 0; i < network.Stages.Count; i++)
        {
            yield return $"    s{i}[\"{network.Stages[i].Title}\"]";

            foreach (int source in network.Stages[i].Sources)
            {
                yield return $"    {Node(source)} -- {network.ShapeOf(source)} --> s{i}";
            }
        }

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            yield return $"    o{i}([\"{output.Name}{(output.Loss is { } loss ? $": {loss.Name}" : "")}\"])";
            yield return $"    {Node(output.Source)} -- {output.Shape} --> o{i}";
        }
    }

    private static string Node(int source) => source >= 0 ? $"s{source}" : $"i{~source}";
}
