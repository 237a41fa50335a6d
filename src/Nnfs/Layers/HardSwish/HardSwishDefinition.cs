using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="HardSwishAttribute"/>.</summary>
internal sealed class HardSwishDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator for it came with set 14. A hard sigmoid is min(max(alpha · x + beta, 0), 1), and its beta is 1/2 unless stated.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string gate = nodes.Add("HardSigmoid", OnnxAttribute.Number("alpha", 1f / 6f), OnnxNodes.Value(layer, "gate"), sources[0]);

        nodes.Add("Mul", y, sources[0], gate);
    }
}
