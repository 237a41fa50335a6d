using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="DropoutAttribute"/>.</summary>
internal sealed class DropoutDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override bool DrawsInTraining => true;

    /// <inheritdoc/>
    public override LayerKind? InPredictions => LayerKind.Linear;

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        // Outside training nothing is dropped.
        nodes.Add("Identity", y, sources[0]);
    }
}
