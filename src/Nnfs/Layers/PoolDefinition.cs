using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about a layer that makes one pixel of those in a window.</summary>
internal abstract class PoolDefinition : LayerDefinition
{
    /// <summary>The ONNX operator that computes the layer.</summary>
    protected abstract string Operation { get; }

    /// <inheritdoc/>
    /// <remarks>By default zeros around the image do not count for the operators.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        OnnxChannels.Add(nodes, Operation, OnnxAttribute.OfWindow(layer), layer, y, sources);
}
