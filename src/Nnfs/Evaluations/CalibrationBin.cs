namespace Nnfs;

/// <summary>The samples whose probability lies in a range.</summary>
/// <param name="From">The start of the range, which belongs to it.</param>
/// <param name="To">The end of the range, which belongs to the next one, but for the last.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="MeanProbability">The mean of their probabilities; NaN where there are none.</param>
/// <param name="Share">The share of them for which it came true; NaN where there are none.</param>
public readonly record struct CalibrationBin(double From, double To, int Count, double MeanProbability, double Share);
