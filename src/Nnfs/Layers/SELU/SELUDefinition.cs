using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="SELUAttribute"/>.</summary>
internal sealed class SELUDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator's alpha and gamma are those numbers unless stated.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) => nodes.Add("Selu", y, sources[0]);
}
