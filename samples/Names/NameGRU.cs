using Nnfs;

namespace Names;

/// <summary>A recurrent network: a state that each letter changes.</summary>
[Network(Alphabet.Steps)]
[Embedding(Alphabet.Size, 16)]
[GRU(64, ReturnSequences = true)]
[Dropout(0.3)]
[Dense(Alphabet.Size, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class NameGRU;
