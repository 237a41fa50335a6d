namespace Nnfs.Sweeps.Tests;

[Network(2)]
[Dense(8)]
[ReLU]
[Dropout(0.05f)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class NarrowNet;
