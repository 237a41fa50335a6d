using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about a layer that makes one value of each channel.</summary>
internal abstract class GlobalPoolDefinition : LayerDefinition
{
    /// <summary>The ONNX operator that computes the layer.</summary>
    protected abstract string Operation { get; }

    /// <inheritdoc/>
    /// <remarks>The operators keep the dimensions of the steps or pixels, with one of each.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string channels = OnnxChannels.First(nodes, layer, sources[0]);
        nodes.Add("Flatten", y, nodes.Add(Operation, OnnxNodes.Value(layer, "pooled"), channels));
    }
}
