namespace Nnfs.Tests.Training;

/// <summary>A network that is quick to train.</summary>
[Network(4)]
[Dense(9)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SmallNetwork;

/// <summary>A network with the tensors of <see cref="SmallNetwork"/>, but other layers.</summary>
[Network(4)]
[Dense(9)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SmallLinearNetwork;

/// <summary>A network whose first layer can stay finite while the second does not.</summary>
[Network(2)]
[Dense(3, Name = "First")]
[Dense(2, Name = "Second")]
[SoftmaxCrossEntropy]
public partial class NamedNetwork;
