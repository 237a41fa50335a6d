using System.Numerics.Tensors;

namespace Nnfs.Training;

/// <summary>Finds where numbers stop being finite.</summary>
internal static class FiniteCheck
{
    /// <summary>Whether all values of a block are finite.</summary>
    public static bool IsFinite(ReadOnlySpan<float> block) => block.IsEmpty || TensorPrimitives.IsFiniteAll(block);

    /// <summary>The first layer of a network with a value that is infinite or not a number; <see langword="null"/> where all are finite.</summary>
    /// <param name="block">Gradients, parameters or what an optimizer remembers, laid out as parameters are. Padding does not count.</param>
    public static string? FirstFailingLayer<TNetwork>(ReadOnlySpan<float> block)
        where TNetwork : INetworkModel<TNetwork>
    {
        foreach (LayerInfo layer in TNetwork.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors)
            {
                foreach (float value in tensor.In(block))
                {
                    if (!float.IsFinite(value))
                    {
                        return layer.Name;
                    }
                }
            }
        }

        return null;
    }
}
