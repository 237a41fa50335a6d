namespace Nnfs.Tests.Training;

/// <summary>A network that is quick to train.</summary>
[Network(4)]
[Dense(9)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SmallNetwork;

/// <summary>A network for the spiral.</summary>
[Network(2)]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SmallSpiralNetwork;

/// <summary>A network with the tensors of <see cref="SmallNetwork"/>, but other layers.</summary>
[Network(4)]
[Dense(9)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SmallLinearNetwork;

/// <summary>A network whose first layer can stay finite while the second does not.</summary>
[Network(2)]
[Dense(3, Name = "First")]
[Dense(2, Name = "Second")]
[SoftmaxCrossEntropy]
public partial class NamedNetwork;

/// <summary>Layers that train otherwise than they predict, and regularisation.</summary>
[Network(4)]
[Dense(12, WeightL2 = 1e-3f, BiasL1 = 1e-4f)]
[BatchNorm]
[ReLU]
[Dropout(0.25f)]
[Dense(9)]
[LayerNorm]
[Tanh]
[Dropout(0.1f)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class MixedNetwork;

/// <summary>The same kinds of layers, so large that threads share a batch.</summary>
[Network(70)]
[Dense(200, WeightL2 = 1e-4f)]
[BatchNorm]
[ReLU]
[Dropout(0.3f)]
[Dense(150)]
[LayerNorm]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class WideMixedNetwork;

/// <summary>Every kind of regularisation.</summary>
[Network(4)]
[Dense(9, WeightL1 = 1e-2f, WeightL2 = 2e-2f, BiasL1 = 3e-2f, BiasL2 = 4e-2f)]
[ReLU]
[Dense(3, WeightL2 = 5e-2f)]
[SoftmaxCrossEntropy]
public partial class PenalizedNetwork;

/// <summary>One output between 0 and 1, from logits.</summary>
[Network(4)]
[Dense(9)]
[Tanh]
[Dense(1)]
[SigmoidBinaryCrossEntropy]
public partial class BinaryNetwork;

/// <summary>One output between 0 and 1, from probabilities.</summary>
[Network(4)]
[Dense(9)]
[Tanh]
[Dense(1)]
[Sigmoid]
[BinaryCrossEntropy]
public partial class BinaryProbabilityNetwork;

/// <summary>Three outputs between 0 and 1, each with a label of its own.</summary>
[Network(4)]
[Dense(9)]
[Tanh]
[Dense(3)]
[SigmoidBinaryCrossEntropy]
public partial class MultiLabelNetwork;

/// <summary>A regression of two numbers.</summary>
[Network(4)]
[Dense(9)]
[Tanh]
[Dense(2)]
[MeanSquaredError]
public partial class CurveNetwork;

/// <summary>A regression of two numbers with the absolute error.</summary>
[Network(4)]
[Dense(2)]
[MeanAbsoluteError]
public partial class AbsoluteNetwork;

/// <summary>A regression of two numbers with an error in between, and a regularisation.</summary>
[Network(4)]
[Dense(2, WeightL2 = 0.1f)]
[Huber(0.5f)]
public partial class HuberNetwork;

/// <summary>Three numbers, each of which is its sigmoid's logit.</summary>
[Network(3)]
[Linear]
[SigmoidBinaryCrossEntropy]
public partial class LogitsNetwork;

/// <summary>One logit's probability.</summary>
[Network(1)]
[Sigmoid]
[BinaryCrossEntropy]
public partial class SingleProbabilityNetwork;

/// <summary>Two numbers as they are.</summary>
[Network(2)]
[Linear]
[MeanSquaredError]
public partial class IdentityNetwork;

/// <summary>A network for the sine.</summary>
[Network(1)]
[Dense(32)]
[Tanh]
[Dense(32)]
[Tanh]
[Dense(1)]
[MeanSquaredError]
public partial class SineNetwork;

/// <summary>A regression of one number with a penalty that is far larger than its loss.</summary>
[Network(60)]
[Dense(32, WeightL1 = 0.1f)]
[ReLU]
[Dense(1)]
[MeanSquaredError]
public partial class PenalizedCurveNetwork;

/// <summary>A network with a running average, whose inputs are normalised.</summary>
[Network(2)]
[BatchNorm]
[Dense(2)]
[SoftmaxCrossEntropy]
public partial class AveragingNetwork;

/// <summary>A network with as many outputs as inputs, so that it could be asked to predict in place.</summary>
[Network(4)]
[Dense(9)]
[ReLU]
[Dense(4)]
[MeanSquaredError]
public partial class IdentitySizedNetwork;
