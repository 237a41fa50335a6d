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

                case LayerKind.LSTM or LayerKind.GRU:
                    AddRecurrent(graph, tensors, layer, input, parameters);
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

    /// <summary>Adds a recurrent layer that gives its last state: the operator takes the steps before the samples.</summary>
    private static void AddRecurrent(ProtobufWriter graph, ProtobufWriter tensors, LayerInfo layer, string input, Queue<float[]> parameters)
    {
        (string steps, string last, string shape) = ($"{layer.Name}.steps", $"{layer.Name}.last", $"{layer.Name}.shape");
        string[] names = AddRecurrentTensors(tensors, layer, parameters);

        tensors.Message(5, Longs(shape, -1, layer.Outputs));
        graph.Message(1, Node("Transpose", steps, input).Message(5, Attribute("perm", 1, 0, 2)));
        graph.Message(1, RecurrentNode(layer, [steps, .. names], ["", last]));
        graph.Message(1, Node("Reshape", layer.Name, last, shape));
    }

    /// <summary>Adds the weights and biases of a recurrent layer, whose gates the operator has in another order.</summary>
    /// <returns>Their names, in the operator's order.</returns>
    public static string[] AddRecurrentTensors(ProtobufWriter tensors, LayerInfo layer, Queue<float[]> parameters)
    {
        int[] order = layer.Kind == LayerKind.LSTM ? [0, 3, 1, 2] : [0, 1, 2];
        int units = layer.OutputShape[^1];
        int gates = order.Length * units;
        int features = layer.InputShape[1];
        string[] names = [$"{layer.Name}.weights", $"{layer.Name}.recurrent", $"{layer.Name}.biases"];
        float[] weights = Ordered(parameters.Dequeue(), features);
        float[] recurrent = Ordered(parameters.Dequeue(), units);
        float[] biases = Ordered(parameters.Dequeue(), 1);
        float[] recurrentBiases = layer.Kind == LayerKind.GRU ? Ordered(parameters.Dequeue(), 1) : new float[gates];

        tensors.Message(5, Tensor(names[0], weights, 1, gates, features));
        tensors.Message(5, Tensor(names[1], recurrent, 1, gates, units));
        tensors.Message(5, Tensor(names[2], [.. biases, .. recurrentBiases], 1, 2 * gates));

        return names;

        // [rows, gates] with our gates as [gates, rows] with the operator's.
        float[] Ordered(float[] values, int rows)
        {
            float[] swapped = ChannelsFirst.Swap(values, rows, gates);

            return [.. order.SelectMany(gate => swapped[(gate * units * rows)..((gate + 1) * units * rows)])];
        }
    }

    /// <summary>The operator of a recurrent layer.</summary>
    public static ProtobufWriter RecurrentNode(LayerInfo layer, string[] inputs, string[] outputs)
    {
        ProtobufWriter node = new();
        Array.ForEach(inputs, input => node.Text(1, input));
        Array.ForEach(outputs, output => node.Text(2, output));
        node.Text(3, outputs[^1]).Text(4, layer.Kind.ToString()).Message(5, Number("hidden_size", layer.OutputShape[^1]));

        return layer.Kind == LayerKind.GRU ? node.Message(5, Number("linear_before_reset", 1)) : node;
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
            .Message(5, Number("group", channels));
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

    /// <summary>The bytes of a model.</summary>
    public static byte[] Model(ProtobufWriter graph) => new ProtobufWriter()
        .Number(1, IrVersion)
        .Message(7, graph)
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, Opset))
        .ToArray();

    /// <summary>A node with one output.</summary>
    public static ProtobufWriter Node(string operation, string output, params ReadOnlySpan<string> inputs)
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

    /// <summary>A setting of one whole number.</summary>
    public static ProtobufWriter Number(string name, long value) => new ProtobufWriter().Text(1, name).Number(3, value).Number(20, Integer);

    /// <summary>A list of whole numbers that nodes read.</summary>
    public static ProtobufWriter Longs(string name, params long[] values) =>
        new ProtobufWriter().Number(1, values.Length).Number(2, Long).Text(8, name).Longs(9, values);

    /// <summary>A setting of several whole numbers.</summary>
    public static ProtobufWriter Attribute(string name, params ReadOnlySpan<int> values)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(1, name).Number(20, Integers);

        foreach (int value in values)
        {
            attribute.Number(8, value);
        }

        return attribute;
    }

    /// <summary>Weights or biases.</summary>
    public static ProtobufWriter Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        ProtobufWriter tensor = new();

        foreach (int dimension in shape)
        {
            tensor.Number(1, dimension);
        }

        return tensor.Number(2, Float).Text(8, name).Floats(9, values);
    }

    /// <summary>An input or output of the graph.</summary>
    public static ProtobufWriter Value(string name, params ReadOnlySpan<int> shape)
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
