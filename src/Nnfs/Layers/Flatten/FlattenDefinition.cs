using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="FlattenAttribute"/>.</summary>
internal sealed class FlattenDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Flatten", y, sources[0]);
}
