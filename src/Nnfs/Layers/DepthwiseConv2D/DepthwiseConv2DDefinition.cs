using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="DepthwiseConv2DAttribute"/>.</summary>
internal sealed class DepthwiseConv2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    /// <remarks>It is a convolution with a group for each channel, whose weights are [channels, 1, kernel height, kernel width].</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        Window2D window = layer.Window!;
        string shape = nodes.AddConstant(layer, "kernel_shape", [window.Channels, 1, window.KernelHeight, window.KernelWidth]);
        string kernel = nodes.Add("Reshape", OnnxNodes.Value(layer, "grouped_kernel"), Ordered(nodes, layer, 2, 0, 1), shape);

        Add(nodes, "Conv", layer, sources[0], y, kernel, OnnxAttribute.Integer("group", window.Channels));
    }
}
