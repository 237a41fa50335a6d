namespace Nnfs.Benchmarks;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class Net2x64x3;
