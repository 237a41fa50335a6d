namespace Nnfs;

/// <summary>Probabilities of classes from logits, sample by sample: <c>yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)</c>.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;
