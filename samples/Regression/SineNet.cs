using Nnfs;

namespace Regression;

/// <summary>One number in, one number out, and a smooth curve between them.</summary>
[Network(1)]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(1)]
[MeanSquaredError]
internal sealed partial class SineNet;
