namespace Nnfs;

/// <summary>
/// Cross-entropy of the probabilities that a <see cref="SoftmaxAttribute">softmax</see> gives:
/// <c>L = mean over samples of −log p_label</c>, or <c>−Σⱼ tⱼ·log pⱼ</c> for targets <c>t</c>,
/// with every probability clipped to [1e-7, 1 − 1e-7].
/// </summary>
public sealed class CategoricalCrossEntropyAttribute : LossAttribute;
