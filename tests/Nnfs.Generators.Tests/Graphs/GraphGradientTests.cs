using Nnfs.Generators.Tests.Drawing;
using Nnfs.Generators.Tests.Gradients;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Generated graphs of every layer and loss against a plain float64 reference, and that against finite differences.</summary>
public class GraphGradientTests(ITestOutputHelper output)
{
    private const int GraphCount = 110;

    private static readonly GraphCase[] s_awkward =
    [
        // Gradients that are computed of the only input, which a workspace does not keep: with parameters behind it and before it.
        new GraphBuilder().Input(5).Layer(GraphLayerKind.GELU).Layer(GraphLayerKind.Dense, 3).Output(null, GraphLossKind.MeanSquaredError).Build(7, seed: 1),
        new GraphBuilder().Input(5).Layer(GraphLayerKind.LayerNorm).Layer(GraphLayerKind.SiLU).Output(null, GraphLossKind.None).Build(5, seed: 2),
        new GraphBuilder().Input(5)
            .Layer(GraphLayerKind.BatchNorm)
            .Layer(GraphLayerKind.Dense, 4)
            .Output(null, GraphLossKind.Huber, setting: 1)
            .Build(9, seed: 3),
        new GraphBuilder().Input(6, "x")
            .Layer(GraphLayerKind.Dense, 6)
            .Layer(GraphLayerKind.Sigmoid)
            .Layer(GraphLayerKind.Multiply, from: ["x", "Sigmoid1", "x"])
            .Output("y", GraphLossKind.MeanAbsoluteError).Build(6, seed: 4),
        new GraphBuilder().Input(300, "x")
            .Layer(GraphLayerKind.Dense, 300)
            .Layer(GraphLayerKind.Sigmoid)
            .Layer(GraphLayerKind.Multiply, from: ["x", "Sigmoid1"])
            .Output("y", GraphLossKind.MeanSquaredError).Build(40, seed: 5),

        // An input that only an output without a loss depends on.
        new GraphBuilder().Input(4, "x")
            .Layer(GraphLayerKind.Dense, 3)
            .Output("trained", GraphLossKind.MeanSquaredError)
            .Input(5, "z")
            .Layer(GraphLayerKind.Dense, 2)
            .Output("free", GraphLossKind.None).Build(6, seed: 6),

        // An output that takes no scratch memory, before a layer that works in place.
        new GraphBuilder().Input(6, "x").Layer(GraphLayerKind.Add, from: ["x", "x"]).Output("a", GraphLossKind.MeanSquaredError)
            .Layer(GraphLayerKind.Dense, 8, from: ["x"])
            .Layer(GraphLayerKind.SiLU)
            .Layer(GraphLayerKind.Dense, 58)
            .Layer(GraphLayerKind.Concat, from: ["x", "Dense2"])
            .Output("b", GraphLossKind.SoftmaxCrossEntropy).Build(12, seed: 7, takesLabels: true),

        // Small chains whose samples would lie in lanes but for the weight of the loss, and one with penalties where they do.
        new GraphBuilder().Input(4).Layer(GraphLayerKind.Dense, 8, penalty: (0.01f, 0.02f)).Layer(GraphLayerKind.ReLU).Layer(GraphLayerKind.Dense, 3)
            .Output(null, GraphLossKind.SoftmaxCrossEntropy, weight: 0.5f).Build(19, seed: 8, takesLabels: true),
        new GraphBuilder().Input(20).Layer(GraphLayerKind.Dense, 30).Layer(GraphLayerKind.ReLU).Layer(GraphLayerKind.Dense, 3, penalty: (0, 0.02f))
            .Output(null, GraphLossKind.SoftmaxCrossEntropy, weight: 2f).Build(19, seed: 9),
        new GraphBuilder().Input(20).Layer(GraphLayerKind.Dense, 30).Layer(GraphLayerKind.ReLU).Layer(GraphLayerKind.Dense, 3, penalty: (0.01f, 0.02f))
            .Output(null, GraphLossKind.SoftmaxCrossEntropy).Build(70, seed: 17),

        // One value twice in each join, and a value that every layer reads.
        new GraphBuilder().Input(7, "x")
            .Layer(GraphLayerKind.Dense, 9)
            .Layer(GraphLayerKind.Tanh)
            .Layer(GraphLayerKind.Multiply, from: ["Tanh1", "Tanh1", "Tanh1"])
            .Layer(GraphLayerKind.Add, from: ["Tanh1", "Multiply1", "Tanh1"]).Layer(GraphLayerKind.Concat, from: ["Add1", "Tanh1", "Add1", "x"])
            .Output("only", GraphLossKind.SigmoidBinaryCrossEntropy).Build(17, seed: 10, takesLabels: true),

        // Two losses and no loss of one layer, which is read on.
        new GraphBuilder().Input(6)
            .Layer(GraphLayerKind.Dense, 5)
            .Layer(GraphLayerKind.Softmax)
            .Output("a", GraphLossKind.CategoricalCrossEntropy, weight: 0.3f)
            .Output("b", GraphLossKind.MeanSquaredError, weight: 2).Output("c", GraphLossKind.None).Layer(GraphLayerKind.Dense, 4).Layer(GraphLayerKind.ReLU)
            .Output("d", GraphLossKind.Huber, setting: 0.5f).Build(11, seed: 11, takesLabels: true),

        // Batches of one and of two samples through a batch normalisation, and a layer normalisation of one value and of two.
        new GraphBuilder().Input(5).Layer(GraphLayerKind.Dense, 4).Layer(GraphLayerKind.BatchNorm).Layer(GraphLayerKind.Tanh).Layer(GraphLayerKind.Dense, 2)
            .Output(null, GraphLossKind.MeanSquaredError).Build(1, seed: 12),
        new GraphBuilder().Input(5)
            .Layer(GraphLayerKind.Dense, 4)
            .Layer(GraphLayerKind.BatchNorm, setting: 0.1f)
            .Layer(GraphLayerKind.Tanh)
            .Layer(GraphLayerKind.Dense, 2)
            .Output(null, GraphLossKind.MeanSquaredError).Build(2, seed: 13),
        new GraphBuilder().Input(5)
            .Layer(GraphLayerKind.Dense, 1)
            .Layer(GraphLayerKind.LayerNorm)
            .Layer(GraphLayerKind.Dense, 2)
            .Layer(GraphLayerKind.LayerNorm, setting: 0.1f)
            .Output(null, GraphLossKind.MeanSquaredError).Build(3, seed: 14),

        // A normalisation without a mean of the only input, and of one value and of two.
        new GraphBuilder().Input(5).Layer(GraphLayerKind.RMSNorm).Layer(GraphLayerKind.HardSwish).Output(null, GraphLossKind.None).Build(5, seed: 18),
        new GraphBuilder().Input(5).Layer(GraphLayerKind.Dense, 1).Layer(GraphLayerKind.RMSNorm).Layer(GraphLayerKind.Dense, 2)
            .Layer(GraphLayerKind.RMSNorm, setting: 0.1f).Output(null, GraphLossKind.MeanSquaredError).Build(3, seed: 19),

        // Enough work for several threads, with the masks and the normalisations that depend on where a part starts.
        new GraphBuilder().Input(80, "x").Input(33, "z").Layer(GraphLayerKind.Concat, from: ["x", "z"]).Layer(GraphLayerKind.Dropout, setting: 0.2f)
            .Layer(GraphLayerKind.Dense, 130, penalty: (1e-4f, 1e-3f))
            .Layer(GraphLayerKind.LayerNorm)
            .Layer(GraphLayerKind.GELU)
            .Layer(GraphLayerKind.Dropout, setting: 0.4f)
            .Layer(GraphLayerKind.Dense, 130).Layer(GraphLayerKind.Add, from: ["Dense2", "GELU1"]).Layer(GraphLayerKind.Dense, 10)
            .Output("a", GraphLossKind.SoftmaxCrossEntropy, setting: 0.1f)
            .Layer(GraphLayerKind.Dense, 3, from: ["Add1"])
            .Output("b", GraphLossKind.MeanSquaredError, weight: 0.5f)
            .Build(70, seed: 15, takesLabels: true),
        new GraphBuilder().Input(90)
            .Layer(GraphLayerKind.Dense, 140)
            .Layer(GraphLayerKind.BatchNorm)
            .Layer(GraphLayerKind.ELU, setting: 1)
            .Layer(GraphLayerKind.Dropout, setting: 0.3f)
            .Layer(GraphLayerKind.Dense, 140).Layer(GraphLayerKind.Sigmoid).Layer(GraphLayerKind.Dense, 4).Output(null, GraphLossKind.SigmoidBinaryCrossEntropy)
            .Build(70, seed: 16, takesLabels: true),
    ];

    private static readonly Lazy<IGraphNetwork[]> s_awkwardNetworks = new(static () => Compile(s_awkward));

    public static TheoryData<int, string> AwkwardGraphs => [.. s_awkward.Select(static (graph, i) => (i, graph.ToString()))];

    [Theory]
    [MemberData(nameof(AwkwardGraphs))]
    public void Awkward_graph_agrees_with_the_reference(int index, string description)
    {
        GraphCase graph = s_awkward[index];
        GraphBatch? batch = GraphBatch.Draw(graph, new Random(graph.Seed));
        Assert.NotNull(batch);
        Findings findings = GraphCheck.Run(graph, batch, s_awkwardNetworks.Value[index]);

        Assert.True(findings.Failures.Count == 0, $"{description}\n{string.Join("\n", findings.Failures.Take(10))}");
        Assert.True(findings.Differences > 0, "no finite difference was taken");
    }

    [Fact]
    public void Random_graphs_agree_with_the_reference()
    {
        Random seeds = new(RunSeed.Value);
        List<(GraphCase Graph, GraphBatch Batch)> cases = [];
        int unfit = 0;

        while (cases.Count < GraphCount)
        {
            GraphCase graph = GraphCases.Of(seeds.Next());

            if (GraphBatch.Draw(graph, new Random(graph.Seed)) is { } batch)
            {
                cases.Add((graph, batch));
            }
            else
            {
                unfit++;
            }
        }

        Findings[] findings = Check(cases);
        Findings all = new();
        Array.ForEach(findings, all.Add);
        output.WriteLine($"{unfit} graphs are unfit for float32. {all}");

        // The smallest graphs first: they are the easiest to look into.
        string[] failures =
        [
            .. cases.Zip(findings)
                .Where(static pair => pair.Second.Failures.Count > 0)
                .OrderBy(static pair => pair.First.Graph.Layers.Length)
                .Take(10)
                .Select(static pair => $"{pair.First.Graph}\n    {string.Join("\n    ", pair.Second.Failures.Take(5))}"),
        ];

        Assert.True(failures.Length == 0, $"{RunSeed.Reproduce}\n{string.Join("\n", failures)}");

        // Were they few, the reference would stand unchecked; were these many, the kernels.
        Assert.True(
            all.SharpDifferences > all.Differences / 2, $"{RunSeed.Reproduce}: only {all.SharpDifferences} of {all.Differences} finite differences are sharp.");
        Assert.True(unfit < GraphCount / 2, $"{RunSeed.Reproduce}: {unfit} graphs are unfit for float32.");
    }

    private static IGraphNetwork[] Compile(IEnumerable<GraphCase> graphs) =>
        NetworkCompiler.Compile<IGraphNetwork>(graphs.Select(GraphSource.Of), GraphSource.AdapterName);

    private static Findings[] Check(List<(GraphCase Graph, GraphBatch Batch)> cases)
    {
        IGraphNetwork[] networks = Compile(cases.Select(static pair => pair.Graph));
        Findings[] findings = new Findings[cases.Count];

        // The first call of a kernel waits for its compilation, which the thread pool would answer with more threads than processors.
        Parallel.For(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => findings[i] = GraphCheck.Run(cases[i].Graph, cases[i].Batch, networks[i]));

        return findings;
    }
}
