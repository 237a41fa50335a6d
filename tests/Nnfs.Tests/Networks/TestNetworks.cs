namespace Nnfs.Tests.Networks;

/// <summary>The book's neuron: three inputs, one output.</summary>
[Network(3)]
[Dense(1)]
[ReLU]
public partial class NeuronNetwork;

/// <summary>The book's neuron before its activation.</summary>
[Network(3)]
[Dense(1)]
public partial class AffineNeuronNetwork;

/// <summary>The book's layer before its activation.</summary>
[Network(4)]
[Dense(3)]
public partial class AffineBatchLayerNetwork;

/// <summary>The book's layer of three neurons over four inputs.</summary>
[Network(4)]
[Dense(3)]
[ReLU]
public partial class BatchLayerNetwork;

/// <summary>The book's first network, with its small weights.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(3)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SpiralNetwork;

/// <summary>The network that the book trains.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class TrainedSpiralNetwork;

/// <summary>Softmax alone.</summary>
[Network(4)]
[Softmax]
public partial class SoftmaxNetwork;

/// <summary>Softmax alone, of three classes.</summary>
[Network(3)]
[Softmax]
public partial class ThreeClassSoftmaxNetwork;

/// <summary>Softmax and cross-entropy in one.</summary>
[Network(4)]
[SoftmaxCrossEntropy]
public partial class FusedLossNetwork;

/// <summary>Softmax and cross-entropy in one, of three classes.</summary>
[Network(3)]
[SoftmaxCrossEntropy]
public partial class ThreeClassFusedLossNetwork;

/// <summary>Softmax, then cross-entropy.</summary>
[Network(4)]
[Softmax]
[CategoricalCrossEntropy]
public partial class SeparateLossNetwork;

/// <summary>Layers of several widths, none of them a whole number of vectors, and a lone ReLU.</summary>
[Network(7)]
[ReLU]
[Dense(33)]
[ReLU]
[Dense(20)]
[Dense(5)]
[SoftmaxCrossEntropy]
public partial class DeepNetwork;

/// <summary>Layers of several widths with samples in lanes; the weights of the last lie by neuron.</summary>
[Network(7)]
[Dense(33)]
[ReLU]
[Dense(20)]
[ReLU]
[Dense(5)]
[SoftmaxCrossEntropy]
public partial class LanesNetwork;

/// <summary>The separate loss after dense layers.</summary>
[Network(5)]
[Dense(18)]
[ReLU]
[Dense(4)]
[Softmax]
[CategoricalCrossEntropy]
public partial class ProbabilityNetwork;

/// <summary>No loss, three outputs.</summary>
[Network(6)]
[Dense(17)]
[ReLU]
[Dense(3)]
public partial class RegressionNetwork;

/// <summary>One of everything.</summary>
[Network(1)]
[Dense(1)]
public partial class SmallestNetwork;

/// <summary>One input and one hidden neuron between wider layers.</summary>
[Network(1)]
[Dense(6)]
[ReLU]
[Dense(1)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class NarrowNetwork;

/// <summary>Large enough that two threads share a batch.</summary>
[Network(70)]
[Dense(200)]
[ReLU]
[Dense(150)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class WideNetwork;

/// <summary>Batch normalisations of the inputs, between layers and beside a shortcut.</summary>
[Network(90)]
[BatchNorm]
[Dense(160)]
[BatchNorm]
[ReLU]
[Dense(160)]
[BatchNorm]
[Add("Dense1", "BatchNorm3")]
[Tanh]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class NormalisedNetwork;

/// <summary>With parameters enough that two threads share a step and the transposition of weights.</summary>
[Network(70)]
[Dense(520)]
[ReLU]
[Dense(500)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class TallNetwork;

/// <summary>What a single sample needs on its way, and what it gives, is more than the stack should hold.</summary>
[Network(2)]
[Dense(4100)]
[ReLU]
[Dense(5)]
[Dense(4100)]
[SoftmaxCrossEntropy]
public partial class TooLargeForTheStackNetwork;

/// <summary>Several inputs and outputs, joins, and a value that many layers read.</summary>
[Network]
[Input("state", 40)]
[Input("goal", 9)]
[Concat("state", "goal")]
[Dense(70, WeightL1 = 1e-4f, WeightL2 = 1e-3f)]
[Tanh(Name = "Trunk")]
[Dropout(0.2f)]
[Dense(70)]
[Add("Trunk", "Dense2")]
[LayerNorm]
[GELU(Name = "Block")]
[Dense(6)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
[Output("policy")]
[Multiply("Block", "Trunk")]
[Dense(2)]
[SigmoidBinaryCrossEntropy]
[Output("done")]
[Dense(1, From = "Block")]
[Huber(Weight = 0.5f)]
[Output("value")]
public partial class TypedGraphNetwork;

/// <summary>A network whose next state is what it takes in the next step.</summary>
[Network]
[Input("state", 3)]
[Input("seen", 2)]
[Concat("state", "seen")]
[Dense(8)]
[Tanh(Name = "Hidden")]
[Dense(3)]
[Output("next")]
[Dense(2, From = "Hidden")]
[MeanSquaredError]
[Output("action")]
public partial class RecurrentNetwork;
