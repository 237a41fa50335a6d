namespace Nnfs;

/// <summary>
/// Sigmoid output and binary cross-entropy in one, computed from the logits and never clipped: the mean over outputs and samples of
/// <c>max(z, 0) − z·t + log(1 + exp(−|z|))</c>. Its gradient with respect to the logits is <c>(sigmoid(z) − t) / (outputs·n)</c>.
/// </summary>
public sealed class SigmoidBinaryCrossEntropyAttribute : LossAttribute;
