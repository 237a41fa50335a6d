using Nnfs;

namespace SpiralSweep;

/// <summary>The spiral with 16 hidden neurons.</summary>
[Network(2)]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SmallNet;
