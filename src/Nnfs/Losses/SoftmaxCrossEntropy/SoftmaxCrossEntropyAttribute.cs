namespace Nnfs;

/// <summary>
/// Softmax output and cross-entropy loss in one, computed from the logits by log-sum-exp:
/// <c>L = mean over samples of log Σⱼ exp(zⱼ) − z_label</c>, or <c>Σⱼ tⱼ·(log Σₖ exp(zₖ) − zⱼ)</c> for targets <c>t</c>.
/// Its gradient with respect to the logits is <c>(softmax(z) − t) / n</c>.
/// </summary>
/// <remarks>
/// Where samples have several dimensions, the classes are the last, and each step or pixel has a label; the mean is over these too. There a label of −1 leaves
/// its step or pixel out of the loss, whose mean is over the others, and of gradients and accuracy; where none is left, the loss is 0.
/// </remarks>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// How much of every target is spread over all classes, from 0 to less than 1; 0 by default. Targets become
    /// <c>(1 − s)·t + s / classes</c> (Szegedy et al. 2016).
    /// </summary>
    public double LabelSmoothing { get; set; }
}
