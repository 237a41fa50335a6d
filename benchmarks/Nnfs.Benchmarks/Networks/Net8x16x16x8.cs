namespace Nnfs.Benchmarks;

[Network(8)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(8)]
[SoftmaxCrossEntropy]
public sealed partial class Net8x16x16x8;
