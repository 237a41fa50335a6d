namespace Nnfs.Benchmarks;

/// <summary>Two blocks of a causal transformer, of 64 features and 4 heads, over 64 steps.</summary>
[Network(64, 64)]
[PositionalEmbedding(Name = "Places")]

[LayerNorm]
[SelfAttention(4, Causal = true)]
[Add("Places", "SelfAttention1")]
[LayerNorm]
[Dense(256, EachStep = true)]
[GELU]
[Dense(64, EachStep = true)]
[Add("Add1", "Dense2", Name = "Block1")]

[LayerNorm]
[SelfAttention(4, Causal = true)]
[Add("Block1", "SelfAttention2")]
[LayerNorm]
[Dense(256, EachStep = true)]
[GELU]
[Dense(64, EachStep = true)]
[Add("Add3", "Dense4", Name = "Block2")]

[LayerNorm]
[Dense(32, EachStep = true)]
[SoftmaxCrossEntropy]
public sealed partial class CausalTransformer;
