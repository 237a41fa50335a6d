namespace Nnfs.Files.Onnx;

/// <summary>
/// ONNX's operators over steps and pixels take the channels as the dimension after the samples, where ours are the last: values go there and back.
/// </summary>
internal static class OnnxChannels
{
    /// <summary>Adds an operator that takes the channels first: one that reads the layer's input and gives its outputs.</summary>
    /// <param name="nodes">The graph.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="attributes">Its settings.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="y">The name of what the layer gives.</param>
    /// <param name="inputs">What the operator reads: first the layer's input.</param>
    public static void Add(OnnxNodes nodes, string operation, IEnumerable<ProtobufMessage> attributes, LayerInfo layer, string y, params string[] inputs)
    {
        string x = First(nodes, layer, inputs[0]);
        string result = nodes.Add(operation, attributes, OnnxNodes.Value(layer, "result"), [x, .. inputs.AsSpan(1)]);
        Last(nodes, layer.InputShape.Length, result, y);
    }

    /// <summary>The input of a layer with the channels first.</summary>
    public static string First(OnnxNodes nodes, LayerInfo layer, string x)
    {
        int rank = layer.InputShape.Length;
        ProtobufMessage order = OnnxAttribute.Integers("perm", [0, rank, .. Enumerable.Range(1, rank - 1)]);

        return nodes.Add("Transpose", order, OnnxNodes.Value(layer, "channels"), x);
    }

    /// <summary>Takes a value with the channels first to one that has them last.</summary>
    /// <param name="nodes">The graph.</param>
    /// <param name="rank">The dimensions of a sample.</param>
    /// <param name="x">The value.</param>
    /// <param name="y">The name of what comes of it.</param>
    public static void Last(OnnxNodes nodes, int rank, string x, string y) =>
        nodes.Add("Transpose", OnnxAttribute.Integers("perm", [0, .. Enumerable.Range(2, rank - 1), 1]), y, x);
}
