using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="Conv2DAttribute"/>.</summary>
internal sealed class Conv2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator takes weights as [filters, channels, kernel height, kernel width].</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        Window2D window = layer.Window!;
        TensorInfo weights = layer.Tensors[0];
        string kernel = nodes.Add("Transpose", OnnxAttribute.Integers("perm", 3, 2, 0, 1), OnnxNodes.Value(layer, "kernel"), weights.Name);
        ProtobufMessage groups = OnnxAttribute.Integer("group", window.Channels / weights.Shape[2]);
        string[] biases = [.. layer.Tensors.Skip(1).Select(static tensor => tensor.Name)];

        OnnxChannels.Add(nodes, "Conv", [.. WindowAttributes(window), groups], layer, y, [sources[0], kernel, .. biases]);
    }
}
