using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="ELUAttribute"/>.</summary>
internal sealed class ELUDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Elu", OnnxAttribute.Number("alpha", layer.Setting), y, sources[0]);
}
