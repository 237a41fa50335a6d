using Nnfs.Files.Onnx;
using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="SigmoidBinaryCrossEntropyAttribute"/>.</summary>
internal sealed class SigmoidBinaryCrossEntropyDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.Binary;

    /// <inheritdoc/>
    public override LayerKind? InPredictions => LayerKind.Sigmoid;

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Sigmoid", y, sources[0]);
}
