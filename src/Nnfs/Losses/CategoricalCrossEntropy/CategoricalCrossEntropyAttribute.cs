namespace Nnfs;

/// <summary>
/// Cross-entropy of the probabilities that a <see cref="SoftmaxAttribute">softmax</see> gives:
/// <c>L = mean over samples of −log p_label</c>, or <c>−Σⱼ tⱼ·log pⱼ</c> for targets <c>t</c>,
/// with every probability clipped to [1e-7, 1 − 1e-7].
/// </summary>
/// <remarks>
/// Where samples have several dimensions, the classes are the last, and each step or pixel has a label; the mean is over these too. There a label of −1 leaves
/// its step or pixel out of the loss, whose mean is over the others, and of gradients and accuracy; where none is left, the loss is 0.
/// </remarks>
public sealed class CategoricalCrossEntropyAttribute : LossAttribute;
