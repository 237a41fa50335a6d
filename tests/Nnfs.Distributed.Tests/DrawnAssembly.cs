using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Generators.Tests.Graphs;

namespace Nnfs.Distributed.Tests;

/// <summary>An assembly of networks that are drawn.</summary>
internal static class DrawnAssembly
{
    /// <summary>The layers of the catalogue side by side, in as many networks.</summary>
    private const int Parts = 3;

    /// <summary>Writes the assembly.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="randomNetworks">The number of networks beside those of every layer.</param>
    /// <returns>The number of networks.</returns>
    public static int Write(string path, int randomNetworks)
    {
        Random random = new(RunSeed.Value);
        TestContext.Current.TestOutputHelper?.WriteLine(RunSeed.Reproduce);
        GraphCase[] cases =
        [
            .. Enumerable.Range(0, Parts).Select(static part => EveryKind.Part(batch: 4, seed: part, part, Parts)),
            .. Draw(random).Where(static graph => graph.HasLoss && graph.ParameterCount > 0).Take(randomNetworks),
        ];

        File.WriteAllBytes(path, NetworkCompiler.Image(Path.GetFileNameWithoutExtension(path), [.. cases.Select(SourceOf)]));

        return cases.Length;
    }

    private static IEnumerable<GraphCase> Draw(Random random)
    {
        while (true)
        {
            yield return GraphDraw.Of(random.Next());
        }
    }

    private static string SourceOf(GraphCase graph, int index) => $"""
        #pragma warning disable CS1591 // What is not part of the generated code has no documentation.
        using Nnfs;

        namespace Drawn;

        {graph.Declaration()}public partial class Graph{index:00};
        """;
}
