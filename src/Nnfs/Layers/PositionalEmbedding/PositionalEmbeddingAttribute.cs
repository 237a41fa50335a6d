namespace Nnfs;

/// <summary>
/// Adds to each step what belongs to its place: <c>y[t, j] = x[t, j] + W[t, j]</c>, with weights <c>W</c> [steps × features] that are learned. It reads and
/// gives sequences of steps × features, of which a <see cref="SelfAttentionAttribute"/> does not see the order by itself (Gehring et al. 2017).
/// </summary>
/// <remarks>The weights start from N(0, 0.02²).</remarks>
public sealed class PositionalEmbeddingAttribute : LayerAttribute;
