namespace Nnfs.Benchmarks;

[Network(7)]
[Dense(13)]
[ReLU]
[Dense(17)]
[ReLU]
[Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class Net7x13x17x5;
