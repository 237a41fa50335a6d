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
