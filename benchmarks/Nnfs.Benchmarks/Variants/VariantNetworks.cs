namespace Nnfs.Benchmarks;

// 2-64-3, and the same with one thing changed.

[Network(2)]
[Dense(64)]
[LeakyReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class LeakyReLUNet;

[Network(2)]
[Dense(64)]
[ELU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class ELUNet;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class TanhNet;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SigmoidNet;

[Network(2)]
[Dense(64)]
[GELU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class GELUNet;

[Network(2)]
[Dense(64)]
[SiLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SiLUNet;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
internal sealed partial class SmoothedNet;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[MeanSquaredError]
internal sealed partial class SquaredErrorNet;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SigmoidBinaryCrossEntropy]
internal sealed partial class BinaryNet;

[Network(2)]
[Dense(64, Name = "Hidden")]
[ReLU(Name = "Active")]
[Dense(3, From = "Active")]
[SoftmaxCrossEntropy]
internal sealed partial class NamedNet;

[Network(2)]
[Dense(64)]
[ReLU]
[Dropout(0.1)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class DropoutNet;
