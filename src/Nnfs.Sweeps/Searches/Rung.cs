namespace Nnfs.Sweeps.Searches;

/// <summary>A step of a search: so many trials are trained so far, and the best of them go on.</summary>
/// <param name="Trials">The number of trials, at most.</param>
/// <param name="Epochs">The epochs that they have had at its end.</param>
internal readonly record struct Rung(int Trials, int Epochs);
