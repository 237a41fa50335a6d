using Nnfs;

namespace Churn;

/// <summary>Tells how likely a customer is to leave.</summary>
[Network(typeof(Customer))]
[Dense(32)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense]
[SigmoidBinaryCrossEntropy]
public sealed partial class ChurnNet;
