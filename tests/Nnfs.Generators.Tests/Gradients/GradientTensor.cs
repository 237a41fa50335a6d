namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Weights, biases or inputs in float64, and the loss's gradient with respect to them.</summary>
/// <param name="Name">What they are called in failures.</param>
/// <param name="Layer">The layer that reads them.</param>
/// <param name="Values">The numbers themselves, which the network goes on reading.</param>
/// <param name="Gradient">One element for each value.</param>
internal sealed record GradientTensor(string Name, int Layer, double[] Values, double[] Gradient)
{
    public double Largest => Gradient.Max(Math.Abs);
}
