using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="RMSNormAttribute"/>.</summary>
internal sealed class RMSNormDefinition : NormDefinition
{
    /// <inheritdoc/>
    protected override ImmutableArray<(string Name, bool IsTrained)> TensorNames => [("gamma", true)];

    /// <inheritdoc/>
    /// <remarks>y = γ · x / √(mean(x²) + ε) over the values of a row. The operator for it came with set 23.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string square = nodes.Add("Mul", OnnxNodes.Value(layer, "square"), sources[0], sources[0]);
        string mean = nodes.Add("ReduceMean", OnnxAttribute.Integers("axes", -1), OnnxNodes.Value(layer, "mean"), square);
        string shifted = nodes.Add("Add", OnnxNodes.Value(layer, "shifted"), mean, nodes.AddConstant(layer, "epsilon", layer.Setting));
        string root = nodes.Add("Sqrt", OnnxNodes.Value(layer, "root"), shifted);
        string normalised = nodes.Add("Div", OnnxNodes.Value(layer, "normalised"), sources[0], root);

        nodes.Add("Mul", y, normalised, layer.Tensors[0].Name);
    }
}
