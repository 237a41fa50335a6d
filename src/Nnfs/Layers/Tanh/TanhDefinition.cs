using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="TanhAttribute"/>.</summary>
internal sealed class TanhDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Tanh", y, sources[0]);
}
