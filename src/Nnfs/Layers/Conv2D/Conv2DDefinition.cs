using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="Conv2DAttribute"/>.</summary>
internal sealed class Conv2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator takes weights as [filters, channels, kernel height, kernel width].</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        ProtobufMessage groups = OnnxAttribute.Integer("group", layer.Window!.Channels / layer.Tensors[0].Shape[2]);

        Add(nodes, "Conv", layer, sources[0], y, Ordered(nodes, layer, 3, 2, 0, 1), groups);
    }
}
