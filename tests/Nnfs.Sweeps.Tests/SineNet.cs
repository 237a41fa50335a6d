namespace Nnfs.Sweeps.Tests;

[Network(1)]
[Dense(8)]
[Tanh]
[Dense(1)]
[MeanSquaredError]
internal sealed partial class SineNet;
