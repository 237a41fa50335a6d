namespace Nnfs.WebAssembly;

/// <summary>The book's network; its samples are in lanes.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SpiralNet;

/// <summary>Images of digits; its samples are in rows.</summary>
[Network(784)]
[Dense(128)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class DigitNet;

/// <summary>Widths that are no whole number of vectors, in rows, with dropout and a penalty.</summary>
[Network(70)]
[Dense(131, WeightL2 = 1e-3f)]
[ReLU]
[Dropout(0.25)]
[Dense(77)]
[Tanh]
[Dense(7)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
internal sealed partial class OddNet;

/// <summary>Every activation, in lanes.</summary>
[Network(5)]
[Dense(7)]
[Tanh]
[Dense(9)]
[Sigmoid]
[Dense(6)]
[GELU]
[Dense(5)]
[ELU]
[Dense(8)]
[SELU]
[Dense(7)]
[SiLU]
[Dense(6)]
[Softplus]
[Dense(9)]
[HardSigmoid]
[Dense(7)]
[HardSwish]
[Dense(5)]
[LeakyReLU]
[Dropout(0.1)]
[Dense(4)]
[Softmax]
[CategoricalCrossEntropy]
internal sealed partial class LanesOfActivationsNet;

/// <summary>Every activation, in rows.</summary>
[Network(70)]
[Dense(65)]
[Tanh]
[Dense(66)]
[Sigmoid]
[Dense(67)]
[GELU]
[Dense(68)]
[ELU]
[Dense(69)]
[SELU]
[Dense(70)]
[SiLU]
[Dense(71)]
[Softplus]
[Dense(72)]
[HardSigmoid]
[Dense(73)]
[HardSwish]
[Dense(74)]
[LeakyReLU]
[Dense(33)]
[Softmax]
[CategoricalCrossEntropy]
internal sealed partial class RowsOfActivationsNet;

/// <summary>Convolutions and pools of images.</summary>
[Network(12, 12, 3)]
[Conv2D(8, 3, Padding = Padding.Same)]
[BatchNorm]
[ReLU]
[MaxPool2D(2)]
[Conv2D(20, 3, Padding = Padding.Same, Groups = 2)]
[LeakyReLU]
[AveragePool2D(2)]
[ZeroPadding2D(1)]
[DepthwiseConv2D(3)]
[Tanh]
[ConvTranspose2D(6, 3, Stride = 2)]
[Upsample2D(2)]
[Conv2D(5, 5, Stride = 2)]
[ReLU]
[GlobalAveragePool]
[Dense(4)]
[SoftmaxCrossEntropy]
internal sealed partial class ImageNet;

/// <summary>A convolution of images of one channel, as of digits.</summary>
[Network(28, 28, 1)]
[Conv2D(6, 5)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(16, 5)]
[ReLU]
[MaxPool2D(2)]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class LeNet;

/// <summary>Convolutions and pools of sequences.</summary>
[Network(24, 5)]
[Conv1D(12, 3, Padding = Padding.Causal)]
[ReLU]
[MaxPool1D(2)]
[DepthwiseConv1D(3)]
[GELU]
[AveragePool1D(2)]
[GlobalMaxPool]
[Dense(3)]
[MeanSquaredError]
internal sealed partial class SequenceNet;

/// <summary>Recurrent layers.</summary>
[Network(9, 4)]
[LSTM(18, ReturnSequences = true)]
[GRU(13, ReturnSequences = true, Bidirectional = true)]
[SimpleRNN(17)]
[Dense(2)]
[MeanSquaredError]
internal sealed partial class RecurrentNet;

/// <summary>Attention with normalisations and a shortcut.</summary>
[Network(7, 12)]
[PositionalEmbedding]
[LayerNorm]
[SelfAttention(3, Causal = true)]
[Add("PositionalEmbedding1", "SelfAttention1")]
[RMSNorm]
[Dense(20, EachStep = true)]
[GELU]
[Dense(12, EachStep = true)]
[Add("Add1", "Dense2")]
[Dense(5, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class AttentionNet;

/// <summary>A class for each of a row of indices.</summary>
[Network(6)]
[Embedding(9, 8)]
[PositionalEmbedding]
[Dense(5, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class TokenNet;

/// <summary>Joins and products of values, and a loss for each of several outputs.</summary>
[Network(6)]
[Dense(19)]
[Tanh(Name = "Trunk")]
[Dense(19)]
[Sigmoid(Name = "Gate")]
[Multiply("Trunk", "Gate")]
[Concat("Multiply1", "Trunk")]
[Dense(5)]
[SigmoidBinaryCrossEntropy]
internal sealed partial class GateNet;

/// <summary>A loss of absolute differences.</summary>
[Network(3)]
[Dense(16)]
[Softplus]
[Dense(2)]
[MeanAbsoluteError]
internal sealed partial class AbsoluteNet;

/// <summary>A loss that is linear far away.</summary>
[Network(3)]
[Dense(16)]
[SiLU]
[Dense(2)]
[Huber]
internal sealed partial class HuberNet;

/// <summary>Probabilities of two classes.</summary>
[Network(3)]
[Dense(16)]
[ELU]
[Dense(2)]
[Sigmoid]
[BinaryCrossEntropy]
internal sealed partial class BinaryNet;

/// <summary>So wide that threads would share its passes.</summary>
[Network(160)]
[Dense(300)]
[ReLU]
[Dense(200)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class WideNet;
