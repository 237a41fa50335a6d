namespace Nnfs.Tests.Files;

/// <summary>The network whose file the others here are given: all have the same tensors.</summary>
[Network(4)]
[Dense(5)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class TanhFileNetwork;

/// <summary>Another activation.</summary>
[Network(4)]
[Dense(5)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class ReLUFileNetwork;

/// <summary>One activation more.</summary>
[Network(4)]
[Dense(5)]
[Tanh]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class LongerFileNetwork;

/// <summary>Other outputs of the same last layer.</summary>
[Network(4)]
[Dense(5)]
[Tanh]
[Dense(3)]
[MeanSquaredError]
public partial class LinearFileNetwork;

/// <summary>Other layers in training and other names, and the same predictions.</summary>
[Network(4)]
[Dropout(0.1f)]
[Dense(5)]
[Tanh(Name = "Bend")]
[Linear]
[Dropout(0.25f)]
[Dense(3)]
[Softmax]
[CategoricalCrossEntropy]
public partial class DropoutFileNetwork;

/// <summary>A slope, an epsilon and a form.</summary>
[Network(2, 3)]
[Dense(4, EachStep = true)]
[LeakyReLU(0.1f)]
[LayerNorm(Epsilon = 1e-3f)]
[Dense(4, EachStep = true)]
[GELU]
[Flatten]
[Dense(1)]
public partial class SettingsFileNetwork;

/// <summary>Another slope, another epsilon, another form.</summary>
[Network(2, 3)]
[Dense(4, EachStep = true)]
[LeakyReLU(0.2f)]
[LayerNorm(Epsilon = 1e-5f)]
[Dense(4, EachStep = true)]
[GELU(Form = GELUForm.Tanh)]
[Flatten]
[Dense(1)]
public partial class OtherSettingsFileNetwork;

/// <summary>A skip around one layer.</summary>
[Network(4)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Add("Dense1", "Dense2")]
public partial class SkipFileNetwork;

/// <summary>A skip from elsewhere.</summary>
[Network(4)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Add("Tanh1", "Dense2")]
public partial class OtherSkipFileNetwork;
