using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Whatever is in the padding of the parameters changes nothing: neither single samples, nor batches, nor files.</summary>
public class PaddingTests
{
    private static readonly int[] s_inputs = [2, 5, 17, 40];
    private static readonly int[] s_hidden = [4, 9, 15, 16, 20, 33, 50, 63, 120];
    private static readonly int[] s_outputs = [1, 3, 10];

    [Fact]
    public void Padding_changes_nothing_in_networks_of_two_dense_layers() => Check(
        from inputs in s_inputs
        from hidden in s_hidden
        from outputs in s_outputs
        select GraphBuilder.Chain(inputs).Layer(new DenseLayer(hidden)).Layer(new ReLULayer()).Layer(new DenseLayer(outputs))
            .Output(null, outputs == 1 ? new MeanSquaredErrorLoss() : new SoftmaxCrossEntropyLoss())
            .Build(batch: 5, seed: hidden, Answers.OneHot));

    [Fact]
    public void Padding_changes_nothing_in_networks_of_three_dense_layers() => Check(
        from first in s_hidden
        from second in s_hidden
        select GraphBuilder.Chain(3).Layer(new DenseLayer(first)).Layer(new ReLULayer()).Layer(new DenseLayer(second)).Layer(new ReLULayer())
            .Layer(new DenseLayer(2)).Output(null, new SoftmaxCrossEntropyLoss())
            .Build(batch: 5, seed: first, Answers.Soft) with
        { IsPlain = (first + second) % 3 == 0 });

    private static void Check(IEnumerable<GraphCase> cases)
    {
        GraphCase[] graphs = [.. cases];
        IGraphNetwork[] networks = NetworkCompiler.Compile(graphs);
        List<string> failures = [];
        int padding = 0;

        foreach ((GraphCase graph, IGraphNetwork network) in graphs.Zip(networks))
        {
            Findings findings = new();
            Random random = new(graph.Seed);
            GraphAnswers answers = new(AreLabels: false, [], [random.Gaussians(graph.Batch * graph.OutputSize(0))]);
            padding += PaddingCheck.Run(graph, [random.Gaussians(graph.Batch * graph.Inputs[0].Size)], answers, network, findings);
            failures.AddRange(findings.Failures.Select(failure => $"{graph}: {failure}"));
        }

        Assert.True(padding > 0, "no network has padding");
        Assert.True(failures.Count == 0, $"{failures.Count}\n{string.Join("\n", failures.Take(20))}");
    }
}
