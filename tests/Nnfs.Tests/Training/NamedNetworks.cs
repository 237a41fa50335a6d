namespace Nnfs.Tests.Training;

/// <summary>Two inputs, one of indices, and three outputs: a class, a number whose loss is weighted, and one without a loss.</summary>
[Network]
[Input("word", 2)]
[Embedding(5, 4)]
[Flatten(Name = "Words")]
[Input("state", 3)]
[Concat("Words", "state")]
[Dense(16, WeightL2 = 1e-3f)]
[Tanh(Name = "Trunk")]
[Dropout(0.1f)]
[Output("features")]
[Dense(3)]
[SoftmaxCrossEntropy]
[Output("policy")]
[Dense(2, From = "Trunk")]
[MeanSquaredError(Weight = 0.5f)]
[Output("value")]
internal sealed partial class WordStateNetwork;

/// <summary>A class at each of four steps, of which some do not count, beside two yes-or-no questions.</summary>
[Network]
[Input("steps", 4, 3)]
[Dense(6, EachStep = true)]
[Tanh(Name = "Hidden")]
[Dense(3, EachStep = true)]
[SoftmaxCrossEntropy]
[Output("tags")]
[Flatten(From = "Hidden")]
[Dense(2)]
[SigmoidBinaryCrossEntropy]
[Output("flags")]
internal sealed partial class TaggingNetwork;

/// <summary>Two inputs and one output.</summary>
[Network]
[Input("left", 4)]
[Input("right", 2)]
[Concat("left", "right")]
[Dense(8)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class TwoInputsNetwork;

/// <summary>Two inputs and no loss.</summary>
[Network]
[Input("left", 4)]
[Input("right", 2)]
[Concat("left", "right")]
[Dense(8)]
internal sealed partial class TwoInputsWithoutLossNetwork;
