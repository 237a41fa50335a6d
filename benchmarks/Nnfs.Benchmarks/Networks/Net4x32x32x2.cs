namespace Nnfs.Benchmarks;

[Network(4)]
[Dense(32)]
[ReLU]
[Dense(32)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class Net4x32x32x2;
