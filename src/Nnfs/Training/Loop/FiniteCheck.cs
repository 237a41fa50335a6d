namespace Nnfs.Training;

/// <summary>Finds where gradients stop being numbers.</summary>
internal static class FiniteCheck
{
    /// <summary>The first layer of a network with a gradient that is infinite or not a number; <see langword="null"/> where all are finite.</summary>
    public static string? FirstFailingLayer<TNetwork>(ReadOnlySpan<float> gradients)
        where TNetwork : INetwork<TNetwork>
    {
        foreach (LayerInfo layer in TNetwork.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors)
            {
                foreach (float gradient in tensor.In(gradients))
                {
                    if (!float.IsFinite(gradient))
                    {
                        return layer.Name;
                    }
                }
            }
        }

        return null;
    }
}
