namespace Nnfs.Benchmarks;

[Network(64)]
[Dense(128)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net64x128x64x10;
