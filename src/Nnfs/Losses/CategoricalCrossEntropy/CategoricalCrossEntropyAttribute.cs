namespace Nnfs;

/// <summary>
/// Cross-entropy of the probabilities that a <see cref="SoftmaxAttribute">softmax</see> gives:
/// <c>L = mean over samples of −log p_label</c>, or <c>−Σⱼ tⱼ·log pⱼ</c> for targets <c>t</c>,
/// with every probability clipped to [1e-7, 1 − 1e-7].
/// </summary>
/// <remarks>Where samples have several dimensions, the classes are the last, and each step or pixel has a label; the mean is over these too.</remarks>
public sealed class CategoricalCrossEntropyAttribute : LossAttribute;
