namespace Nnfs.Benchmarks;

[Network(784)]
[Dense(512)]
[BatchNorm]
[ReLU]
[Dense(512)]
[BatchNorm]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net784x512x512x10Norm;
