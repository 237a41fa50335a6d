namespace Nnfs.Benchmarks;

[Network(784)]
[Dense(128)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net784x128x64x10;
