using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs of recurrent layers: one after the other, in both directions, side by side, and between layers that take all samples at once.</summary>
internal static class AwkwardRecurrent
{
    public static readonly GraphCase[] All =
    [
        // Behind and before dense layers that take each step, down to one value.
        new GraphBuilder().Input(new SampleShape(5, 3))
            .Layer(new LSTMLayer(6) { ReturnsSequences = true })
            .Layer(new DenseLayer(4) { EachStep = true })
            .Layer(new ReLULayer())
            .Layer(new GRULayer(5))
            .Layer(new DenseLayer(3))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(13, seed: 70, Answers.Labels),

        // Both directions joined with one of twice as many units, and a class at each step.
        new GraphBuilder().Input(new SampleShape(6, 4), "x")
            .Layer(new SimpleRNNLayer(7) { ReturnsSequences = true, IsBidirectional = true, WeightPenalty = (0, 0.01f) })
            .Layer(new LSTMLayer(14) { ReturnsSequences = true }, ["x"])
            .Layer(new AddLayer(), ["SimpleRNN1", "LSTM1"])
            .Layer(new LayerNormLayer())
            .Layer(new GRULayer(3) { ReturnsSequences = true, IsBidirectional = true })
            .Layer(new DenseLayer(4) { EachStep = true })
            .Output("classes", new SoftmaxCrossEntropyLoss(0.1f)).Build(9, seed: 71),

        // Between normalisations of the batch, for which threads go in segments.
        new GraphBuilder().Input(new SampleShape(4, 3))
            .Layer(new BatchNormLayer())
            .Layer(new LSTMLayer(5) { ReturnsSequences = true })
            .Layer(new BatchNormLayer())
            .Layer(new GRULayer(4) { IsBidirectional = true })
            .Layer(new DenseLayer(3))
            .Output(null, new MeanSquaredErrorLoss()).Build(21, seed: 72),

        // States that an output and another layer read, and one input of several layers.
        new GraphBuilder().Input(new SampleShape(6, 2), "x")
            .Layer(new GRULayer(4) { ReturnsSequences = true })
            .Output("states", new MeanSquaredErrorLoss())
            .Layer(new LSTMLayer(3) { IsBidirectional = true }, ["GRU1"])
            .Layer(new SimpleRNNLayer(6), ["x"])
            .Layer(new MultiplyLayer(), ["LSTM1", "SimpleRNN1"])
            .Output("last", new HuberLoss(1)).Build(10, seed: 73),
    ];
}
