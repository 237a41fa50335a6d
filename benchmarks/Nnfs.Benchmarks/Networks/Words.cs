namespace Nnfs.Benchmarks;

/// <summary>The mean of 20 rows of a table of 10,000 words.</summary>
[Network(20)]
[Embedding(10_000, 32)]
[GlobalAveragePool]
[Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class Words;
