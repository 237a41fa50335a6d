using System.Collections.Immutable;
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
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Gemm", y, [sources[0], .. layer.Tensors.Select(static tensor => tensor.Name)]);
}
