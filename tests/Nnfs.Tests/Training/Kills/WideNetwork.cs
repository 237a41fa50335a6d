namespace Nnfs.Tests.Training.Kills;

/// <summary>A network whose checkpoint takes longer to write than a batch to train on: 200,000 parameters, and three numbers for each.</summary>
[Network(16)]
[Dense(400)]
[ReLU]
[Dense(480)]
[ReLU]
[Dense(4)]
[SoftmaxCrossEntropy]
public partial class WideNetwork;
