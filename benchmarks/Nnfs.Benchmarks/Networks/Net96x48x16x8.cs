namespace Nnfs.Benchmarks;

[Network(96)]
[Dense(48)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(8)]
[SoftmaxCrossEntropy]
public sealed partial class Net96x48x16x8;
