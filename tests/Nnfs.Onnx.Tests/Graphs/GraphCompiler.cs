using System.Reflection;
using Nnfs.Generators.Tests.Gradients;

namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>Writes the C# of networks, and makes them.</summary>
internal static class GraphCompiler
{
    /// <summary>The networks, in the order of the cases.</summary>
    public static IGraph[] Compile(IReadOnlyList<GraphCase> cases)
    {
        Assembly assembly = NetworkCompiler.CompileSources([.. cases.Select(Source)]);

        return [.. cases.Select((_, i) => (IGraph)Activator.CreateInstance(assembly.GetType($"Graphs.Adapter{i}", throwOnError: true)!)!)];
    }

    private static string Source(GraphCase graph, int index)
    {
        IEnumerable<string> arguments = [.. graph.Inputs.Select(static (_, i) => $"inputs[{i}]"), .. graph.Outputs.Select(static (_, i) => $"outputs[{i}]")];

        return $$"""
            using Nnfs;
            using Nnfs.Onnx.Tests.Graphs;

            namespace Graphs;

            {{graph.Declaration}}
            public partial class Network{{index}};

            #pragma warning disable CS1591 // What is no part of the generated code has no documentation.

            public sealed class Adapter{{index}} : Graph<Network{{index}}>
            {
                public override void Predict(float[][] inputs, float[][] outputs) => Network.Predict({{string.Join(", ", arguments)}});
            }
            """;
    }
}
