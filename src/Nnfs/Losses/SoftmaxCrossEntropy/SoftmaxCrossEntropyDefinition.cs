using Nnfs.Files.Onnx;
using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
internal sealed class SoftmaxCrossEntropyDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.LargestOutput;

    /// <inheritdoc/>
    public override LayerKind? InPredictions => LayerKind.Softmax;

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Softmax", y, sources[0]);
}
