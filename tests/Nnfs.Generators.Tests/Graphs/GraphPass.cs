namespace Nnfs.Generators.Tests.Graphs;

/// <summary>What a forward pass of the reference computes.</summary>
/// <param name="Inputs">The values of the inputs.</param>
/// <param name="Masks">For each dropout what each of its values is multiplied by; <see langword="null"/> where the pass is a prediction.</param>
/// <param name="Samples">The number of samples.</param>
internal sealed record GraphPass(double[][] Inputs, double[]?[]? Masks, int Samples)
{
    /// <summary>What each layer gives.</summary>
    public required double[][] Values { get; init; }

    /// <summary>For each normalisation the normalised values.</summary>
    public required double[][] Normalised { get; init; }

    /// <summary>For each normalisation the means, of samples or of values.</summary>
    public required double[][] Means { get; init; }

    /// <summary>For each normalisation the variances, of samples or of values.</summary>
    public required double[][] Variances { get; init; }

    public double[] this[int source] => source < 0 ? Inputs[~source] : Values[source];
}
