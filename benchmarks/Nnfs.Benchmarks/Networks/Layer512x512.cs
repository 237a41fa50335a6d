namespace Nnfs.Benchmarks;

/// <summary>One layer by itself: a matrix product with its ReLU.</summary>
[Network(512)]
[Dense(512)]
[ReLU]
public sealed partial class Layer512x512;
