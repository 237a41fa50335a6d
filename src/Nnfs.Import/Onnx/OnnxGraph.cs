namespace Nnfs.Import.Onnx;

/// <summary>
/// What a model computes. Each value has one name and one place where it comes from: an input, a tensor or a node. Each node comes after those that it reads.
/// </summary>
/// <param name="Name">The name of the graph.</param>
/// <param name="Nodes">The nodes, each after those that it reads.</param>
/// <param name="Initializers">The tensors, by name.</param>
/// <param name="Inputs">What the caller gives, without the tensors.</param>
/// <param name="Outputs">What the caller gets.</param>
internal sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>The number of values that all tensors have.</summary>
    public long ParameterCount => Initializers.Values.Sum(static tensor => (long)tensor.Count);
}
