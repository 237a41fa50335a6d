using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="MultiplyAttribute"/>.</summary>
internal sealed class MultiplyDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>y = a · b · …, two at a time: unlike a sum, a product takes no more.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string product = sources[0];

        for (int i = 1; i < sources.Length; i++)
        {
            product = nodes.Add("Mul", i == sources.Length - 1 ? y : OnnxNodes.Value(layer, $"product{i}"), product, sources[i]);
        }
    }
}
