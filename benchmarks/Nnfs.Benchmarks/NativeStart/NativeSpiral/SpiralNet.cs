using Nnfs;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SpiralNet;
