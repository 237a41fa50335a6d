using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="Conv2DAttribute"/> and <see cref="Conv1DAttribute"/>.</summary>
internal sealed class Conv2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) =>
        OfModule(layer, [layer.Tensors[0].Shape[^1], layer.Tensors[0].Shape[^2]], [1, 0]);

    /// <inheritdoc/>
    /// <remarks>The operator takes weights as [filters, channels, kernel height, kernel width] or [filters, channels, kernel].</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        bool isOfSequences = IsOfSequences(layer.InputShape);
        ProtobufMessage groups = OnnxAttribute.Integer("group", layer.Window!.Channels / layer.Tensors[0].Shape[^2]);
        string kernel = isOfSequences ? Ordered(nodes, layer, 2, 1, 0) : Ordered(nodes, layer, 3, 2, 0, 1);

        Add(nodes, "Conv", layer, sources[0], y, kernel, groups);
    }
}
