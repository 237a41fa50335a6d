namespace Nnfs.Generators.Tests.Graphs;

/// <summary>A tensor or an input in float64, and its gradient.</summary>
/// <param name="Name">What it is called in failures.</param>
/// <param name="Values">The numbers themselves, which the reference goes on reading.</param>
/// <param name="Gradient">One element for each value.</param>
/// <param name="Scale">What errors are a part of: the largest element, or a larger one where the gradient is the rest of a difference.</param>
internal sealed record GraphTensor(string Name, double[] Values, double[] Gradient, double Scale)
{
    /// <summary>How much of its tolerance a gradient may lose to roundings at random.</summary>
    private const double LargestShare = 0.25;

    /// <summary>Whether roundings leave room for the kernels' own.</summary>
    public bool IsClose(double[] rounded) =>
        Scale == 0 || Gradient.Zip(rounded).All(pair => Math.Abs(pair.First - pair.Second) <= LargestShare * GraphCheck.Tolerance * Scale);
}
