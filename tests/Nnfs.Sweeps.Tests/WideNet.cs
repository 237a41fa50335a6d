namespace Nnfs.Sweeps.Tests;

[Network(2)]
[Dense(16)]
[BatchNorm]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class WideNet;
