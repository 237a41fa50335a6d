using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="LinearAttribute"/>.</summary>
internal sealed class LinearDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override bool PassesOn => true;

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Identity", y, sources[0]);
}
