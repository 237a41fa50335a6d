namespace Nnfs;

/// <summary>
/// Softmax output and cross-entropy loss in one, computed from the logits by log-sum-exp:
/// <c>L = mean over samples of log Σⱼ exp(zⱼ) − z_label</c>, or <c>Σⱼ tⱼ·(log Σₖ exp(zₖ) − zⱼ)</c> for targets <c>t</c>.
/// Its gradient with respect to the logits is <c>(softmax(z) − t) / n</c>.
/// </summary>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute;
