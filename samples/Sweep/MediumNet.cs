using Nnfs;

namespace SpiralSweep;

/// <summary>The spiral with 64 hidden neurons.</summary>
[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class MediumNet;
