using Nnfs;

namespace Tone;

/// <summary>
/// An amplifier as a network: one value of sound a step. Passes of training go on with the state that the last one left, so that sound of any length is learnt
/// from in pieces of 256 steps.
/// </summary>
[Network(256, 1)]
[LSTM(16, ReturnSequences = true, Stateful = true)]
[Dense(1, EachStep = true)]
[MeanSquaredError]
internal sealed partial class ToneNet;
