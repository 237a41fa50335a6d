namespace Nnfs.Benchmarks;

/// <summary>A gated recurrent unit of 64 units over 100 steps of 8 features.</summary>
[Network(100, 8)]
[GRU(64)]
[Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class Signals;
