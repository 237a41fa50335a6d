namespace Nnfs;

/// <summary>How well one output of a network meets its targets.</summary>
/// <param name="Output">The output, from 0.</param>
/// <param name="MeanAbsoluteError">The mean over the samples of <c>|y − t|</c>.</param>
/// <param name="RootMeanSquaredError">The root of the mean over the samples of <c>(y − t)²</c>.</param>
/// <param name="RSquared">
/// What share of the targets' variance the outputs explain: <c>1 − Σ (y − t)² / Σ (t − mean)²</c>, at most 1, and negative where the mean of the targets would
/// be nearer. Where all targets are the same it is 1 if every output is right, and 0 if not.
/// </param>
public readonly record struct RegressionScore(int Output, double MeanAbsoluteError, double RootMeanSquaredError, double RSquared);
