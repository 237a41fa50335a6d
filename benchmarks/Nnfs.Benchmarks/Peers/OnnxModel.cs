namespace Nnfs.Benchmarks;

/// <summary>Writes a network as an ONNX model: Gemm, Relu and Softmax of opset 13, for one batch size.</summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    private const int IrVersion = 8, Opset = 13, Float = 1;

    /// <summary>The bytes of the model; the numbers of the fields are those of onnx.proto.</summary>
    public static byte[] Write(Workload workload)
    {
        NetworkCase network = workload.Network;
        ProtobufWriter graph = new();
        string last = Input;

        for (int layer = 0; layer < network.Layers; layer++)
        {
            graph.Message(1, Node("Gemm", $"z{layer}", last, $"w{layer}", $"b{layer}"));
            bool isLast = layer == network.Layers - 1;
            last = isLast ? Output : $"a{layer}";
            graph.Message(1, Node(isLast ? "Softmax" : "Relu", last, $"z{layer}"));
        }

        graph.Text(2, "network");

        for (int layer = 0; layer < network.Layers; layer++)
        {
            graph.Message(5, Tensor($"w{layer}", workload.Parameters[2 * layer], network.Sizes[layer], network.Sizes[layer + 1]));
            graph.Message(5, Tensor($"b{layer}", workload.Parameters[(2 * layer) + 1], network.Sizes[layer + 1]));
        }

        graph.Message(11, Value(Input, workload.Batch, network.Inputs));
        graph.Message(12, Value(Output, workload.Batch, network.Outputs));

        return new ProtobufWriter()
            .Number(1, IrVersion)
            .Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Number(2, Opset))
            .ToArray();
    }

    private static ProtobufWriter Node(string operation, string output, params ReadOnlySpan<string> inputs)
    {
        ProtobufWriter node = new();

        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, output).Text(4, operation);
    }

    private static ProtobufWriter Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        ProtobufWriter tensor = new();

        foreach (int dimension in shape)
        {
            tensor.Number(1, dimension);
        }

        return tensor.Number(2, Float).Text(8, name).Floats(9, values);
    }

    private static ProtobufWriter Value(string name, params ReadOnlySpan<int> shape)
    {
        ProtobufWriter dimensions = new();

        foreach (int dimension in shape)
        {
            dimensions.Message(1, new ProtobufWriter().Number(1, dimension));
        }

        ProtobufWriter tensor = new ProtobufWriter().Number(1, Float).Message(2, dimensions);

        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
