namespace Nnfs.Benchmarks;

/// <summary>Two pairs of 3 × 3 convolutions, as small networks of images usually have them.</summary>
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
public sealed partial class Convolutions3x3;
