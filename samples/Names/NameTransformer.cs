using Nnfs;

namespace Names;

/// <summary>A transformer: two blocks in which each letter looks at those before it, and is then thought over.</summary>
[Network(Alphabet.Steps)]
[Embedding(Alphabet.Size, 32)]
[PositionalEmbedding]
[Dropout(0.1, Name = "Start")]

[LayerNorm]
[SelfAttention(4, Causal = true)]
[Add("Start", "SelfAttention1")]
[LayerNorm]
[Dense(64, EachStep = true)]
[GELU]
[Dense(32, EachStep = true)]
[Dropout(0.2)]
[Add("Add1", "Dropout2", Name = "Block1")]

[LayerNorm]
[SelfAttention(4, Causal = true)]
[Add("Block1", "SelfAttention2")]
[LayerNorm]
[Dense(64, EachStep = true)]
[GELU]
[Dense(32, EachStep = true)]
[Dropout(0.2)]
[Add("Add3", "Dropout3", Name = "Block2")]

[LayerNorm]
[Dense(Alphabet.Size, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class NameTransformer;
