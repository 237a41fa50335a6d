using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs that sequences go through step by step: layers that keep steps, between others that take each for itself, and joins of both.</summary>
internal static class AwkwardStreams
{
    public static readonly GraphCase[] All =
    [
        // Residual blocks of dilated convolutions, more and fewer filters than a vector has, and a class at each step.
        new GraphBuilder().Input(new SampleShape(13, 3))
            .Layer(new Conv1DLayer(17, new(3) { IsCausal = true }))
            .Layer(new TanhLayer())
            .Layer(new Conv1DLayer(17, new(3) { IsCausal = true, Dilation = 2 }))
            .Layer(new ReLULayer())
            .Layer(new AddLayer(), ["Tanh1", "ReLU1"])
            .Layer(new LayerNormLayer())
            .Layer(new DepthwiseConv1DLayer(new(4) { IsCausal = true, Dilation = 3 }))
            .Layer(new BatchNormLayer())
            .Layer(new SiLULayer())
            .Layer(new DepthwiseConv1DLayer(new(1) { IsSame = true }))
            .Layer(new Conv1DLayer(5, new(1)))
            .Layer(new SoftmaxLayer())
            .Output(null, new CategoricalCrossEntropyLoss()).Build(3, seed: 60, Answers.Labels),

        // Two inputs and two outputs, groups, no biases, one channel, and a window that is longer than the sequence.
        new GraphBuilder().Input(new SampleShape(6, 4), "left").Input(new SampleShape(6, 1), "right")
            .Layer(new Conv1DLayer(6, new(2) { IsCausal = true, Dilation = 2 }) { Groups = 2, HasBiases = false }, ["left"])
            .Layer(new GELULayer())
            .Layer(new Conv1DLayer(2, new(5) { IsCausal = true, Dilation = 2 }), ["right"])
            .Layer(new ConcatLayer(), ["GELU1", "Conv1D2", "left"])
            .Layer(new DropoutLayer(0.25f))
            .Layer(new DenseLayer(7) { EachStep = true })
            .Layer(new ReLULayer())
            .Output("hidden", new MeanSquaredErrorLoss())
            .Layer(new DenseLayer(1) { EachStep = true })
            .Layer(new SigmoidLayer())
            .Layer(new MultiplyLayer(), ["Sigmoid1", "right"])
            .Output("gated", new MeanAbsoluteErrorLoss()).Build(2, seed: 61),

        // States of whole vectors and of none, one after the other.
        new GraphBuilder().Input(new SampleShape(7, 3))
            .Layer(new LSTMLayer(16) { ReturnsSequences = true })
            .Layer(new GRULayer(5) { ReturnsSequences = true })
            .Layer(new SimpleRNNLayer(8) { ReturnsSequences = true })
            .Layer(new DenseLayer(2) { EachStep = true })
            .Output(null, new MeanSquaredErrorLoss()).Build(3, seed: 62),

        // Indices, as those of letters, and numbers beside them.
        new GraphBuilder().Input(5, "letters").Input(new SampleShape(5, 2), "marks")
            .Layer(new EmbeddingLayer(7, 6), ["letters"])
            .Layer(new ConcatLayer(), ["Embedding1", "marks"])
            .Layer(new GRULayer(9) { ReturnsSequences = true })
            .Layer(new DenseLayer(7) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(5, seed: 64, Answers.Labels),

        // Two inputs, more sequences than a tile of the products has rows, and a state that is an output.
        new GraphBuilder().Input(new SampleShape(4, 2), "left").Input(new SampleShape(4, 20), "right")
            .Layer(new GRULayer(32) { ReturnsSequences = true }, ["left"])
            .Layer(new LSTMLayer(3) { ReturnsSequences = true }, ["right"])
            .Output("state", new MeanSquaredErrorLoss())
            .Layer(new ConcatLayer(), ["GRU1", "LSTM1", "right"])
            .Layer(new SimpleRNNLayer(4) { ReturnsSequences = true })
            .Layer(new DenseLayer(3) { EachStep = true })
            .Output("classes", new SoftmaxCrossEntropyLoss()).Build(31, seed: 63, Answers.Labels),
    ];
}
