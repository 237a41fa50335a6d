namespace Nnfs.Benchmarks;

[Network(32)]
[Dense(64)]
[ReLU]
[Dense(32)]
[ReLU]
[Dense(8)]
[SoftmaxCrossEntropy]
public sealed partial class Net32x64x32x8;
