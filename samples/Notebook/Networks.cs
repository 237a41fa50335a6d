using Nnfs;

namespace Notebook;

/// <summary>One neuron of three inputs, with its ReLU. It has no loss, so its backward pass takes the gradient of its output.</summary>
[Network(3)]
[Dense(1)]
[ReLU]
internal sealed partial class Neuron;

/// <summary>A layer of three neurons over four inputs.</summary>
[Network(4)]
[Dense(3)]
[ReLU]
internal sealed partial class Layer;

/// <summary>Softmax alone.</summary>
[Network(4)]
[Softmax]
internal sealed partial class SoftmaxOnly;

/// <summary>Softmax as a layer, and cross-entropy after it as a loss of its own.</summary>
[Network(4)]
[Softmax]
[CategoricalCrossEntropy]
internal sealed partial class SoftmaxThenLoss;

/// <summary>Softmax and cross-entropy fused.</summary>
[Network(4)]
[SoftmaxCrossEntropy]
internal sealed partial class FusedLoss;

/// <summary>The network for the spiral, with the small random weights of the book.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(3)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SpiralNet;
