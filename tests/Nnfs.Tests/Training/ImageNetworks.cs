namespace Nnfs.Tests.Training;

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
public partial class LeNet5;

/// <summary>Pairs of convolutions whose places are all pixels.</summary>
[Network(28, 28, 1)]
[Conv2D(32, 3, Padding = Padding.Same)]
[ReLU]
[Conv2D(32, 3, Padding = Padding.Same)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(64, 3, Padding = Padding.Same)]
[ReLU]
[Conv2D(64, 3, Padding = Padding.Same)]
[ReLU]
[MaxPool2D(2)]
[Dense(128)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class Convolutions3x3;
