namespace Nnfs;

/// <summary>Probabilities of classes from logits, <c>yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)</c>, over the last dimension: for each sample, step or pixel.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;
