namespace Nnfs;

/// <summary>
/// Binary cross-entropy of the probabilities that a <see cref="SigmoidAttribute">sigmoid</see> gives: the mean over outputs and samples of
/// <c>−t·log p − (1 − t)·log(1 − p)</c>, with every probability clipped to [1e-7, 1 − 1e-7].
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute;
