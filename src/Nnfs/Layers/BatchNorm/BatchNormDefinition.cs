using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="BatchNormAttribute"/>.</summary>
internal sealed class BatchNormDefinition : NormDefinition
{
    /// <inheritdoc/>
    protected override ImmutableArray<(string Name, bool IsTrained)> TensorNames =>
        [("gamma", true), ("beta", true), ("running_mean", false), ("running_variance", false)];

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("BatchNormalization", OnnxAttribute.Number("epsilon", layer.Setting), y, [sources[0], .. layer.Tensors.Select(static tensor => tensor.Name)]);
}
