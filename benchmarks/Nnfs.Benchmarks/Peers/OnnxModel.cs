using System.Collections.Immutable;

namespace Nnfs.Benchmarks;

/// <summary>Writes a network as an ONNX model for one batch size, in nodes of opset 13. Images have their channels first, as in all of ONNX.</summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    private const int IrVersion = 8, Opset = 13, Float = 1, Long = 7, Integer = 2, Integers = 7;

    /// <summary>The bytes of the model; the numbers of the fields are those of onnx.proto.</summary>
    public static byte[] Write(Workload workload)
    {
        NetworkCase network = workload.Network;
        ProtobufWriter graph = new();
        ProtobufWriter tensors = new();
        Queue<float[]> parameters = new(workload.Parameters);
        string last = Input;

        foreach (LayerInfo layer in network.Layers)
        {
            (string input, string weights, string biases) = (last, layer.Name + ".weights", layer.Name + ".biases");
            last = layer.Name;

            switch (layer.Kind)
            {
                case LayerKind.Conv2D:
                    ImmutableArray<int> shape = layer.Tensors[0].Shape;
                    tensors.Message(5, Tensor(weights, ChannelsFirst.Filters(layer, parameters.Dequeue()), shape[3], shape[2], shape[0], shape[1]));
                    tensors.Message(5, Tensor(biases, parameters.Dequeue(), shape[3]));
                    graph.Message(1, Window(Node("Conv", last, input, weights, biases), layer.Window!));
                    break;

                case LayerKind.MaxPool2D:
                    graph.Message(1, Window(Node("MaxPool", last, input), layer.Window!));
                    break;

                case LayerKind.Dense:
                    if (layer.InputShape.Length == 3)
                    {
                        graph.Message(1, Node("Flatten", "flat", input));
                        input = "flat";
                    }

                    tensors.Message(5, Tensor(weights, ChannelsFirst.Weights(layer, parameters.Dequeue()), layer.Inputs, layer.Outputs));
                    tensors.Message(5, Tensor(biases, parameters.Dequeue(), layer.Outputs));
                    graph.Message(1, Node("Gemm", last, input, weights, biases));
                    break;

                case LayerKind.LSTM:
                    AddRecurrent(graph, tensors, layer, "LSTM", input, [0, 3, 1, 2], parameters);
                    break;

                case LayerKind.GRU:
                    AddRecurrent(graph, tensors, layer, "GRU", input, [0, 1, 2], parameters);
                    break;

                case LayerKind.ReLU:
                    graph.Message(1, Node("Relu", last, input));
                    break;

                default:
                    throw new InvalidOperationException($"The models of the benchmarks have no {layer.Kind}.");
            }
        }

        graph.Message(1, Node("Softmax", Output, last)).Text(2, "network").Append(tensors);
        graph.Message(11, Value(Input, [workload.Batch, .. InputShape(network)]));
        graph.Message(12, Value(Output, workload.Batch, network.Outputs));

        return Model(graph);
    }

    /// <summary>Adds a recurrent layer that gives its last state: the operator takes the steps before the samples, and its gates in another order.</summary>
    private static void AddRecurrent(
        ProtobufWriter graph, ProtobufWriter tensors, LayerInfo layer, string operation, string input, int[] order, Queue<float[]> parameters)
    {
        int units = layer.Outputs;
        int gates = order.Length * units;
        int features = layer.InputShape[1];
        string[] names = [.. ((string[])["steps", "weights", "recurrent", "biases", "last", "shape"]).Select(name => $"{layer.Name}.{name}")];
        float[] weights = Ordered(parameters.Dequeue(), features);
        float[] recurrent = Ordered(parameters.Dequeue(), units);
        float[] biases = Ordered(parameters.Dequeue(), 1);
        float[] recurrentBiases = layer.Kind == LayerKind.GRU ? Ordered(parameters.Dequeue(), 1) : new float[gates];

        tensors.Message(5, Tensor(names[1], weights, 1, gates, features));
        tensors.Message(5, Tensor(names[2], recurrent, 1, gates, units));
        tensors.Message(5, Tensor(names[3], [.. biases, .. recurrentBiases], 1, 2 * gates));
        tensors.Message(5, new ProtobufWriter().Number(1, 2).Number(2, Long).Text(8, names[5]).Longs(9, [-1, units]));

        ProtobufWriter node = new ProtobufWriter().Text(1, names[0]).Text(1, names[1]).Text(1, names[2]).Text(1, names[3])
            .Text(2, "").Text(2, names[4]).Text(3, names[4]).Text(4, operation)
            .Message(5, new ProtobufWriter().Text(1, "hidden_size").Number(3, units).Number(20, Integer));

        if (layer.Kind == LayerKind.GRU)
        {
            node.Message(5, new ProtobufWriter().Text(1, "linear_before_reset").Number(3, 1).Number(20, Integer));
        }

        graph.Message(1, Node("Transpose", names[0], input).Message(5, Attribute("perm", 1, 0, 2)));
        graph.Message(1, node);
        graph.Message(1, Node("Reshape", layer.Name, names[4], names[5]));

        // [rows, gates] with our gates as [gates, rows] with the operator's.
        float[] Ordered(float[] values, int rows)
        {
            float[] swapped = ChannelsFirst.Swap(values, rows, gates);

            return [.. order.SelectMany(gate => swapped[(gate * units * rows)..((gate + 1) * units * rows)])];
        }
    }

    /// <summary>The bytes of a model of one depthwise convolution of a single image.</summary>
    /// <param name="window">The window.</param>
    /// <param name="weights">Its weights, channels first.</param>
    /// <param name="biases">Its biases.</param>
    public static byte[] WriteDepthwise(Window2D window, float[] weights, float[] biases)
    {
        const string Weights = "weights", Biases = "biases";
        int channels = window.Channels;
        ProtobufWriter node = Window(Node("Conv", Output, Input, Weights, Biases), window)
            .Message(5, new ProtobufWriter().Text(1, "group").Number(3, channels).Number(20, Integer));
        ProtobufWriter graph = new ProtobufWriter()
            .Message(1, node)
            .Text(2, "layer")
            .Message(5, Tensor(Weights, weights, channels, 1, window.KernelHeight, window.KernelWidth))
            .Message(5, Tensor(Biases, biases, channels))
            .Message(11, Value(Input, 1, channels, window.Height, window.Width))
            .Message(12, Value(Output, 1, channels, window.OutputHeight, window.OutputWidth));

        return Model(graph);
    }

    /// <summary>The shape of a sample, channels first.</summary>
    public static int[] InputShape(NetworkCase network) =>
        network.TakesImages ? [network.InputShape[2], network.InputShape[0], network.InputShape[1]] : [.. network.InputShape];

    private static byte[] Model(ProtobufWriter graph) => new ProtobufWriter()
        .Number(1, IrVersion)
        .Message(7, graph)
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, Opset))
        .ToArray();

    private static ProtobufWriter Node(string operation, string output, params ReadOnlySpan<string> inputs)
    {
        ProtobufWriter node = new();

        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, output).Text(4, operation);
    }

    private static ProtobufWriter Window(ProtobufWriter node, Window2D window) => node
        .Message(5, Attribute("kernel_shape", window.KernelHeight, window.KernelWidth))
        .Message(5, Attribute("strides", window.Stride, window.Stride))
        .Message(5, Attribute("pads", window.PadTop, window.PadLeft, window.PadBottom, window.PadRight));

    private static ProtobufWriter Attribute(string name, params ReadOnlySpan<int> values)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(1, name).Number(20, Integers);

        foreach (int value in values)
        {
            attribute.Number(8, value);
        }

        return attribute;
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
