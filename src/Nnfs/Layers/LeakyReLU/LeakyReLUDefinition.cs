using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="LeakyReLUAttribute"/>.</summary>
internal sealed class LeakyReLUDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("LeakyRelu", OnnxAttribute.Number("alpha", layer.Setting), y, sources[0]);
}
