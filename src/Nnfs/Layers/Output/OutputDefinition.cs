using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="OutputAttribute"/> without a loss.</summary>
internal sealed class OutputDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override bool EndsOutput => true;

    /// <inheritdoc/>
    public override LayerKind? InPredictions => LayerKind.Linear;

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Identity", y, sources[0]);
}
