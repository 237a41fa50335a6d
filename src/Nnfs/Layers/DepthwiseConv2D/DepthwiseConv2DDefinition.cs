using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="DepthwiseConv2DAttribute"/> and <see cref="DepthwiseConv1DAttribute"/>.</summary>
internal sealed class DepthwiseConv2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) =>
        OfModule(layer, [layer.Tensors[0].Shape[^1], 1], [0]);

    /// <inheritdoc/>
    /// <remarks>
    /// It is a convolution with a group for each channel, whose weights are [channels, 1, kernel height, kernel width] or [channels, 1, kernel].
    /// </remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        Window2D window = layer.Window!;
        bool isOfSequences = IsOfSequences(layer.InputShape);
        int[] sizes = isOfSequences ? [window.Channels, 1, window.KernelWidth] : [window.Channels, 1, window.KernelHeight, window.KernelWidth];
        string shape = nodes.AddConstant(layer, "kernel_shape", sizes);
        string ordered = isOfSequences ? Ordered(nodes, layer, 1, 0) : Ordered(nodes, layer, 2, 0, 1);
        string kernel = nodes.Add("Reshape", OnnxNodes.Value(layer, "grouped_kernel"), ordered, shape);

        Add(nodes, "Conv", layer, sources[0], y, kernel, OnnxAttribute.Integer("group", window.Channels));
    }
}
