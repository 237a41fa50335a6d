using Nnfs;

namespace Residual;

/// <summary>Twenty hidden layers, one after the other.</summary>
[Network(2)]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(16), Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class PlainNet;
