namespace Nnfs.Files.Onnx;

/// <summary>
/// A network as an ONNX model: IR version 8, operator set 13. It takes "inputs" [batch, inputs] and gives "outputs" [batch, outputs], with a free number
/// of samples. Field numbers are those of onnx.proto.
/// </summary>
internal static class OnnxModel
{
    private const int IrVersion = 8;
    private const int OperatorSet = 13;
    private const int Float = 1;

    /// <summary>The model of a network. It holds the network itself, and reads its parameters when it is written.</summary>
    public static ProtobufMessage Of<TSelf>(TSelf network)
        where TSelf : INetwork<TSelf> => new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "Nnfs.Generators")
            .Add(7, Graph(network))
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet));

    private static ProtobufMessage Graph<TSelf>(TSelf network)
        where TSelf : INetwork<TSelf>
    {
        ProtobufMessage graph = new();
        LayerInfo[] layers = [.. TSelf.Layers.Where(static layer => layer.Kind != LayerKind.CategoricalCrossEntropy)];
        string value = "inputs";

        foreach (LayerInfo layer in layers)
        {
            string output = layer == layers[^1] ? "outputs" : $"{layer.Name}.outputs";
            graph.Add(1, Node(layer, value, output));
            value = output;
        }

        graph.Add(2, TSelf.Name);

        foreach (TensorInfo tensor in NetworkTensors<TSelf>.All)
        {
            graph.Add(5, Initializer(tensor, network));
        }

        return graph
            .Add(11, Value("inputs", TSelf.InputSize))
            .Add(12, Value("outputs", TSelf.OutputSize));
    }

    /// <summary>A layer as the operator that computes it. A network that ends with its loss gives probabilities, as its predictions do.</summary>
    private static ProtobufMessage Node(LayerInfo layer, string input, string output)
    {
        ProtobufMessage node = new();
        node.Add(1, input);

        foreach (TensorInfo tensor in layer.Tensors)
        {
            node.Add(1, tensor.Name);
        }

        node.Add(2, output).Add(3, layer.Name);

        return layer.Kind switch
        {
            LayerKind.Dense => node.Add(4, "Gemm"),
            LayerKind.ReLU => node.Add(4, "Relu"),
            LayerKind.Softmax or LayerKind.SoftmaxCrossEntropy => node.Add(4, "Softmax").Add(5, IntegerAttribute("axis", 1)),
            _ => throw new NotSupportedException($"There is no ONNX operator for the layer '{layer.Name}' of kind {layer.Kind}."),
        };
    }

    private static ProtobufMessage IntegerAttribute(string name, int value)
    {
        const int Integer = 2;

        return new ProtobufMessage().Add(1, name).Add(3, value).Add(20, Integer);
    }

    private static ProtobufMessage Initializer<TSelf>(TensorInfo tensor, TSelf network)
        where TSelf : INetwork<TSelf>
    {
        ProtobufMessage message = new();

        foreach (int length in tensor.Shape)
        {
            message.Add(1, length);
        }

        return message
            .Add(2, Float)
            .Add(8, tensor.Name)
            .Add(9, tensor.Count * sizeof(float), stream => TensorBytes.Write(stream, tensor.In((ReadOnlySpan<float>)network.Parameters)));
    }

    /// <summary>An input or output of the graph: [batch, size].</summary>
    private static ProtobufMessage Value(string name, int size)
    {
        ProtobufMessage batchDimension = new ProtobufMessage().Add(2, "batch");
        ProtobufMessage sizeDimension = new ProtobufMessage().Add(1, size);
        ProtobufMessage shape = new ProtobufMessage().Add(1, batchDimension).Add(1, sizeDimension);
        ProtobufMessage tensor = new ProtobufMessage().Add(1, Float).Add(2, shape);

        return new ProtobufMessage()
            .Add(1, name)
            .Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
