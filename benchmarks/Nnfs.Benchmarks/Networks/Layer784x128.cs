namespace Nnfs.Benchmarks;

/// <summary>One layer by itself: a matrix product with its ReLU.</summary>
[Network(784)]
[Dense(128)]
[ReLU]
public sealed partial class Layer784x128;
