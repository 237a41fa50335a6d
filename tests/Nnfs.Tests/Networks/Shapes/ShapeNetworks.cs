namespace Nnfs.Tests.Networks.Shapes;

/// <summary>A class at each of five steps.</summary>
[Network(5, 3)]
[Dense(7, EachStep = true)]
[ReLU]
[LayerNorm]
[Dense(6, EachStep = true, WeightL2 = 0.01f)]
[Tanh]
[RMSNorm]
[Dense(4, EachStep = true)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
public partial class StepNetwork;

/// <summary>
/// An image whose pixels share their weights, then all of it, then parts of that; a reshape comes between an activation and the product that takes its
/// gradient along.
/// </summary>
[Network(4, 3, 2)]
[BatchNorm]
[Dense(8, EachStep = true)]
[BatchNorm]
[ReLU]
[Flatten]
[Dense(12)]
[ReLU]
[Reshape(3, 4)]
[Dense(5, EachStep = true)]
[Softmax]
[CategoricalCrossEntropy]
public partial class ImageNetwork;

/// <summary>Joins of sequences, values that are read in two shapes, and an output in another shape than it is computed in.</summary>
[Network]
[Input("left", 4, 3)]
[Input("right", 4, 5)]
[Dense(6, EachStep = true, From = "left", Name = "Lefts"), Sigmoid]
[Dense(6, EachStep = true, From = "right", Name = "Rights")]
[Add("Sigmoid1", "Rights")]
[Multiply("Add1", "Sigmoid1")]
[Concat("Multiply1", "right", "left")]
[LayerNorm]
[Flatten]
[Dense(10)]
[ReLU]
[Reshape(2, 5)]
[SoftmaxCrossEntropy]
[Output("classes")]
[Flatten(From = "LayerNorm1", Name = "All")]
[Dense(8)]
[Reshape(2, 2, 2)]
[MeanSquaredError]
[Output("cube")]
[Reshape(7, 2, 4, From = "All", Name = "Blocks")]
[Dense(3, EachStep = true), Tanh]
[SigmoidBinaryCrossEntropy(Weight = 0.5f)]
[Output("flags")]
public partial class JoinedNetwork;

/// <summary>A layer that takes each step alone, without any loss.</summary>
[Network(6, 8)]
[LayerNorm]
public partial class GoldenLayerNormNetwork;

/// <summary>A layer that takes each channel, without any loss.</summary>
[Network(4, 5, 3)]
[BatchNorm]
public partial class GoldenBatchNormNetwork;

/// <summary>A reshape first and last: what arrives, and what leaves, lies where it does.</summary>
[Network(12)]
[Reshape(3, 4)]
[Dense(2, EachStep = true)]
[Reshape(3, 2, 1, 1)]
[MeanAbsoluteError]
public partial class ReshapedNetwork;

/// <summary>Enough work for several threads, with products that take the gradient of an activation along, also of one in another shape.</summary>
[Network(16, 24)]
[Dense(48, EachStep = true), ReLU]
[Dense(32, EachStep = true), ReLU]
[LayerNorm]
[Flatten]
[Dense(64), ReLU]
[Reshape(8, 8)]
[Dense(16, EachStep = true), ReLU]
[Dense(6, EachStep = true)]
[SoftmaxCrossEntropy]
public partial class WideShapeNetwork;

/// <summary>A loss of an input in another shape: no layer has values of its own.</summary>
[Network(6)]
[Reshape(2, 3)]
[SoftmaxCrossEntropy]
public partial class ReshapedLossNetwork;

[Network(8, 8, 3)]
[MaxPool2D(2)]
public partial class GoldenMaxPool2DNetwork;

[Network(9, 7, 4)]
[AveragePool2D(3, Stride = 2)]
public partial class GoldenAveragePool2DNetwork;

[Network(4, 5, 6)]
[GlobalMaxPool]
public partial class GoldenGlobalMaxPoolNetwork;

[Network(5, 4, 7)]
[GlobalAveragePool]
public partial class GoldenGlobalAveragePoolNetwork;

/// <summary>All layers of images with enough work for several threads, and so many values that a batch is taken in parts.</summary>
[Network(16, 16, 3)]
[Conv2D(24, 3, Padding = Padding.Same), ReLU]
[Conv2D(32, 3, Padding = Padding.Same, Groups = 2), GELU]
[MaxPool2D(2)]
[DepthwiseConv2D(3, Padding = Padding.Same), ReLU]
[Conv2D(7, 3, Stride = 2)]
[Tanh]
[ConvTranspose2D(8, 3, Stride = 2), ReLU]
[AveragePool2D(2)]
[Upsample2D(2)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class ThreadedImageNetwork;

/// <summary>Convolutions with normalisations of more channels than one thread takes, and a shortcut.</summary>
[Network(12, 12, 2)]
[Conv2D(40, 3, Padding = Padding.Same, UseBias = false)]
[BatchNorm]
[ReLU(Name = "Stem")]
[Conv2D(40, 3, Padding = Padding.Same, UseBias = false)]
[BatchNorm(Name = "Block")]
[Add("Block", "Stem")]
[ReLU]
[GlobalMaxPool]
[Dense(5)]
[SoftmaxCrossEntropy]
public partial class NormalisedImageNetwork;
