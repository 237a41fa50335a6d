namespace Nnfs.Benchmarks;

[Network(33)]
[Dense(65)]
[ReLU]
[Dense(31)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net33x65x31x10;
