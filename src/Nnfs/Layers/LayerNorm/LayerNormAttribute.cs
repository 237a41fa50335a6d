namespace Nnfs;

/// <summary>
/// Layer normalisation: <c>y = γ · (x − mean) / √(variance + ε) + β</c>, with mean and variance over the last dimension: over
/// the values of each sample, or of each of its steps or pixels. There is a <c>γ</c> and a <c>β</c> for each of these values (Ba et al. 2016).
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance, more than 0; 1e-5 by default.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
