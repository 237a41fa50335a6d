namespace Nnfs.Benchmarks;

/// <summary>One value a step through a gated recurrent unit of 16 units.</summary>
[Network(64, 1)]
[GRU(16, ReturnSequences = true)]
[Dense(1, EachStep = true)]
public sealed partial class GRU16Steps;
