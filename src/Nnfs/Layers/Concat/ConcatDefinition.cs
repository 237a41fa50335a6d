using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="ConcatAttribute"/>.</summary>
internal sealed class ConcatDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Concat", OnnxAttribute.Integer("axis", -1), y, sources);
}
