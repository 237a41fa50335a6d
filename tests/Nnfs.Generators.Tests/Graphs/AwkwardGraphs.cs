using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs at the edges of plans: which gradients there are, what may lie where, and what few values leave of them.</summary>
internal static class AwkwardGraphs
{
    private const int EveryKindParts = 4;

    public static readonly GraphCase[] All =
    [
        // All examples of the catalogue.
        .. Enumerable.Range(0, EveryKindParts).Select(static part => EveryKind.Part(batch: 19, seed: 20, part, EveryKindParts)),

        // Gradients that are computed of the only input, which a workspace does not keep: with parameters after it and before it.
        new GraphBuilder().Input(5).Layer(new GELULayer()).Layer(new DenseLayer(3)).Output(null, new MeanSquaredErrorLoss()).Build(7, seed: 1),
        new GraphBuilder().Input(5).Layer(new LayerNormLayer()).Layer(new SiLULayer()).Output(null, loss: null).Build(5, seed: 2),
        new GraphBuilder().Input(5).Layer(new BatchNormLayer()).Layer(new DenseLayer(4)).Output(null, new HuberLoss(1)).Build(9, seed: 3),
        new GraphBuilder().Input(6, "x")
            .Layer(new DenseLayer(6))
            .Layer(new SigmoidLayer())
            .Layer(new MultiplyLayer(), ["x", "Sigmoid1", "x"])
            .Output("y", new MeanAbsoluteErrorLoss()).Build(6, seed: 4),
        new GraphBuilder().Input(300, "x")
            .Layer(new DenseLayer(300))
            .Layer(new SigmoidLayer())
            .Layer(new MultiplyLayer(), ["x", "Sigmoid1"])
            .Output("y", new MeanSquaredErrorLoss()).Build(40, seed: 5),

        // An input that only an output without a loss depends on.
        new GraphBuilder().Input(4, "x")
            .Layer(new DenseLayer(3))
            .Output("trained", new MeanSquaredErrorLoss())
            .Input(5, "z")
            .Layer(new DenseLayer(2))
            .Output("free", loss: null).Build(6, seed: 6),

        // Two outputs of one value, which a prediction makes probabilities of for one of them, and a layer between that changes nothing there.
        new GraphBuilder().Input(8, "x")
            .Layer(new DenseLayer(3))
            .Output("a", new SoftmaxCrossEntropyLoss())
            .Layer(new DropoutLayer(0.1f), ["Dense1"])
            .Output("b", new MeanSquaredErrorLoss()).Build(21, seed: 29),
        new GraphBuilder().Input(8, "x")
            .Layer(new DenseLayer(3))
            .Output("a", new SoftmaxCrossEntropyLoss())
            .Layer(new LinearLayer(), ["Dense1"])
            .Output("b", loss: null).Build(21, seed: 30),

        // An output that takes no scratch memory, before a layer that works in place.
        new GraphBuilder().Input(6, "x").Layer(new AddLayer(), ["x", "x"]).Output("a", new MeanSquaredErrorLoss())
            .Layer(new DenseLayer(8), ["x"])
            .Layer(new SiLULayer())
            .Layer(new DenseLayer(58))
            .Layer(new ConcatLayer(), ["x", "Dense2"])
            .Output("b", new SoftmaxCrossEntropyLoss()).Build(12, seed: 7, Answers.Labels),

        // Small chains in lanes, with penalties, and with weights of the loss.
        new GraphBuilder().Input(4)
            .Layer(new DenseLayer(8) { WeightPenalty = (0.01f, 0.02f), BiasPenalty = (0.01f, 0.02f) })
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(3))
            .Output(null, new SoftmaxCrossEntropyLoss { Weight = 0.5f }).Build(19, seed: 8, Answers.Labels),
        new GraphBuilder().Input(20)
            .Layer(new DenseLayer(30))
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(3) { WeightPenalty = (0, 0.02f), BiasPenalty = (0, 0.02f) })
            .Output(null, new SoftmaxCrossEntropyLoss { Weight = 2 }).Build(19, seed: 9),
        new GraphBuilder().Input(20)
            .Layer(new DenseLayer(30))
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(3) { WeightPenalty = (0.01f, 0.02f), BiasPenalty = (0.01f, 0.02f) })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(70, seed: 17),

        // A dropout in the kernel of two layers, with activations whose outputs tell the gradient and one that keeps its derivatives; also after another layer.
        new GraphBuilder().Input(2)
            .Layer(new DenseLayer(64))
            .Layer(new ReLULayer())
            .Layer(new DropoutLayer(0.1f))
            .Layer(new DenseLayer(3))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(70, seed: 31, Answers.Labels),
        new GraphBuilder().Input(4)
            .Layer(new DenseLayer(9))
            .Layer(new TanhLayer())
            .Layer(new DropoutLayer(0.5f))
            .Layer(new DenseLayer(1))
            .Output(null, new MeanSquaredErrorLoss()).Build(33, seed: 32),
        new GraphBuilder().Input(3)
            .Layer(new DenseLayer(18))
            .Layer(new GELULayer())
            .Layer(new DropoutLayer(0.3f))
            .Layer(new DenseLayer(4))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(70, seed: 33, Answers.Labels),
        new GraphBuilder().Input(6)
            .Layer(new DenseLayer(3))
            .Layer(new SiLULayer())
            .Layer(new DenseLayer(20))
            .Layer(new HardSwishLayer())
            .Layer(new DropoutLayer(0.2f))
            .Layer(new DenseLayer(2))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(41, seed: 34, Answers.Labels),

        // One value twice in each join, and a value that every layer reads.
        new GraphBuilder().Input(7, "x")
            .Layer(new DenseLayer(9))
            .Layer(new TanhLayer())
            .Layer(new MultiplyLayer(), ["Tanh1", "Tanh1", "Tanh1"])
            .Layer(new AddLayer(), ["Tanh1", "Multiply1", "Tanh1"])
            .Layer(new ConcatLayer(), ["Add1", "Tanh1", "Add1", "x"])
            .Output("only", new SigmoidBinaryCrossEntropyLoss()).Build(17, seed: 10, Answers.Labels),

        // Two losses and no loss of one layer, which is read on.
        new GraphBuilder().Input(6)
            .Layer(new DenseLayer(5))
            .Layer(new SoftmaxLayer())
            .Output("a", new CategoricalCrossEntropyLoss { Weight = 0.3f })
            .Output("b", new MeanSquaredErrorLoss { Weight = 2 })
            .Output("c", loss: null)
            .Layer(new DenseLayer(4))
            .Layer(new ReLULayer())
            .Output("d", new HuberLoss(0.5f)).Build(11, seed: 11, Answers.Labels),

        // Batches of one and of two samples through a batch normalisation, and a layer normalisation of one value and of two.
        new GraphBuilder().Input(5)
            .Layer(new DenseLayer(4))
            .Layer(new BatchNormLayer())
            .Layer(new TanhLayer())
            .Layer(new DenseLayer(2))
            .Output(null, new MeanSquaredErrorLoss()).Build(1, seed: 12),
        new GraphBuilder().Input(5)
            .Layer(new DenseLayer(4))
            .Layer(new BatchNormLayer(0.1f))
            .Layer(new TanhLayer())
            .Layer(new DenseLayer(2))
            .Output(null, new MeanSquaredErrorLoss()).Build(2, seed: 13),
        new GraphBuilder().Input(5)
            .Layer(new DenseLayer(1))
            .Layer(new LayerNormLayer())
            .Layer(new DenseLayer(2))
            .Layer(new LayerNormLayer(0.1f))
            .Output(null, new MeanSquaredErrorLoss()).Build(3, seed: 14),

        // A normalisation without a mean of the only input, and of one value and of two.
        new GraphBuilder().Input(5).Layer(new RMSNormLayer()).Layer(new HardSwishLayer()).Output(null, loss: null).Build(5, seed: 18),
        new GraphBuilder().Input(5)
            .Layer(new DenseLayer(1))
            .Layer(new RMSNormLayer())
            .Layer(new DenseLayer(2))
            .Layer(new RMSNormLayer(0.1f))
            .Output(null, new MeanSquaredErrorLoss()).Build(3, seed: 19),

        // Enough work for several threads, with the masks and the normalisations that depend on where a part starts.
        new GraphBuilder().Input(80, "x").Input(33, "z").Layer(new ConcatLayer(), ["x", "z"]).Layer(new DropoutLayer(0.2f))
            .Layer(new DenseLayer(130) { WeightPenalty = (1e-4f, 1e-3f), BiasPenalty = (1e-4f, 1e-3f) })
            .Layer(new LayerNormLayer())
            .Layer(new GELULayer())
            .Layer(new DropoutLayer(0.4f))
            .Layer(new DenseLayer(130))
            .Layer(new AddLayer(), ["Dense2", "GELU1"])
            .Layer(new DenseLayer(10))
            .Output("a", new SoftmaxCrossEntropyLoss(0.1f))
            .Layer(new DenseLayer(3), ["Add1"])
            .Output("b", new MeanSquaredErrorLoss { Weight = 0.5f }).Build(70, seed: 15, Answers.Labels),
        new GraphBuilder().Input(90)
            .Layer(new DenseLayer(140))
            .Layer(new BatchNormLayer())
            .Layer(new ELULayer(1))
            .Layer(new DropoutLayer(0.3f))
            .Layer(new DenseLayer(140))
            .Layer(new SigmoidLayer())
            .Layer(new DenseLayer(4))
            .Output(null, new SigmoidBinaryCrossEntropyLoss()).Build(70, seed: 16, Answers.Labels),

        // The same with batch normalisations of an input, in branches one after the other, beside a shortcut, of a join, and of what is an output too.
        new GraphBuilder().Input(60, "x").Input(40, "z")
            .Layer(new BatchNormLayer(), ["x"])
            .Layer(new DenseLayer(144))
            .Layer(new BatchNormLayer(), ["Dense1"])
            .Layer(new BatchNormLayer(), ["Dense1"])
            .Layer(new TanhLayer(), ["BatchNorm2"])
            .Layer(new DropoutLayer(0.2f))
            .Layer(new DenseLayer(144))
            .Layer(new BatchNormLayer())
            .Layer(new AddLayer(), ["BatchNorm4", "Dense1", "BatchNorm3"])
            .Layer(new ReLULayer())
            .Layer(new DenseLayer(10))
            .Output("a", new SoftmaxCrossEntropyLoss(0.1f))
            .Layer(new BatchNormLayer(), ["Add1"])
            .Output("b", new HuberLoss(1) { Weight = 0.25f })
            .Layer(new ConcatLayer(), ["BatchNorm5", "z"])
            .Layer(new BatchNormLayer(0.1f))
            .Layer(new DenseLayer(3))
            .Output("c", new MeanSquaredErrorLoss { Weight = 0.5f }).Build(220, seed: 20, Answers.Labels),
    ];
}
