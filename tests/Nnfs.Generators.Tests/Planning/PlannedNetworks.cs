using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;
using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>Networks with their plans, of drawn declarations.</summary>
internal static class PlannedNetworks
{
    private const int Graphs = 300;
    private const int Chains = 200;
    private const int Normalised = 60;
    private const int Reshaped = 100;

    private static readonly Lazy<IReadOnlyList<(string Declaration, NetworkSpec Network)>> s_all = new(static () =>
    [
        .. Enumerable.Range(0, Graphs).Select(static i => RunSeed.Value + i).Select(static seed => Read(GraphDraw.Of(seed).Declaration())),
        .. Enumerable.Range(0, Chains).Select(static i => RunSeed.Value + i).Select(static seed => Read(ChainDraw.NarrowOf(seed).Declaration())),
        .. Enumerable.Range(0, Normalised).Select(static i => RunSeed.Value + i).Select(static seed => Read(NormalisedGraph(new Random(seed)))),
        .. Enumerable.Range(0, Reshaped).Select(static i => RunSeed.Value + i).Select(static seed => Read(ReshapedGraph(new Random(seed)))),
    ]);

    /// <summary>
    /// Graphs of all kinds of layers, narrow chains, of which many take samples in lanes, products with normalisations that can be folded into them,
    /// and values that are read in several shapes.
    /// </summary>
    public static IReadOnlyList<(string Declaration, NetworkSpec Network)> All => s_all.Value;

    /// <summary>Checks all of them, or some. Where one fails, the message says which and what draws it again.</summary>
    public static void Check(Action<NetworkSpec> check, Func<NetworkSpec, bool>? isMeant = null)
    {
        foreach ((string declaration, NetworkSpec network) in All.Where(pair => isMeant is null || isMeant(pair.Network)))
        {
            try
            {
                check(network);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{RunSeed.Reproduce}\n{declaration}\n{exception.Message}", exception);
            }
        }
    }

    /// <summary>The network of a declaration.</summary>
    public static (string Declaration, NetworkSpec Network) Read(string attributes)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile($"using Nnfs;\n\n{attributes}public partial class Net;\n");
        NetworkSpec? network = NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, report: null, CancellationToken.None);
        Assert.False(network?.HasErrors, attributes);

        return (attributes, network!);
    }

    /// <summary>Products, most with a normalisation after them; some are read once more, so that it cannot be folded into them.</summary>
    private static string NormalisedGraph(Random random)
    {
        string text = "[Network(5)]\n";

        for (int i = 1; i <= 3; i++)
        {
            string activation = random.Next(3) switch { 0 => ", ReLU", 1 => ", Tanh", _ => "" };
            text += string.Create(
                CultureInfo.InvariantCulture,
                $"[Dense(9), {(random.Next(5) == 0 ? "LayerNorm" : "BatchNorm")}{activation}{(random.Next(4) == 0 ? ", Dropout(0.5f)" : "")}]\n");

            if (random.Next(3) == 0)
            {
                text += string.Create(CultureInfo.InvariantCulture, $"[Dense(9), Add(\"Dense{(2 * i) - 1}\", \"Dense{2 * i}\")]\n");
            }
            else
            {
                text += "[Dense(9)]\n";
            }
        }

        return text + "[MeanSquaredError]\n";
    }

    /// <summary>Values of 12 numbers, each in some shape: layers read one of those before them as it is, or in another shape.</summary>
    private static string ReshapedGraph(Random random)
    {
        string[] layers =
        [
            "Dense(12, {0})", "Dense(12), ReLU({0})", "Dense(12), ReLU({0})", "Flatten({0})", "Reshape(3, 4, {0})", "Reshape(2, 3, 2, {0})",
            "Reshape(12, 1, {0})", "LayerNorm({0})", "BatchNorm({0})", "Softmax({0})", "Dropout(0.5f, {0})", "GELU({0})", "Linear({0})",
        ];
        string text = random.Next(2) == 0 ? "[Network(12)]\n" : "[Network(3, 4)]\n";
        int outputs = 0;

        for (int i = 1; i <= 8; i++)
        {
            string layer = layers[random.Next(layers.Length)].Replace("{0}", $"Name = \"Layer{i}\"", StringComparison.Ordinal);
            text += $"[{layer}]\n[Flatten(Name = \"Value{i}\")]\n";

            // Read as it is, too.
            if (random.Next(3) == 0)
            {
                text += $"[Dense(12, From = \"Layer{i}\", Name = \"Next{i}\")]\n[Add(\"Value{i}\", \"Next{i}\")]\n";
            }
            else if (i > 2 && random.Next(3) == 0)
            {
                text += $"[Add(\"Value{i}\", \"Value{random.Next(1, i)}\")]\n";
            }

            if (random.Next(4) == 0 || i == 8)
            {
                outputs++;
                text += $"[Dense(4, EachStep = {(random.Next(2) == 0 ? "true" : "false")})]\n[Reshape(2, 2)]\n";
                text += $"{(random.Next(3) > 0 ? "[MeanSquaredError]\n" : "")}[Output(\"y{outputs}\")]\n";
                text += i == 8 ? "" : $"[Linear(From = \"Value{i}\")]\n";
            }
        }

        return text;
    }
}
