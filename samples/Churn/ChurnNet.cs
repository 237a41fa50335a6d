using Nnfs;

namespace Churn;

/// <summary>Tells how probably a customer leaves.</summary>
[Network(typeof(Customer))]
[Dense(32)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense]
[SigmoidBinaryCrossEntropy]
public sealed partial class ChurnNet;
