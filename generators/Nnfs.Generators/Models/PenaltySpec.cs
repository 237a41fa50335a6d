namespace Nnfs.Generators.Models;

/// <summary>What the values of a tensor add to the loss: λ times the sum of their magnitudes (L1) and of their squares (L2).</summary>
/// <param name="L1">λ of the magnitudes.</param>
/// <param name="L2">λ of the squares.</param>
internal sealed record PenaltySpec(float L1, float L2)
{
    /// <summary>No penalty.</summary>
    public static readonly PenaltySpec None = new(0f, 0f);

    /// <summary>Whether the values add anything.</summary>
    public bool AddsUp => L1 > 0 || L2 > 0;
}
