using Nnfs;

namespace Iris;

/// <summary>Tells three kinds of iris apart by four lengths of a flower.</summary>
[Network(4)]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class IrisNet;
