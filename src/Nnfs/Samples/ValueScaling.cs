namespace Nnfs;

/// <summary>
/// How one value is scaled: <c>(x − <paramref name="Center"/>) / <paramref name="Scale"/></c>, for <see cref="FeatureScaling.Log"/> of the logarithm of
/// <c>1 + x</c>.
/// </summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Center">The mean, or the least value; 0 for a value that is not scaled.</param>
/// <param name="Scale">
/// The standard deviation, or the distance of the least and the greatest value; 1 for a value that is the same in all samples, and for one that is not scaled.
/// </param>
/// <param name="Missing">What the network reads where the value is missing; <see cref="double.NaN"/> where it can't be.</param>
public readonly record struct ValueScaling(FeatureScaling Kind, double Center, double Scale, double Missing);
