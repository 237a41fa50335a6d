namespace Nnfs;

/// <summary>One of the values that a feature is written as.</summary>
/// <param name="Name">Its name: <c>SepalLength</c>, <c>Colour=White</c>, <c>Weight missing</c>, <c>Readings[3]</c>.</param>
/// <param name="Scaling">How it is scaled: <see cref="FeatureScaling.None"/> for everything but numbers.</param>
public sealed record FeatureValue(string Name, FeatureScaling Scaling);
