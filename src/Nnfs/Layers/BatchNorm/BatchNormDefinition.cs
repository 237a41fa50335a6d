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
    /// <remarks>The operator for it takes channels as the dimension after the samples: where they are the last of several, they go there and back.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        int rank = layer.OutputShape.Length;
        string[] tensors = [.. layer.Tensors.Select(static tensor => tensor.Name)];
        ProtobufMessage epsilon = OnnxAttribute.Number("epsilon", layer.Setting);

        if (rank == 1)
        {
            nodes.Add("BatchNormalization", epsilon, y, [sources[0], .. tensors]);

            return;
        }

        OnnxChannels.Add(nodes, "BatchNormalization", [epsilon], layer, y, [sources[0], .. tensors]);
    }
}
