using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using Nnfs.Generators.Models;
using Nnfs.Generators.Tests.Planning;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Generated graphs of every layer and loss against the float64 reference, and that against finite differences.</summary>
public class GraphGradientTests(ITestOutputHelper output)
{
    private const int Drawn = 110;

    private static readonly GraphCase[] s_compact =
    [
        .. AwkwardChains.All, .. AwkwardGraphs.All, .. AwkwardShapes.All, .. AwkwardImages.All, .. AwkwardSequences.All, .. AwkwardAttention.All,
        .. AwkwardRecurrent.All, .. AwkwardStreams.All, .. AwkwardParts.All,
    ];

    /// <summary>Those of several layers are written plainly too, but for the chains, which differ in their sizes.</summary>
    private static readonly GraphCase[] s_awkward =
    [
        .. s_compact,
        .. AwkwardGraphs.All.Concat(AwkwardShapes.All).Concat(AwkwardImages.All).Concat(AwkwardSequences.All).Concat(AwkwardRecurrent.All)
            .Where(static graph => graph.Layers.Length > 1)
            .Select(static graph => graph with { IsPlain = true }),
    ];

    private static readonly Lazy<IGraphNetwork[]> s_awkwardNetworks = new(static () => NetworkCompiler.Compile(s_awkward));

    public static TheoryData<int, string> AwkwardCases => [.. s_awkward.Select(static (graph, i) => (i, graph.ToString()))];

    [Theory]
    [MemberData(nameof(AwkwardCases))]
    public void Awkward_graph_agrees_with_the_reference(int index, string description)
    {
        GraphCase graph = s_awkward[index];
        GraphBatch? batch = GraphBatch.Draw(graph, new Random(graph.Seed));
        Assert.NotNull(batch);
        Findings findings = GraphCheck.Run(graph, batch, s_awkwardNetworks.Value[index]);

        Assert.True(findings.Failures.Count == 0, $"{description}\n{string.Join("\n", findings.Failures.Take(10))}");

        // Of a softmax of one class there are none: it is 1, whatever its logit is.
        Assert.True(findings.Differences > 0 || graph.OutputSize(0) == 1, "no finite difference was taken");
    }

    /// <summary>What plans decide is among the graphs that are checked, so that a change of the plans leaves none of it unchecked.</summary>
    [Fact]
    public void Awkward_graphs_have_everything_that_takes_samples_in_lanes_or_in_parts()
    {
        (GraphCase Graph, NetworkSpec Network)[] all = [.. s_compact.Select(static graph => (graph, PlannedNetworks.Read(graph.Declaration()).Network))];
        (GraphCase Graph, NetworkSpec Network)[] lanes = [.. all.Where(static pair => pair.Network.Plan == NetworkPlan.Lanes)];

        foreach (ReferenceLayer activation in LayerEntries.All.Where(static entry => entry.IsActivation).SelectMany(static entry => entry.Examples))
        {
            // Without a function there is nothing between two layers.
            Assert.Equal(
                activation.Entry != LinearLayer.Kind,
                lanes.Any(pair => pair.Network.Plans.TileTail is not null && pair.Graph.Layers[^2].Layer == activation));
            Assert.Contains(lanes, pair => pair.Network.Plans.SampleTail is { First: 0 } && pair.Graph.Layers.Count(layer => layer.Layer == activation) == 3);
        }

        // Normalisations, images, sequences and indices take rows.
        Assert.Equal(
            LayerEntries.All
                .Where(static kind => kind.ExampleShape is { Rank: > 1 } || kind.ReadsIndices)
                .Concat([BatchNormLayer.Kind, LayerNormLayer.Kind, RMSNormLayer.Kind])
                .OrderBy(static kind => kind.Name),
            LayerEntries.All.Where(kind => !lanes.Any(pair => pair.Graph.Layers.Any(layer => layer.Entry == kind))).OrderBy(static kind => kind.Name));
        Assert.All(LossEntries.All, loss => Assert.Contains(lanes, pair => pair.Graph.Outputs.Any(output => output.Loss?.Entry == loss)));
        Assert.Contains(lanes, static pair => !pair.Graph.HasLoss);
        Assert.Contains(lanes, static pair => pair.Graph.Inputs.Length > 1 && pair.Graph.Outputs.Length > 1);
        Assert.Contains(lanes, static pair => pair.Graph.Layers.Any(static layer => layer.Output.Rank > 1));

        // Two parts and some samples more, with each of these in lanes and in rows.
        foreach (NetworkPlan plan in (NetworkPlan[])[NetworkPlan.Lanes, NetworkPlan.Rows])
        {
            GraphCase[] parts =
            [
                .. all.Where(pair => pair.Network.Plan == plan && pair.Network.PartSamples is { } part && pair.Graph.Batch > 2 * part)
                    .Select(static pair => pair.Graph),
            ];

            Assert.Contains(parts, static graph => graph.IsTyped);
            Assert.Contains(parts, static graph => graph.IsRandom);
            Assert.Contains(parts, static graph => graph.HasPenalties);
            Assert.Contains(parts, static graph => graph.Outputs.Any(static output => output.Loss is SoftmaxCrossEntropyLoss { LabelSmoothing: > 0 }));
            Assert.Contains(parts, static graph => graph.Outputs.Any(static output => output.Loss is { Weight: not 1 }));
            Assert.Contains(parts, static graph => graph.Outputs.Any(static output => output.Loss is null));
        }
    }

    [Fact]
    public void Random_graphs_agree_with_the_reference() => CheckDrawn(GraphDraw.Of);

    [Fact]
    public void Random_chains_agree_with_the_reference() => CheckDrawn(ChainDraw.Of);

    private void CheckDrawn(Func<int, GraphCase> draw)
    {
        Random seeds = new(RunSeed.Value);
        List<(GraphCase Graph, GraphBatch Batch)> cases = [];
        int unfit = 0;

        while (cases.Count < Drawn)
        {
            GraphCase graph = draw(seeds.Next());

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

        // Were they few, the reference would stay unchecked; were these many, the kernels.
        Assert.True(
            all.SharpDifferences > all.Differences / 2, $"{RunSeed.Reproduce}: only {all.SharpDifferences} of {all.Differences} finite differences are sharp.");
        Assert.True(unfit < Drawn / 2, $"{RunSeed.Reproduce}: {unfit} graphs are unfit for float32.");
    }

    private static Findings[] Check(List<(GraphCase Graph, GraphBatch Batch)> cases)
    {
        IGraphNetwork[] networks = NetworkCompiler.Compile(cases.Select(static pair => pair.Graph));
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
