using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs over sequences: causal convolutions that reach further and further back, in residual blocks, and others that shorten them.</summary>
internal static class AwkwardSequences
{
    public static readonly GraphCase[] All =
    [
        // Residual blocks of dilated causal convolutions, with normalisations that are folded into them, and a value at each step.
        Residual().Build(4, seed: 50, Answers.Labels),

        // Strides that leave steps over, poolings of both kinds, groups; gradients of masks that the convolution takes along, and others.
        new GraphBuilder().Input(new SampleShape(29, 3))
            .Layer(new Conv1DLayer(8, new(5) { Stride = 2 }))
            .Layer(new ReLULayer())
            .Layer(new MaxPool1DLayer(2, Stride: null, IsSame: false))
            .Layer(new Conv1DLayer(12, new(3) { Dilation = 2, IsSame = true }) { Groups = 4 })
            .Layer(new TanhLayer())
            .Layer(new AveragePool1DLayer(3, Stride: 2, IsSame: true))
            .Layer(new Conv1DLayer(33, new(2) { Stride = 3, IsCausal = true }) { HasBiases = false })
            .Layer(new GELULayer())
            .Layer(new DenseLayer(4))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(5, seed: 51, Answers.Labels),

        // Each channel by itself, then all of each step; a class at each step.
        new GraphBuilder().Input(new SampleShape(14, 19))
            .Layer(new DepthwiseConv1DLayer(new ImageWindow(3) { Dilation = 2, IsCausal = true }) { HasBiases = false })
            .Layer(new BatchNormLayer())
            .Layer(new ReLULayer())
            .Layer(new Conv1DLayer(7, new(1)))
            .Layer(new ReLULayer())
            .Layer(new DepthwiseConv1DLayer(new ImageWindow(4) { IsSame = true }))
            .Layer(new SiLULayer())
            .Layer(new DenseLayer(3) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(6, seed: 52, Answers.Labels),
    ];

    private static GraphBuilder Residual()
    {
        GraphBuilder graph = new GraphBuilder().Input(new SampleShape(21, 2))
            .Layer(new Conv1DLayer(6, new(1)), name: "Block0");

        for (int i = 0; i < 3; i++)
        {
            graph
                .Layer(new Conv1DLayer(6, new(3) { Dilation = 1 << i, IsCausal = true }) { HasBiases = i > 0 })
                .Layer(new BatchNormLayer())
                .Layer(new ReLULayer())
                .Layer(new Conv1DLayer(6, new(2) { Dilation = 1 << i, IsCausal = true }), name: $"Inner{i}")
                .Layer(new AddLayer(), [$"Inner{i}", $"Block{i}"], name: $"Block{i + 1}");
        }

        return graph.Layer(new DenseLayer(1) { EachStep = true }).Output(null, new MeanSquaredErrorLoss());
    }
}
