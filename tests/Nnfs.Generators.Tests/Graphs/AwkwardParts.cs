using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using Nnfs.Generators.Models;
using Nnfs.Generators.Tests.Planning;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>
/// Graphs whose batches go forward, through the loss and back in two parts and some samples more. Their layers are many and wide for what they
/// multiply, so that parts are small. Most are smooth: among so many values some would lie too near to a kink.
/// </summary>
internal static class AwkwardParts
{
    public static readonly GraphCase[] All =
    [
        // In lanes, one kernel for both layers: with an activation whose outputs tell its gradient, one that keeps its derivatives, and a dropout; a smoothed
        // and weighted loss, and penalties.
        TwoParts(
            new GraphBuilder().Input(2)
                .Layer(new DenseLayer(96) { WeightPenalty = (1e-4f, 1e-3f), BiasPenalty = (1e-4f, 1e-3f) })
                .Layer(new ReLULayer())
                .Layer(new DenseLayer(3) { WeightPenalty = (0, 1e-3f) })
                .Output(null, new SoftmaxCrossEntropyLoss(0.1f) { Weight = 0.5f }),
            remainder: 37, seed: 40, Answers.Labels),
        TwoParts(
            new GraphBuilder().Input(4)
                .Layer(new DenseLayer(128))
                .Layer(new GELULayer())
                .Layer(new DenseLayer(4))
                .Output(null, new MeanSquaredErrorLoss()),
            remainder: 1, seed: 41),
        TwoParts(
            new GraphBuilder().Input(3)
                .Layer(new DenseLayer(112))
                .Layer(new SiLULayer())
                .Layer(new DropoutLayer(0.2f))
                .Layer(new DenseLayer(4))
                .Output(null, new MeanSquaredErrorLoss()),
            remainder: 21, seed: 49),

        // In lanes without a loss; weights by neuron at the end.
        TwoParts(
            new GraphBuilder().Input(8)
                .Layer(new DenseLayer(96))
                .Layer(new TanhLayer())
                .Layer(new DropoutLayer(0.2f))
                .Layer(new DenseLayer(6))
                .Output(null, loss: null),
            remainder: 16, seed: 42),

        // In lanes with all that has names: inputs, outputs, joins, losses in lanes and in rows, masks, a softmax.
        TwoParts(
            new GraphBuilder().Input(5, "x").Input(4, "z")
                .Layer(new ConcatLayer(), ["x", "z"])
                .Layer(new DenseLayer(60))
                .Layer(new SiLULayer())
                .Layer(new DropoutLayer(0.3f))
                .Layer(new DenseLayer(60), ["z"])
                .Layer(new MultiplyLayer(), ["Dropout1", "Dense2"])
                .Layer(new AddLayer(), ["Multiply1", "SiLU1"])
                .Layer(new SigmoidLayer())
                .Layer(new DenseLayer(5))
                .Output("a", new SoftmaxCrossEntropyLoss(0.2f) { Weight = 0.7f })
                .Layer(new DenseLayer(4), ["Sigmoid1"])
                .Layer(new SoftmaxLayer())
                .Output("b", new CategoricalCrossEntropyLoss())
                .Layer(new DenseLayer(3) { BiasPenalty = (1e-3f, 1e-3f) }, ["Add1"])
                .Output("c", new MeanSquaredErrorLoss { Weight = 2 })
                .Layer(new DenseLayer(2), ["Sigmoid1"])
                .Layer(new SoftplusLayer())
                .Output("d", loss: null),
            remainder: 15, seed: 43, Answers.Labels),

        // In lanes with shapes of several dimensions, side by side.
        TwoParts(
            new GraphBuilder().Input(new SampleShape(4, 3))
                .Layer(new FlattenLayer())
                .Layer(new DenseLayer(96))
                .Layer(new ReshapeLayer(new SampleShape(8, 12)))
                .Layer(new GELULayer())
                .Layer(new FlattenLayer())
                .Layer(new DenseLayer(6))
                .Layer(new ReshapeLayer(new SampleShape(2, 3)))
                .Output(null, new SigmoidBinaryCrossEntropyLoss()),
            remainder: 3, seed: 44, Answers.Labels),

        // In rows: normalisations, masks, penalties and a smoothed loss.
        TwoParts(
            new GraphBuilder().Input(20)
                .Layer(new DenseLayer(60) { WeightPenalty = (1e-4f, 1e-3f), BiasPenalty = (1e-4f, 1e-3f) })
                .Layer(new LayerNormLayer())
                .Layer(new GELULayer())
                .Layer(new DropoutLayer(0.3f))
                .Layer(new DenseLayer(60))
                .Layer(new TanhLayer())
                .Layer(new RMSNormLayer())
                .Layer(new DenseLayer(10))
                .Output(null, new SoftmaxCrossEntropyLoss(0.1f)),
            remainder: 5, seed: 45, Answers.Labels),

        // In rows with all that has names, and classes at each of several steps.
        TwoParts(
            new GraphBuilder().Input(new SampleShape(4, 6), "x").Input(7, "z")
                .Layer(new DenseLayer(20) { EachStep = true }, ["x"])
                .Layer(new SiLULayer())
                .Layer(new LayerNormLayer())
                .Layer(new DenseLayer(20) { EachStep = true })
                .Layer(new AddLayer(), ["Dense2", "SiLU1"])
                .Layer(new TanhLayer())
                .Layer(new DenseLayer(5) { EachStep = true })
                .Output("steps", new SoftmaxCrossEntropyLoss(0.1f) { Weight = 0.5f })
                .Layer(new FlattenLayer(), ["Tanh1"])
                .Layer(new ConcatLayer(), ["Flatten1", "z"])
                .Layer(new DropoutLayer(0.4f))
                .Layer(new DenseLayer(3))
                .Output("value", new MeanSquaredErrorLoss { Weight = 2 })
                .Layer(new DenseLayer(2), ["z"])
                .Output("free", loss: null),
            remainder: 7, seed: 46, Answers.Labels),

        // In rows without a loss; a batch that is whole parts.
        TwoParts(
            new GraphBuilder().Input(30)
                .Layer(new DenseLayer(70))
                .Layer(new SiLULayer())
                .Layer(new LayerNormLayer())
                .Layer(new DenseLayer(70))
                .Layer(new SoftmaxLayer())
                .Layer(new DenseLayer(12))
                .Output(null, loss: null),
            remainder: 0, seed: 47),

        // In rows, enough work for several threads.
        TwoParts(
            GraphBuilder.Chain(129, 140, 140, 10).Output(null, new SoftmaxCrossEntropyLoss()), remainder: 11, seed: 48, Answers.Labels),
    ];

    /// <summary>The samples of a part of the graph's batch.</summary>
    public static int PartSamples(GraphCase graph)
    {
        NetworkSpec network = PlannedNetworks.Read(graph.Declaration()).Network;

        return network.PartSamples ?? throw new InvalidOperationException($"All samples of {graph} go at once.");
    }

    private static GraphCase TwoParts(GraphBuilder graph, int remainder, int seed, Answers answers = Answers.Soft)
    {
        GraphCase one = graph.Build(batch: 1, seed, answers);
        int batch = (2 * PartSamples(one)) + remainder;

        return one with { Batch = batch, WorkspaceBatch = batch + (seed % 3) };
    }
}
