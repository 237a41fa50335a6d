namespace Nnfs.Sweeps;

/// <summary>A trial that is being trained.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Epoch">The last epoch that it has told of, or 0.</param>
/// <param name="Epochs">The epochs that this step ends with.</param>
/// <param name="Figure">The figure of the epoch, as the training sees it.</param>
/// <param name="Silo">Where it is trained.</param>
public sealed record RunningTrial(int Number, int Epoch, int Epochs, double Figure, string Silo);
