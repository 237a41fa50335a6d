using Nnfs;

namespace Notebook;

// Plain networks are written as this notebook computes: a call for each layer, forward in their order and backward in the opposite one. Without Plain
// the numbers are the same up to rounding, and the passes are faster. "Go to definition" on a member shows the text.

/// <summary>One neuron of three inputs, with its ReLU. It has no loss, so its backward pass takes the gradient of its output.</summary>
[Network(3, Plain = true)]
[Dense(1)]
[ReLU]
internal sealed partial class Neuron;

/// <summary>A layer of three neurons over four inputs.</summary>
[Network(4, Plain = true)]
[Dense(3)]
[ReLU]
internal sealed partial class Layer;

/// <summary>Softmax alone.</summary>
[Network(4, Plain = true)]
[Softmax]
internal sealed partial class SoftmaxOnly;

/// <summary>Softmax as a layer, and cross-entropy after it as a loss of its own.</summary>
[Network(4, Plain = true)]
[Softmax]
[CategoricalCrossEntropy]
internal sealed partial class SoftmaxThenLoss;

/// <summary>Softmax and cross-entropy fused.</summary>
[Network(4, Plain = true)]
[SoftmaxCrossEntropy]
internal sealed partial class FusedLoss;

/// <summary>The network for the spiral, with the small random weights of the book.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal, Plain = true)]
[Dense(3)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SpiralNet;
