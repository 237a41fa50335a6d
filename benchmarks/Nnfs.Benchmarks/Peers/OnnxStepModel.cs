namespace Nnfs.Benchmarks;

/// <summary>
/// Writes one step of a network that takes sequences as an ONNX model: what its layers keep from step to step are inputs, and what they keep next are outputs.
/// </summary>
internal static class OnnxStepModel
{
    /// <summary>What the names of states end with that a step leaves.</summary>
    public const string Next = ".next";

    /// <summary>The bytes of the model.</summary>
    /// <param name="layers">The layers, a chain that ends with a dense one.</param>
    /// <param name="parameters">Their tensors, each row-major.</param>
    /// <param name="states">The names of the states, with their shapes.</param>
    public static byte[] Write(IEnumerable<LayerInfo> layers, Queue<float[]> parameters, out List<(string Name, int[] Shape)> states)
    {
        ProtobufWriter graph = new();
        ProtobufWriter tensors = new();
        states = [];
        string last = OnnxModel.Input;
        LayerInfo[] chain = [.. layers];

        foreach (LayerInfo layer in chain)
        {
            string input = last;
            last = layer.Name;

            switch (layer.Kind)
            {
                case LayerKind.LSTM or LayerKind.GRU:
                    string[] kept = layer.Kind == LayerKind.LSTM ? [$"{layer.Name}.h", $"{layer.Name}.c"] : [$"{layer.Name}.h"];
                    string[] names = OnnxModel.AddRecurrentTensors(tensors, layer, parameters);
                    states.AddRange(kept.Select(name => (name, (int[])[1, 1, layer.OutputShape[^1]])));
                    graph.Message(1, OnnxModel.RecurrentNode(layer, [input, .. names, "", .. kept], ["", .. kept.Select(static name => name + Next)]));
                    last = kept[0] + Next;
                    break;

                case LayerKind.Conv1D:
                    AddConvolution(graph, tensors, layer, input, parameters, states);
                    break;

                case LayerKind.Tanh:
                    graph.Message(1, OnnxModel.Node("Tanh", last, input));
                    break;

                case LayerKind.Dense:
                    (string weights, string biases, string shape, string row) =
                        ($"{last}.weights", $"{last}.biases", $"{last}.shape", $"{last}.row");
                    int inputs = layer.InputShape[^1];
                    int outputs = layer.OutputShape[^1];
                    tensors.Message(5, OnnxModel.Longs(shape, 1, inputs));
                    tensors.Message(5, OnnxModel.Tensor(weights, parameters.Dequeue(), inputs, outputs));
                    tensors.Message(5, OnnxModel.Tensor(biases, parameters.Dequeue(), outputs));
                    graph.Message(1, OnnxModel.Node("Reshape", row, input, shape));
                    graph.Message(1, OnnxModel.Node("Gemm", layer == chain[^1] ? OnnxModel.Output : last, row, weights, biases));
                    break;

                default:
                    throw new InvalidOperationException($"The steps of the benchmarks have no {layer.Kind}.");
            }
        }

        graph.Text(2, "step").Append(tensors).Message(11, OnnxModel.Value(OnnxModel.Input, 1, 1, chain[0].InputShape[^1]));
        states.ForEach(state => graph.Message(11, OnnxModel.Value(state.Name, state.Shape)));
        graph.Message(12, OnnxModel.Value(OnnxModel.Output, 1, chain[^1].OutputShape[^1]));
        states.ForEach(state => graph.Message(12, OnnxModel.Value(state.Name + Next, state.Shape)));

        return OnnxModel.Model(graph);
    }

    /// <summary>Adds a causal convolution: the steps that it reaches back to come first, and all of them but the first stay for the next step.</summary>
    private static void AddConvolution(
        ProtobufWriter graph, ProtobufWriter tensors, LayerInfo layer, string input, Queue<float[]> parameters, List<(string Name, int[] Shape)> states)
    {
        Window2D window = layer.Window!;
        (string past, string all, string weights, string biases) =
            ($"{layer.Name}.past", $"{layer.Name}.all", $"{layer.Name}.weights", $"{layer.Name}.biases");
        (string one, string end, string axis) = ($"{layer.Name}.one", $"{layer.Name}.end", $"{layer.Name}.axis");
        int filters = layer.OutputShape[^1];

        // [kernel, channels, filters] as [filters, channels, kernel].
        int size = window.KernelWidth * window.Channels;
        float[] swapped = ChannelsFirst.Swap(parameters.Dequeue(), size, filters);
        float[] ordered =
        [
            .. Enumerable.Range(0, filters)
                .SelectMany(filter => ChannelsFirst.Swap(swapped[(filter * size)..((filter + 1) * size)], window.KernelWidth, window.Channels)),
        ];

        states.Add((past, [1, window.Channels, window.PadLeft]));
        tensors.Message(5, OnnxModel.Tensor(weights, ordered, filters, window.Channels, window.KernelWidth));
        tensors.Message(5, OnnxModel.Tensor(biases, parameters.Dequeue(), filters));
        tensors.Message(5, OnnxModel.Longs(one, 1));
        tensors.Message(5, OnnxModel.Longs(end, int.MaxValue));
        tensors.Message(5, OnnxModel.Longs(axis, 2));
        graph.Message(1, OnnxModel.Node("Concat", all, past, input).Message(5, OnnxModel.Number("axis", 2)));
        graph.Message(1, OnnxModel.Node("Slice", past + Next, all, one, end, axis));
        graph.Message(1, OnnxModel.Node("Conv", layer.Name, all, weights, biases)
            .Message(5, OnnxModel.Attribute("kernel_shape", window.KernelWidth))
            .Message(5, OnnxModel.Attribute("dilations", window.Dilation)));
    }
}
