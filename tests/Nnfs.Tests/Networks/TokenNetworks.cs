namespace Nnfs.Tests.Networks;

/// <summary>A class at each of six steps, of indices.</summary>
[Network(6)]
[Embedding(9, 8)]
[PositionalEmbedding]
[SelfAttention(2, Causal = true)]
[Dense(5, EachStep = true)]
[SoftmaxCrossEntropy]
public partial class TokenNetwork;

/// <summary>Indices beside numbers.</summary>
[Network]
[Input("word", 1)]
[Embedding(4, 3)]
[Flatten]
[Input("numbers", 2)]
[Concat("Flatten1", "numbers")]
[Dense(2)]
[SoftmaxCrossEntropy]
public partial class WordAndNumbersNetwork;

/// <summary>A class at each of four steps, of numbers, some of which count for nothing.</summary>
[Network(4, 3)]
[Dense(3, EachStep = true)]
[SoftmaxCrossEntropy]
public partial class PartlyLabelledNetwork;

/// <summary>One class of three for six indices.</summary>
[Network(6)]
[Embedding(9, 8)]
[Dropout(0.2)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class TokenClassNetwork;

/// <summary>Two labels for six indices.</summary>
[Network(6)]
[Embedding(9, 8)]
[Dense(2, WeightL2 = 1e-3)]
[SigmoidBinaryCrossEntropy]
public partial class TokenLabelNetwork;

/// <summary>A number of six indices.</summary>
[Network(6)]
[Embedding(9, 8)]
[Dense(1)]
[MeanSquaredError]
public partial class TokenNumberNetwork;
