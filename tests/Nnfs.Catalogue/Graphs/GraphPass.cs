using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Graphs;

/// <summary>What a forward pass of the reference computes.</summary>
/// <param name="Inputs">The values of the inputs.</param>
/// <param name="Layers">The pass of each layer.</param>
/// <param name="Seed">The seed of a training pass; <see langword="null"/> for a prediction.</param>
/// <param name="Samples">The number of samples.</param>
internal sealed record GraphPass(double[][] Inputs, LayerPass[] Layers, ulong? Seed, int Samples)
{
    /// <summary>The values of a layer, or of input k for <c>~k</c>.</summary>
    public double[] this[int source] => source < 0 ? Inputs[~source] : Layers[source].Outputs;
}
