namespace Nnfs;

/// <summary>
/// Root mean square normalisation: <c>y = γ · x / √(mean(x²) + ε)</c>, with the mean over the values of each sample, and a <c>γ</c> for each value
/// (Zhang and Sennrich 2019).
/// </summary>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>What is added to the mean of the squares, more than 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}
