namespace Nnfs;

/// <summary>
/// Batch normalisation: <c>y = γ · (x − mean) / √(variance + ε) + β</c> for each value, or where samples have several dimensions for each channel, with the
/// mean and the variance over the samples, steps and pixels of the batch in training, and their running averages in predictions (Ioffe and Szegedy 2015).
/// The running averages lie among the parameters and are saved with them; their gradient is zero.
/// </summary>
/// <remarks>
/// A training pass moves the averages: <c>running ← (1 − momentum) · running + momentum · batch</c>, with the variance that divides by the number of
/// values minus one. The samples of a batch depend on each other here, so threads share the features of this layer, and the samples in those before and
/// after it.
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance, more than 0; 1e-5 by default.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>How much a batch counts in the running averages, from 0 to 1; 0.1 by default.</summary>
    public double Momentum { get; set; } = 0.1;
}
