namespace Nnfs;

/// <summary>
/// Root mean square normalisation: <c>y = γ · x / √(mean(x²) + ε)</c>, with the mean over the last dimension: over the values of each sample,
/// or of each of its steps or pixels. There is a <c>γ</c> for each of these values (Zhang and Sennrich 2019).
/// </summary>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>What is added to the mean of the squares, more than 0; 1e-5 by default.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
