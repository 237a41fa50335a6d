using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="GELUAttribute"/>, computed exactly.</summary>
internal sealed class GELUDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>y = x · (1 + erf(x / √2)) / 2.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string x = sources[0];
        string scaled = nodes.Add("Mul", OnnxNodes.Value(layer, "scaled"), x, nodes.AddConstant(layer, "scale", Math.Sqrt(0.5)));
        string erf = nodes.Add("Erf", OnnxNodes.Value(layer, "erf"), scaled);

        AddHalfOfOnePlus(nodes, layer, x, erf, y);
    }

    /// <summary>y = x · (1 + value) / 2, with which both forms of the GELU end.</summary>
    public static void AddHalfOfOnePlus(OnnxNodes nodes, LayerInfo layer, string x, string value, string y)
    {
        string onePlus = nodes.Add("Add", OnnxNodes.Value(layer, "one_plus"), value, nodes.AddConstant(layer, "one", 1));
        string half = nodes.Add("Mul", OnnxNodes.Value(layer, "half_of_one_plus"), onePlus, nodes.AddConstant(layer, "half", 0.5));

        nodes.Add("Mul", y, x, half);
    }
}
