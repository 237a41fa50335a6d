using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="SiLUAttribute"/>.</summary>
internal sealed class SiLUDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Mul", y, sources[0], nodes.Add("Sigmoid", OnnxNodes.Value(layer, "sigmoid"), sources[0]));
}
