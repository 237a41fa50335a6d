namespace Nnfs.Generators.Models;

/// <summary>What parameters add to the loss: λ times the sum of their magnitudes (L1) and of their squares (L2).</summary>
/// <param name="WeightL1">λ of the weights' magnitudes.</param>
/// <param name="WeightL2">λ of the weights' squares.</param>
/// <param name="BiasL1">λ of the biases' magnitudes.</param>
/// <param name="BiasL2">λ of the biases' squares.</param>
internal sealed record PenaltySpec(float WeightL1, float WeightL2, float BiasL1, float BiasL2)
{
    /// <summary>Whether the weights add anything.</summary>
    public bool HasWeights => WeightL1 > 0 || WeightL2 > 0;

    /// <summary>Whether the biases add anything.</summary>
    public bool HasBiases => BiasL1 > 0 || BiasL2 > 0;
}
