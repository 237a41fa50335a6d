namespace Nnfs.Tests.Training.Kills;

/// <summary>
/// A network with layers that train otherwise than they predict, whose checkpoint takes longer to write than a batch to train on: 200,000 parameters, and
/// three numbers for each.
/// </summary>
[Network(16)]
[Dense(400)]
[BatchNorm]
[ReLU]
[Dropout(0.2f)]
[Dense(480)]
[ReLU]
[Dense(4)]
[SoftmaxCrossEntropy]
public partial class WideNetwork;
