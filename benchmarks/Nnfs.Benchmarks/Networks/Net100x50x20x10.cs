namespace Nnfs.Benchmarks;

[Network(100)]
[Dense(50)]
[ReLU]
[Dense(20)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net100x50x20x10;
