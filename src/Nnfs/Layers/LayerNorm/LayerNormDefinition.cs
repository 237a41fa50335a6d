using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="LayerNormAttribute"/>.</summary>
internal sealed class LayerNormDefinition : NormDefinition
{
    /// <inheritdoc/>
    protected override ImmutableArray<(string Name, bool IsTrained)> TensorNames => [("gamma", true), ("beta", true)];

    /// <inheritdoc/>
    /// <remarks>y = γ · (x − mean) / √(variance + ε) + β over the values of a row. The operator for it came with set 17.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string mean = nodes.Add("ReduceMean", OnnxAttribute.Integers("axes", -1), OnnxNodes.Value(layer, "mean"), sources[0]);
        string centred = nodes.Add("Sub", OnnxNodes.Value(layer, "centred"), sources[0], mean);
        string square = nodes.Add("Mul", OnnxNodes.Value(layer, "square"), centred, centred);
        string variance = nodes.Add("ReduceMean", OnnxAttribute.Integers("axes", -1), OnnxNodes.Value(layer, "variance"), square);
        string shifted = nodes.Add("Add", OnnxNodes.Value(layer, "shifted"), variance, nodes.AddConstant(layer, "epsilon", layer.Setting));
        string deviation = nodes.Add("Sqrt", OnnxNodes.Value(layer, "deviation"), shifted);
        string normalised = nodes.Add("Div", OnnxNodes.Value(layer, "normalised"), centred, deviation);
        string scaled = nodes.Add("Mul", OnnxNodes.Value(layer, "scaled"), normalised, layer.Tensors[0].Name);

        nodes.Add("Add", y, scaled, layer.Tensors[1].Name);
    }
}
