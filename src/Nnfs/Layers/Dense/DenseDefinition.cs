using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="DenseAttribute"/>.</summary>
internal sealed class DenseDefinition : LayerDefinition
{
    /// <summary>Its tensors: the weights [inputs, neurons] and the biases [neurons].</summary>
    public static ImmutableArray<TensorInfo> Tensors(string storedAs, int inputs, int neurons, int weights, int inputStride, int neuronStride, int biases) =>
    [
        new($"{storedAs}.weights", [inputs, neurons], weights, [inputStride, neuronStride]),
        new($"{storedAs}.biases", [neurons], biases, [1]),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => layer.Tensors[0].Shape is [var inputs, var neurons]
        ? [ModuleTensor.Turned("weight", inputs, neurons), ModuleTensor.Same("bias", [neurons])]
        : [];

    /// <inheritdoc/>
    /// <remarks>A layer that gives several dimensions takes each step or pixel; any other takes the whole sample, flattened.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        TensorInfo weights = layer.Tensors[0];
        TensorInfo biases = layer.Tensors[1];

        if (layer.OutputShape.Length > 1)
        {
            string product = nodes.Add("MatMul", OnnxNodes.Value(layer, "product"), sources[0], weights.Name);
            nodes.Add("Add", y, product, biases.Name);

            return;
        }

        string x = layer.InputShape.Length == 1 ? sources[0] : nodes.Add("Flatten", OnnxNodes.Value(layer, "flattened"), sources[0]);
        nodes.Add("Gemm", y, x, weights.Name, biases.Name);
    }
}
