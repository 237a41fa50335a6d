using Nnfs.Catalogue;
using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using Nnfs.Generators.Tests.Graphs;
using Nnfs.Onnx.Tests.Graphs;

namespace Nnfs.Onnx.Tests;

/// <summary>Every layer, loss and join of the catalogue in ONNX Runtime, and graphs of them.</summary>
public sealed class GraphTests(ITestOutputHelper output)
{
    private const int RandomGraphs = 50;
    private const int Samples = 7;

    [Fact]
    public void Every_layer_gives_what_the_reference_gives() => Check(
        [.. LayerEntries.All.SelectMany(static entry => entry.Examples).SelectMany(static layer => layer.Entry.IsJoin ? Joined(layer) : Placed(layer))]);

    [Fact]
    public void Every_loss_gives_what_the_reference_gives() => Check([.. LossEntries.All.SelectMany(static entry => entry.Examples).SelectMany(Closed)]);

    [Fact]
    public void Joins_read_their_sources_by_name() => Check(
        Start(6).Layer(new DenseLayer(8), name: "A").Layer(new TanhLayer(), name: "B").Layer(new DenseLayer(8), name: "C")
            .Layer(new AddLayer(), ["B", "C"]).Output(null, loss: null),
        Start(6).Layer(new DenseLayer(8)).Layer(new TanhLayer(), name: "B").Layer(new DenseLayer(8), name: "C").Layer(new SigmoidLayer(), name: "D")
            .Layer(new DenseLayer(8), ["B"], name: "E").Layer(new MultiplyLayer(), ["D", "E", "B"]).Output(null, loss: null),
        Start(6).Layer(new DenseLayer(3)).Layer(new TanhLayer(), name: "B").Layer(new DenseLayer(7), name: "C").Layer(new ConcatLayer(), ["C", "B", "C"])
            .Layer(new DenseLayer(2)).Output(null, loss: null),
        Start(6).Layer(new DenseLayer(3)).Layer(new TanhLayer(), name: "B").Layer(new MultiplyLayer(), ["B", "B", "B", "B"])
            .Layer(new DenseLayer(2)).Output(null, new MeanSquaredErrorLoss()));

    [Fact]
    public void Deep_residual_blocks_give_what_the_reference_gives()
    {
        GraphBuilder graph = Start(5).Layer(new DenseLayer(12), name: "Sum0");

        for (int block = 1; block <= 10; block++)
        {
            graph.Layer(new LayerNormLayer()).Layer(new DenseLayer(12)).Layer(new SiLULayer()).Layer(new DenseLayer(12), name: $"Step{block}")
                .Layer(new AddLayer(), [$"Sum{block - 1}", $"Step{block}"], name: $"Sum{block}");
        }

        Check(graph.Layer(new DenseLayer(3)).Output(null, new SoftmaxCrossEntropyLoss()));
    }

    [Fact]
    public void Several_inputs_and_outputs_keep_their_names() => Check(
        new GraphBuilder().Input(8, "state").Input(3, "extra").Layer(new ConcatLayer(), ["state", "extra"]).Layer(new DenseLayer(16))
            .Layer(new TanhLayer(), name: "Trunk").Layer(new DenseLayer(16)).Layer(new AddLayer(), ["Trunk", "Dense2"]).Layer(new GELULayer())
            .Layer(new DenseLayer(4)).Output("policy", new SoftmaxCrossEntropyLoss(0.1f))
            .Layer(new DenseLayer(16), ["Trunk"]).Layer(new MultiplyLayer(), ["Dense4", "GELU1"]).Layer(new DenseLayer(1))
            .Output("value", new MeanSquaredErrorLoss { Weight = 0.5f }),
        Start(5).Layer(new DenseLayer(7)).Layer(new ReLULayer(), name: "Trunk").Output("features", loss: null)
            .Layer(new DenseLayer(2)).Output("flags", new SigmoidBinaryCrossEntropyLoss())
            .Layer(new DenseLayer(3), ["Trunk"]).Output("Größe", loss: null),
        new GraphBuilder().Input(4, "left").Layer(new DenseLayer(6), name: "L").Input(2, "right").Layer(new DenseLayer(6), name: "R")
            .Layer(new AddLayer(), ["L", "R"]).Layer(new SigmoidLayer()).Output(null, new BinaryCrossEntropyLoss()));

    /// <summary>Samples of several dimensions: the layers that change shapes, and those that work on the last dimension.</summary>
    [Fact]
    public void Shapes_are_those_of_the_network() => Check(
        Start(4, 3, 2).Layer(new FlattenLayer()).Layer(new DenseLayer(5)).Output(null, loss: null),
        Start(4, 3, 2).Layer(new DenseLayer(5)).Layer(new ReLULayer()).Output(null, loss: null),
        Start(6).Layer(new ReshapeLayer(new SampleShape(2, 1, 3))).Layer(new DenseLayer(4) { EachStep = true }).Layer(new TanhLayer()).Output(null, loss: null),
        Start(2, 6).Layer(new DenseLayer(12)).Layer(new ReshapeLayer(new SampleShape(3, 4))).Layer(new SoftmaxLayer()).Output(null, loss: null),
        Start(7, 3).Layer(new DenseLayer(5) { EachStep = true }).Layer(new ReLULayer()).Layer(new LayerNormLayer()).Layer(new DenseLayer(4) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()),
        Start(7, 3).Layer(new RMSNormLayer()).Layer(new DenseLayer(4) { EachStep = true }).Layer(new SoftmaxLayer())
            .Output(null, new CategoricalCrossEntropyLoss()),
        Start(5, 3).Layer(new BatchNormLayer()).Layer(new DenseLayer(4) { EachStep = true }).Layer(new BatchNormLayer()).Layer(new ReLULayer())
            .Layer(new DenseLayer(2)).Output(null, loss: null),
        Start(5, 4, 3).Layer(new BatchNormLayer()).Layer(new GELULayer()).Output(null, new SigmoidBinaryCrossEntropyLoss()),
        Start(2, 3, 4, 5).Layer(new BatchNormLayer()).Layer(new LayerNormLayer()).Layer(new DenseLayer(2) { EachStep = true }).Output(null, loss: null),
        new GraphBuilder().Input(new SampleShape(4, 3), "left").Input(new SampleShape(4, 5), "right")
            .Layer(new DenseLayer(6) { EachStep = true }, ["left"]).Layer(new DenseLayer(6) { EachStep = true }, ["right"])
            .Layer(new AddLayer(), ["Dense1", "Dense2"]).Layer(new MultiplyLayer(), ["Add1", "Dense1"]).Layer(new ConcatLayer(), ["Multiply1", "right", "left"])
            .Layer(new LayerNormLayer()).Output("rows", loss: null)
            .Layer(new ReshapeLayer(new SampleShape(7, 8))).Layer(new HardSwishLayer()).Layer(new DenseLayer(2) { EachStep = true })
            .Output("pairs", new MeanSquaredErrorLoss()));

    /// <summary>Names that the file has values of its own for, and names that differ only in case.</summary>
    [Fact]
    public void Names_of_the_users_own_meet_no_others()
    {
        GraphCase[] cases = Build(
            new GraphBuilder().Input(3, "outputs").Layer(new DenseLayer(4)).Layer(new TanhLayer()).Output(null, loss: null),
            Start(3).Layer(new DenseLayer(4)).Output("inputs", loss: null),
            Start(3).Layer(new DenseLayer(4)).Output("MeanSquaredError", new MeanSquaredErrorLoss()),
            new GraphBuilder().Input(3, "constant1").Layer(new DenseLayer(4), name: "Code").Layer(new GELULayer(), name: "dense1")
                .Layer(new DenseLayer(4), name: "code").Layer(new LayerNormLayer(), name: "scaled").Layer(new DenseLayer(4))
                .Layer(new DenseLayer(2), name: "inputs").Layer(new ReLULayer(), name: "outputs").Output(null, loss: null));

        Check(cases, [["outputs"], ["inputs_"], ["inputs"], ["constant1"]], [["outputs_"], ["inputs"], ["MeanSquaredError"], ["outputs"]]);
    }

    [Fact]
    public void Random_graphs_give_what_the_reference_gives()
    {
        output.WriteLine(RunSeed.Reproduce);
        Random random = new(RunSeed.Value);

        Check([.. Enumerable.Range(0, RandomGraphs).Select(_ => GraphDraw.Of(random.Next()))]);
    }

    /// <summary>A layer between two dense ones; the first example of its kind directly after the input and at the end, too.</summary>
    private static IEnumerable<GraphBuilder> Placed(ReferenceLayer layer)
    {
        if (layer.Entry.ReadsIndices)
        {
            yield return Start([.. layer.Entry.ExampleShape!.Extents]).Layer(layer).Layer(new DenseLayer(5)).Output(null, loss: null);
            yield return new GraphBuilder().Input(4, "numbers").Layer(new DenseLayer(5), name: "A").Input(layer.Entry.ExampleShape, "indices")
                .Layer(layer).Layer(new DenseLayer(5), name: "B").Layer(new AddLayer(), ["A", "B"]).Output(null, loss: null);
            yield break;
        }

        yield return Reading(layer, 9).Layer(layer).Layer(new DenseLayer(5)).Output(null, loss: null);

        if (layer == layer.Entry.Examples[0])
        {
            SampleShape input = layer.Entry.ExampleShape ?? new(6);
            yield return Start([.. input.Extents]).Layer(layer).Layer(new DenseLayer(5)).Output(null, loss: null);
            yield return Reading(layer, 17).Layer(layer).Output(null, loss: null);
        }
    }

    /// <summary>A dense layer that gives what another one reads, in its shape: so many values where any will do.</summary>
    private static GraphBuilder Reading(ReferenceLayer layer, int size)
    {
        SampleShape shape = layer.Entry.ExampleShape ?? new(size);
        GraphBuilder graph = Start(6).Layer(new DenseLayer(shape.Size));

        return shape.Rank == 1 ? graph : graph.Layer(new ReshapeLayer(shape));
    }

    /// <summary>A join of two layers and of three, and of an input.</summary>
    private static IEnumerable<GraphBuilder> Joined(ReferenceLayer join) =>
    [
        Start(6).Layer(new DenseLayer(8)).Layer(new TanhLayer()).Layer(new DenseLayer(8)).Layer(join, ["Tanh1", "Dense2"])
            .Output(null, loss: null),
        Start(6).Layer(new DenseLayer(8)).Layer(new TanhLayer()).Layer(new DenseLayer(8)).Layer(new ReLULayer()).Layer(new DenseLayer(8))
            .Layer(join, ["Tanh1", "ReLU1", "Dense3"]).Layer(new DenseLayer(2)).Output(null, loss: null),
        new GraphBuilder().Input(6, "x").Layer(new DenseLayer(6)).Layer(join, ["Dense1", "x"]).Output(null, loss: null),
    ];

    /// <summary>A loss at the end of a network whose ports have no names, and of one whose ports have. Probabilities where the loss makes them.</summary>
    private static IEnumerable<GraphBuilder> Closed(ReferenceLoss loss)
    {
        foreach (bool isNamed in (bool[])[false, true])
        {
            GraphBuilder graph = (isNamed ? new GraphBuilder().Input(4, "x") : Start(4)).Layer(new DenseLayer(5));

            yield return (loss.Entry.Expects is { } expected ? graph.Layer(expected.Examples[0]) : graph).Output(isNamed ? "y" : null, loss);
        }
    }

    private static GraphBuilder Start(params int[] shape) => new GraphBuilder().Input(new SampleShape(shape));

    private static GraphCase[] Build(params GraphBuilder[] graphs) => [.. graphs.Select(static (graph, i) => graph.Build(Samples, seed: i + 1))];

    private void Check(params GraphBuilder[] graphs) => Check(Build(graphs));

    private void Check(GraphCase[] cases, string[][]? inputs = null, string[][]? outputs = null)
    {
        (GraphCase Graph, GraphBatch? Batch)[] drawn = [.. cases.Select(static graph => (graph, GraphBatch.DrawForPredictions(graph, new Random(graph.Seed))))];

        // Some graphs that are drawn take away what float32 has digits for.
        (GraphCase Graph, GraphBatch? Batch)[] fit = [.. drawn.Where(static pair => pair.Batch is not null)];
        Assert.InRange(fit.Length, 0.9 * cases.Length, cases.Length);

        IGraphNetwork[] networks = NetworkCompiler.Compile(fit.Select(static pair => pair.Graph));
        double greatest = fit.Select((pair, i) => OnnxCheck.Run(pair.Graph, pair.Batch!, networks[i], inputs?[i], outputs?[i])).Max();

        output.WriteLine($"{fit.Length} networks, greatest difference {greatest}");
    }
}
