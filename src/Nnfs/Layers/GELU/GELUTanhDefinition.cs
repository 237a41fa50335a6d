using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="GELUAttribute"/> with <see cref="GELUForm.Tanh"/>.</summary>
internal sealed class GELUTanhDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>y = x · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))) / 2.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string x = sources[0];
        string square = nodes.Add("Mul", OnnxNodes.Value(layer, "square"), x, x);
        string cube = nodes.Add("Mul", OnnxNodes.Value(layer, "cube"), square, x);
        string part = nodes.Add("Mul", OnnxNodes.Value(layer, "part"), cube, nodes.AddConstant(layer, "share", 0.044715));
        string sum = nodes.Add("Add", OnnxNodes.Value(layer, "sum"), x, part);
        string scaled = nodes.Add("Mul", OnnxNodes.Value(layer, "scaled"), sum, nodes.AddConstant(layer, "scale", Math.Sqrt(2 / Math.PI)));
        string tanh = nodes.Add("Tanh", OnnxNodes.Value(layer, "tanh"), scaled);

        GELUDefinition.AddHalfOfOnePlus(nodes, layer, x, tanh, y);
    }
}
