namespace Nnfs.Catalogue.Graphs;

/// <summary>A tensor or an input in float64, and its gradient.</summary>
/// <param name="Name">What it is called in failures.</param>
/// <param name="Source">The layer that it belongs to, or <c>~k</c> for input k.</param>
/// <param name="Values">The numbers themselves, which the reference goes on reading.</param>
/// <param name="Gradient">One element for each value.</param>
/// <param name="Scale">What errors are a part of: the largest element, or a larger one where the gradient is the rest of a difference.</param>
internal sealed record GraphTensor(string Name, int Source, double[] Values, double[] Gradient, double Scale);
