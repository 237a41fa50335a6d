using Nnfs;

namespace CartPole;

/// <summary>How likely it is to push to the left and to the right.</summary>
[Network(Cart.StateSize)]
[Dense(32)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
internal sealed partial class PolicyNet;
