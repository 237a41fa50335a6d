using Nnfs.Files.Onnx;
using Nnfs.Layers;
using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about a loss. As a layer it gives what <c>Predict</c> does: mostly the values that it compares, as they are.</summary>
internal abstract class LossDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public sealed override bool EndsOutput => true;

    /// <inheritdoc/>
    public override LayerKind? InPredictions => LayerKind.Linear;

    /// <summary>When an output of a network with this loss counts as right.</summary>
    public abstract AccuracyKind Accuracy { get; }

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) => nodes.Add("Identity", y, sources[0]);
}
