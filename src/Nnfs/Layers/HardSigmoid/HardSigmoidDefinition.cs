using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="HardSigmoidAttribute"/>.</summary>
internal sealed class HardSigmoidDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator's beta is 1/2 unless stated.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("HardSigmoid", OnnxAttribute.Number("alpha", 1f / 6f), y, sources[0]);
}
