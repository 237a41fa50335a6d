namespace Nnfs.Benchmarks;

/// <summary>A long short-term memory of 32 units over 50 steps of 8 features.</summary>
[Network(50, 8)]
[LSTM(32)]
[Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class Gestures;
