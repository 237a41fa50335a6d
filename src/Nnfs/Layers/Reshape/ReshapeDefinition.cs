using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="ReshapeAttribute"/>.</summary>
internal sealed class ReshapeDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>A 0 keeps the dimension of the samples.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Reshape", y, sources[0], nodes.AddConstant(layer, "shape", [0, .. layer.OutputShape]));
}
