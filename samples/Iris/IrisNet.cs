using Nnfs;

namespace Iris;

/// <summary>Tells three kinds of iris apart by four lengths of a flower.</summary>
[Network(typeof(Flower))]
[Dense(16)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
internal sealed partial class IrisNet;
