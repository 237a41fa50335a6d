namespace Nnfs.Tests.Files;

/// <summary>One dense layer, for files written by hand.</summary>
[Network(4)]
[Dense(3)]
public partial class HandNetwork;

/// <summary>Names of the user's own, two of which differ only in case.</summary>
[Network(2)]
[Dense(5, Name = "Encoder")]
[ReLU(Name = "Code")]
[Dense(4, Name = "encoder")]
[Dense(4, Name = "Größe")]
[Dense(4)]
[Dense(3, Name = "dense4")]
[SoftmaxCrossEntropy]
internal sealed partial class NamedNetwork;

/// <summary>Tensors of several blocks of a file: rows of less than a block, and one row of more.</summary>
[Network(1)]
[Dense(40_001)]
[Dense(70)]
public partial class WideNetwork;

/// <summary>16 MB of parameters.</summary>
[Network(2000)]
[Dense(2000)]
public partial class LargeNetwork;

/// <summary>Two inputs and two outputs, each with a loss.</summary>
[Network]
[Input("state", 6)]
[Input("action", 2)]
[Dense(9, From = "state")]
[BatchNorm(Name = "Trunk")]
[Concat("Trunk", "action", Name = "Joined")]
[Dense(3)]
[SoftmaxCrossEntropy]
[Output("policy")]
[Dense(1, From = "Joined")]
[MeanSquaredError(Weight = 0.5f)]
[Output("value")]
public partial class TypedNetwork;

/// <summary>Several inputs and outputs, joins, settings, and a normalisation of each kind, for the table of layers.</summary>
[Network]
[Input("state", 4)]
[Input("action", 2)]
[Concat("state", "action")]
[Dense(8)]
[BatchNorm]
[LeakyReLU(0.25f, Name = "Trunk")]
[Dense(8)]
[LayerNorm(Epsilon = 0.5f)]
[Add("Trunk", "LayerNorm1")]
[RMSNorm(Epsilon = 0.25f)]
[Dropout(0.5f)]
[Dense(3)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.125f)]
[Output("policy")]
[Dense(1, From = "Trunk")]
[MeanSquaredError]
[Output("value")]
internal sealed partial class DescribedNetwork;
