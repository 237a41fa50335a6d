namespace Nnfs.Benchmarks;

/// <summary>LeNet-5 (LeCun et al. 1998) with ReLUs and maxima, as it is usually written today.</summary>
[Network(28, 28, 1)]
[Conv2D(6, 5)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(16, 5)]
[ReLU]
[MaxPool2D(2)]
[Dense(120)]
[ReLU]
[Dense(84)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class LeNet5;
