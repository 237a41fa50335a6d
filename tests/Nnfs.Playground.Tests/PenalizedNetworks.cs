namespace Nnfs.Playground.Tests;

/// <summary>With penalties by attributes, which the page adds itself.</summary>
[Network(2)]
[Dense(8, WeightL1 = 0.01f)]
[Tanh]
[Dense(2, WeightL1 = 0.01f)]
[SoftmaxCrossEntropy]
internal sealed partial class AbsoluteNet;

/// <inheritdoc cref="AbsoluteNet"/>
[Network(2)]
[Dense(8, WeightL2 = 0.01f)]
[Tanh]
[Dense(2, WeightL2 = 0.01f)]
[SoftmaxCrossEntropy]
internal sealed partial class SquareNet;
