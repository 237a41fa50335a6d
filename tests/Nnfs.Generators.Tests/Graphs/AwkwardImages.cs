using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Graphs over images: convolutions one after another, shortcuts around them, normalisations that are folded into them.</summary>
internal static class AwkwardImages
{
    public static readonly GraphCase[] All =
    [
        // LeNet, smaller: a convolution of one channel, the gradient of a ReLU that goes through a pool, and all values of the last image.
        Small().Build(3, seed: 40, Answers.Labels),

        // A small residual network: normalisations folded into convolutions with and without biases, a shortcut that is added, one that is a convolution.
        Residual().Build(5, seed: 41, Answers.Labels),

        // Strides that leave pixels over, dilation, groups, one pixel at a time; gradients of masks that the convolution takes along, and others.
        new GraphBuilder().Input(new SampleShape(9, 8, 3))
            .Layer(new Conv2DLayer(8, new(3, 2) { Stride = 2, IsSame = true }))
            .Layer(new ReLULayer())
            .Layer(new Conv2DLayer(12, new(3, 3) { Dilation = 2, IsSame = true }) { Groups = 4 })
            .Layer(new TanhLayer())
            .Layer(new Conv2DLayer(20, new(1, 1)))
            .Layer(new ReLULayer())
            .Layer(new Conv2DLayer(33, new(2, 3) { Stride = 3, IsSame = true }) { HasBiases = false })
            .Layer(new GELULayer())
            .Layer(new DenseLayer(4) { EachStep = true })
            .Output(null, new MeanSquaredErrorLoss()).Build(4, seed: 43, Answers.Labels),

        // Each channel by itself, then all of each pixel; the way back up. Normalisations are folded into all of them, masks and derivatives taken along.
        Separable().Build(5, seed: 46, Answers.Labels),

        // A mask of pixels: a class at each.
        new GraphBuilder().Input(new SampleShape(6, 5, 2))
            .Layer(new Conv2DLayer(7, new(3, 3) { IsSame = true }))
            .Layer(new ReLULayer())
            .Layer(new Conv2DLayer(3, new(1, 1)))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(7, seed: 44, Answers.Labels),

        // Images that are read twice, joined by channels, and put out beside a class.
        new GraphBuilder().Input(new SampleShape(5, 5, 2), "image").Input(3, "extra")
            .Layer(new Conv2DLayer(4, new(3, 3) { IsSame = true }), ["image"])
            .Layer(new SiLULayer(), name: "Left")
            .Layer(new Conv2DLayer(5, new(1, 1)), ["image"])
            .Layer(new ReLULayer(), name: "Right")
            .Layer(new ConcatLayer(), ["Left", "image", "Right"])
            .Layer(new Conv2DLayer(6, new(3, 3)))
            .Output("picture", new HuberLoss(0.5f))
            .Layer(new FlattenLayer())
            .Layer(new ConcatLayer(), ["Flatten1", "extra"])
            .Layer(new DenseLayer(3))
            .Output("class", new SoftmaxCrossEntropyLoss()).Build(3, seed: 45, Answers.Labels),
    ];

    private static GraphBuilder Small() => new GraphBuilder().Input(new SampleShape(12, 12, 1))
        .Layer(new Conv2DLayer(6, new(5, 5)))
        .Layer(new ReLULayer())
        .Layer(new MaxPool2DLayer(2, Stride: null, IsSame: false))
        .Layer(new Conv2DLayer(16, new(3, 3)))
        .Layer(new ReLULayer())
        .Layer(new MaxPool2DLayer(2, Stride: null, IsSame: false))
        .Layer(new DenseLayer(10))
        .Layer(new ReLULayer())
        .Layer(new DenseLayer(4))
        .Output(null, new SoftmaxCrossEntropyLoss());

    private static GraphBuilder Residual() => new GraphBuilder().Input(new SampleShape(6, 6, 3))
        .Layer(new Conv2DLayer(8, new(3, 3) { IsSame = true }) { HasBiases = false })
        .Layer(new BatchNormLayer())
        .Layer(new ReLULayer(), name: "Stem")
        .Layer(new Conv2DLayer(8, new(3, 3) { IsSame = true }) { HasBiases = false })
        .Layer(new BatchNormLayer())
        .Layer(new ReLULayer())
        .Layer(new Conv2DLayer(8, new(3, 3) { IsSame = true }))
        .Layer(new BatchNormLayer(), name: "Block")
        .Layer(new AddLayer(), ["Block", "Stem"])
        .Layer(new ReLULayer(), name: "First")
        .Layer(new Conv2DLayer(12, new(3, 3) { Stride = 2, IsSame = true }))
        .Layer(new ReLULayer(), name: "Inner")
        .Layer(new Conv2DLayer(12, new(1, 1) { Stride = 2, IsSame = true }), ["First"], name: "Shortcut")
        .Layer(new AddLayer(), ["Inner", "Shortcut"])
        .Layer(new GlobalAveragePoolLayer())
        .Layer(new DenseLayer(4))
        .Output(null, new SoftmaxCrossEntropyLoss());

    private static GraphBuilder Separable() => new GraphBuilder().Input(new SampleShape(8, 7, 3))
        .Layer(new Conv2DLayer(18, new(3, 3) { Stride = 2, IsSame = true }))
        .Layer(new ReLULayer())
        .Layer(new DepthwiseConv2DLayer(new ImageWindow(3, 3) { IsSame = true }) { HasBiases = false })
        .Layer(new BatchNormLayer())
        .Layer(new ReLULayer())
        .Layer(new DepthwiseConv2DLayer(new ImageWindow(2, 3) { Stride = 2, IsSame = true }))
        .Layer(new SiLULayer())
        .Layer(new ConvTranspose2DLayer(9, new(3, 3) { Stride = 2, IsSame = true }) { HasBiases = false })
        .Layer(new BatchNormLayer())
        .Layer(new ReLULayer())
        .Layer(new ConvTranspose2DLayer(5, new(2, 3) { Stride = 2 }))
        .Layer(new ReLULayer())
        .Layer(new ConvTranspose2DLayer(2, new(1, 1)))
        .Output(null, new SoftmaxCrossEntropyLoss());
}
