using Nnfs;

namespace CartPole;

/// <summary>How much reward is to be expected from a state on, in hundreds of steps.</summary>
[Network(Cart.StateSize)]
[Dense(32)]
[Tanh]
[Dense(1)]
[MeanSquaredError]
internal sealed partial class ValueNet;
