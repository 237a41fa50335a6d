using Nnfs;

namespace SpiralSweep;

/// <summary>The spiral with two layers of 32 hidden neurons.</summary>
[Network(2)]
[Dense(32)]
[ReLU]
[Dense(32)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class DeepNet;
