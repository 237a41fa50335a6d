namespace Nnfs.Catalogue.Layers;

/// <summary>What a layer gives on the way back.</summary>
/// <param name="Inputs">The gradient of each value that it reads, one for each source.</param>
/// <param name="Tensors">The gradient of each tensor that is trained.</param>
internal sealed record LayerGradients(double[][] Inputs, params double[][] Tensors)
{
    public LayerGradients(double[] input, params double[][] tensors)
        : this([input], tensors)
    {
    }
}
