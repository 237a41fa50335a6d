namespace Nnfs.Benchmarks;

/// <summary>One value a step through a long short-term memory of 16 units, as for an amplifier or an effect.</summary>
[Network(64, 1)]
[LSTM(16, ReturnSequences = true)]
[Dense(1, EachStep = true)]
public sealed partial class LSTM16Steps;
