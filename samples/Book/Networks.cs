using Nnfs;

namespace Book;

/// <summary>Chapter 14: three arms of 1,000 samples each, with L2 on weights and biases of the first layer.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(64, WeightL2 = 5e-4f, BiasL2 = 5e-4f)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class RegularizedNet;

/// <summary>Chapter 15: the same, wider, with dropout.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(512, WeightL2 = 5e-4f, BiasL2 = 5e-4f)]
[ReLU]
[Dropout(0.1f)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class DropoutNet;

/// <summary>Chapter 16: two arms of 100 samples each, told apart by one output.</summary>
[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(64, WeightL2 = 5e-4f, BiasL2 = 5e-4f)]
[ReLU]
[Dense(1)]
[Sigmoid]
[BinaryCrossEntropy]
internal sealed partial class BinaryNet;

/// <summary>Chapter 17: a sine of 1,000 samples.</summary>
[Network(1)]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(1)]
[MeanSquaredError]
internal sealed partial class SineNet;
