namespace Nnfs;

/// <summary>
/// Each step of a sequence takes from the others what it finds alike (Vaswani et al. 2017). With <c>q = x·Wq + bq</c>, <c>k = x·Wk + bk</c> and
/// <c>v = x·Wv + bv</c>, divided into <c>h</c> heads of <c>d = features / h</c> values each, a head gives <c>softmax(q·kᵀ / √d)·v</c>; what the heads give
/// side by side, times <c>Wo</c> and plus <c>bo</c>, is the output. It reads and gives sequences of steps × features.
/// </summary>
/// <remarks>
/// All four weights are [features × features] and start from U(−l, l) with l = √(3 / features); the biases [features] start from 0. It does not see the order
/// of the steps: a <see cref="PositionalEmbeddingAttribute"/> before it tells them apart.
/// </remarks>
public sealed class SelfAttentionAttribute : LayerAttribute
{
    /// <summary>An attention.</summary>
    /// <param name="heads">The number of heads, at least 1; it must divide the features.</param>
    public SelfAttentionAttribute(int heads)
    {
        Heads = heads;
    }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>Whether each step takes only from itself and from the steps before it; false by default.</summary>
    public bool Causal { get; set; }
}
