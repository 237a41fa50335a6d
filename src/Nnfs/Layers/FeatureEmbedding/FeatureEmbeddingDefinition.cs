using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about the layer that reads a feature with <see cref="FeatureAttribute.Embedding"/>.</summary>
internal sealed class FeatureEmbeddingDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => [ModuleTensor.Same("weight", layer.Tensors[0].Shape)];

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        string last = nodes.AddConstant(layer, "last", [-1]);
        string axis = nodes.AddConstant(layer, "axis", [1]);
        string end = nodes.AddConstant(layer, "end", [layer.InputShape[0]]);

        string value = nodes.Add("Slice", OnnxNodes.Value(layer, "value"), sources[0], last, end, axis);
        string whole = nodes.Add("Cast", OnnxAttribute.Integer("to", OnnxModel.Integer), OnnxNodes.Value(layer, "index"), value);
        string index = nodes.Add("Squeeze", OnnxNodes.Value(layer, "indices"), whole, axis);

        if (layer.InputShape[0] == 1)
        {
            nodes.Add("Gather", y, layer.Tensors[0].Name, index);

            return;
        }

        string first = nodes.AddConstant(layer, "first", [0]);
        string row = nodes.Add("Gather", OnnxNodes.Value(layer, "row"), layer.Tensors[0].Name, index);
        string others = nodes.Add("Slice", OnnxNodes.Value(layer, "others"), sources[0], first, last, axis);

        nodes.Add("Concat", OnnxAttribute.Integer("axis", 1), y, row, others);
    }
}
