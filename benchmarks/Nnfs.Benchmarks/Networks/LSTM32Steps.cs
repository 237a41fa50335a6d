namespace Nnfs.Benchmarks;

/// <summary>One value a step through a long short-term memory of 32 units.</summary>
[Network(64, 1)]
[LSTM(32, ReturnSequences = true)]
[Dense(1, EachStep = true)]
public sealed partial class LSTM32Steps;
