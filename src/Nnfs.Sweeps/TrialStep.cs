namespace Nnfs.Sweeps;

/// <summary>What a trial had achieved after some epochs: at the end, and in successive halving before each decision.</summary>
/// <param name="Epochs">The epochs from the first on.</param>
/// <param name="Figure">The figure of the objective.</param>
/// <param name="Duration">The time that these epochs took, without those of the steps before.</param>
/// <param name="Silo">Where they were trained.</param>
public sealed record TrialStep(int Epochs, double Figure, TimeSpan Duration, string Silo);
