namespace Nnfs.Distributed.Worker;

[Network(6)]
[Dense(24)]
[BatchNorm]
[ReLU]
[Dropout(0.2f)]
[Dense(3, WeightL2 = 1e-3f)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
internal sealed partial class MixedNet;

[Network(6)]
[Dense(40)]
[Tanh]
[Dense(2)]
[Huber]
internal sealed partial class CurveNet;

[Network(6, 6, 1)]
[Conv2D(4, 3, Padding = Padding.Same)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(6, 2)]
[BatchNorm]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class ImageNet;

[Network(5)]
[Embedding(11, 6)]
[PositionalEmbedding]
[SelfAttention(2)]
[LayerNorm]
[Dense(3, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class TokenNet;

[Network(7, 3)]
[Conv1D(4, 3, Padding = Padding.Causal)]
[GRU(5, ReturnSequences = true)]
[LSTM(4, Bidirectional = true)]
[RMSNorm]
[Dense(2)]
[SigmoidBinaryCrossEntropy]
internal sealed partial class SequenceNet;

/// <summary>Two inputs, and three outputs with a loss of different kinds.</summary>
[Network]
[Input("word", 2)]
[Embedding(5, 4)]
[Flatten(Name = "Words")]
[Input("state", 3)]
[Concat("Words", "state")]
[Dense(16, WeightL2 = 1e-3f)]
[Tanh(Name = "Trunk")]
[Dropout(0.1f)]
[Dense(3)]
[SoftmaxCrossEntropy]
[Output("policy")]
[Dense(2, From = "Trunk")]
[MeanSquaredError(Weight = 0.5f)]
[Output("value")]
[Dense(2, From = "Trunk")]
[SigmoidBinaryCrossEntropy]
[Output("flags")]
internal sealed partial class NamedNet;

/// <summary>A class at each of two steps, some of which may not count, beside a number.</summary>
[Network]
[Input("steps", 2, 3)]
[Dense(4, EachStep = true)]
[Tanh(Name = "Hidden")]
[Dense(3, EachStep = true)]
[SoftmaxCrossEntropy]
[Output("tags")]
[Flatten(From = "Hidden")]
[Dense(1)]
[MeanSquaredError]
[Output("value")]
internal sealed partial class TaggedNet;

/// <summary>Its batches go on from the states of those before.</summary>
[Network(4, 3)]
[GRU(5, Stateful = true)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class StatefulNet;

[Sample]
internal sealed partial record House([Feature] float Rooms, [Feature(Scaling = FeatureScaling.Log)] double Area, [Feature] int? Year, [Label] float Price);

[Network(typeof(House))]
[Dense(8)]
[Tanh]
[Dense]
[MeanSquaredError]
internal sealed partial class HouseNet;

/// <summary>Batch normalisations of values, of pixels, and after them a layer without parameters before it.</summary>
[Network(4, 4, 2)]
[BatchNorm]
[Conv2D(5, 3)]
[BatchNorm]
[Tanh]
[Dense(8)]
[BatchNorm]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class NormNet;
