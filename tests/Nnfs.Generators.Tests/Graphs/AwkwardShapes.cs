using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs over samples with several axes: products of each step, values that are read in several shapes, and losses over positions.</summary>
internal static class AwkwardShapes
{
    public static readonly GraphCase[] All =
    [
        // A class at each of five steps, as labels and as targets.
        Steps().Build(3, seed: 30, Answers.Labels),
        Steps().Build(19, seed: 31, Answers.Soft),

        // An image whose pixels share their weights, then all of it, then parts of that; a reshape comes between an activation and the product that takes
        // its gradient along.
        new GraphBuilder().Input(new SampleShape(4, 3, 2))
            .Layer(new BatchNormLayer())
            .Layer(new DenseLayer(8) { EachStep = true })
            .Layer(new BatchNormLayer())
            .Layer(new ReLULayer())
            .Layer(new FlattenLayer())
            .Layer(new DenseLayer(12))
            .Layer(new ReLULayer())
            .Layer(new ReshapeLayer(new SampleShape(3, 4)))
            .Layer(new DenseLayer(5) { EachStep = true })
            .Layer(new SoftmaxLayer())
            .Output(null, new CategoricalCrossEntropyLoss()).Build(6, seed: 32, Answers.Labels),

        // Joins of sequences, values that are read in two shapes, and an output in another shape than it is computed in.
        new GraphBuilder().Input(new SampleShape(4, 3), "left").Input(new SampleShape(4, 5), "right")
            .Layer(new DenseLayer(6) { EachStep = true }, ["left"])
            .Layer(new SigmoidLayer())
            .Layer(new DenseLayer(6) { EachStep = true }, ["right"])
            .Layer(new AddLayer(), ["Sigmoid1", "Dense2"])
            .Layer(new MultiplyLayer(), ["Add1", "Sigmoid1"])
            .Layer(new ConcatLayer(), ["Multiply1", "right", "left"])
            .Layer(new LayerNormLayer())
            .Layer(new FlattenLayer())
            .Layer(new DenseLayer(10))
            .Layer(new ReLULayer())
            .Layer(new ReshapeLayer(new SampleShape(2, 5)))
            .Output("classes", new SoftmaxCrossEntropyLoss())
            .Layer(new FlattenLayer(), ["LayerNorm1"])
            .Layer(new DenseLayer(8))
            .Layer(new ReshapeLayer(new SampleShape(2, 2, 2)))
            .Output("cube", new MeanSquaredErrorLoss())
            .Layer(new ReshapeLayer(new SampleShape(7, 2, 4)), ["Flatten2"])
            .Layer(new DenseLayer(3) { EachStep = true })
            .Layer(new TanhLayer())
            .Output("flags", new SigmoidBinaryCrossEntropyLoss { Weight = 0.5f }).Build(3, seed: 33, Answers.Labels),

        // A reshape first and last: what arrives, and what leaves, is not copied.
        new GraphBuilder().Input(12)
            .Layer(new ReshapeLayer(new SampleShape(3, 4)))
            .Layer(new DenseLayer(2) { EachStep = true })
            .Layer(new ReshapeLayer(new SampleShape(3, 2, 1, 1)))
            .Output(null, new MeanAbsoluteErrorLoss()).Build(5, seed: 34),

        // Enough work for several threads, with products that take the gradient of an activation along, also of one in another shape.
        new GraphBuilder().Input(new SampleShape(16, 24))
            .Layer(new DenseLayer(48) { EachStep = true })
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(32) { EachStep = true })
            .Layer(new ReLULayer())
            .Layer(new LayerNormLayer())
            .Layer(new FlattenLayer())
            .Layer(new DenseLayer(64))
            .Layer(new ReLULayer())
            .Layer(new ReshapeLayer(new SampleShape(8, 8)))
            .Layer(new DenseLayer(16) { EachStep = true })
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(6) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(20, seed: 35, Answers.Labels),

        // The same with batch normalisations of channels, between what only changes the shape, and beside a shortcut in another shape.
        new GraphBuilder().Input(new SampleShape(16, 24))
            .Layer(new DenseLayer(48) { EachStep = true })
            .Layer(new BatchNormLayer())
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(48) { EachStep = true })
            .Layer(new ReshapeLayer(new SampleShape(8, 2, 48)))
            .Layer(new BatchNormLayer())
            .Layer(new ReshapeLayer(new SampleShape(16, 48)))
            .Layer(new AddLayer(), ["Reshape2", "Dense1"])
            .Layer(new SigmoidLayer())
            .Layer(new DenseLayer(6) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(84, seed: 36, Answers.Labels),
    ];

    private static GraphBuilder Steps() => new GraphBuilder().Input(new SampleShape(5, 3))
        .Layer(new DenseLayer(7) { EachStep = true })
        .Layer(new ReLULayer())
        .Layer(new LayerNormLayer())
        .Layer(new DenseLayer(6) { EachStep = true, WeightPenalty = (0, 0.01f) })
        .Layer(new TanhLayer())
        .Layer(new RMSNormLayer())
        .Layer(new DenseLayer(4) { EachStep = true })
        .Output(null, new SoftmaxCrossEntropyLoss(0.1f));
}
