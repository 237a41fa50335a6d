using Nnfs;

namespace Playground.Networks;

// The networks without a hidden layer: their borders are straight lines.

[Network(2)]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class LinearNetTo2;

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class LinearNetTo3;
