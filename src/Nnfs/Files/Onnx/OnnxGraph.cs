using System.Buffers.Binary;

namespace Nnfs.Files.Onnx;

/// <summary>
/// The layers of a network as nodes of ONNX's operator set 13. What that set has no operator for is put together from several. Inputs and outputs have
/// their own names, or else "inputs" and "outputs".
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>The element type of 32-bit floats.</summary>
    public const int Float = 1;

    private const int FloatAttribute = 1;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<float, string> _constants = [];

    private OnnxGraph()
    {
    }

    /// <summary>The nodes, each behind those that it reads.</summary>
    public List<ProtobufMessage> Nodes { get; } = [];

    /// <summary>Numbers that nodes read beside the network's tensors.</summary>
    public List<ProtobufMessage> Constants { get; } = [];

    /// <summary>The names and sizes of what the network takes.</summary>
    public List<(string Name, int Size)> Inputs { get; } = [];

    /// <summary>The names and sizes of what the network gives.</summary>
    public List<(string Name, int Size)> Outputs { get; } = [];

    /// <summary>The graph of a network's layers.</summary>
    public static OnnxGraph Of(IReadOnlyList<LayerInfo> layers)
    {
        OnnxGraph graph = new();
        string previous = "inputs";

        if (layers[0].Kind != LayerKind.Input)
        {
            graph.Inputs.Add((previous, layers[0].Inputs));
            graph._values[previous] = previous;
        }

        foreach (LayerInfo layer in layers)
        {
            string[] sources = layer.Sources.IsEmpty ? [graph._values[previous]] : [.. layer.Sources.Select(source => graph._values[source])];

            if (layer.Kind == LayerKind.Input)
            {
                graph.Inputs.Add((layer.Name, layer.Outputs));
                graph._values[layer.Name] = layer.Name;
            }
            else if (IsOutput(layer.Kind))
            {
                // A loss that stands for the only output is called by its kind.
                string name = layer.Name == layer.Kind.ToString() ? "outputs" : layer.Name;
                graph.AddOutput(layer, sources[0], name);
            }
            else
            {
                graph._values[layer.Name] = graph.Add(layer, sources, $"{layer.Name}.outputs");
            }

            previous = IsOutput(layer.Kind) ? previous : layer.Name;
        }

        if (graph.Outputs.Count == 0)
        {
            graph.AddNode("Identity", "outputs", [graph._values[previous]], "outputs");
            graph.Outputs.Add(("outputs", layers[^1].Outputs));
        }

        return graph;
    }

    private static bool IsOutput(LayerKind kind) => kind is LayerKind.Output
        or LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy or LayerKind.BinaryCrossEntropy or LayerKind.SigmoidBinaryCrossEntropy
        or LayerKind.MeanSquaredError or LayerKind.MeanAbsoluteError or LayerKind.Huber;

    private void AddOutput(LayerInfo layer, string source, string name)
    {
        string operation = layer.Kind switch
        {
            LayerKind.SoftmaxCrossEntropy => "Softmax",
            LayerKind.SigmoidBinaryCrossEntropy => "Sigmoid",
            _ => "Identity",
        };

        AddNode(operation, name, [source], layer.Name, layer.Kind == LayerKind.SoftmaxCrossEntropy ? Integer("axis", 1) : null);
        Outputs.Add((name, layer.Outputs));
    }

    /// <summary>Adds the nodes of a layer; returns what holds its outputs.</summary>
    private string Add(LayerInfo layer, string[] sources, string output)
    {
        string x = sources[0];

        return layer.Kind switch
        {
            LayerKind.Dense => AddNode("Gemm", output, [x, .. layer.Tensors.Select(static tensor => tensor.Name)], layer.Name),
            LayerKind.ReLU => AddNode("Relu", output, [x], layer.Name),
            LayerKind.LeakyReLU => AddNode("LeakyRelu", output, [x], layer.Name, Number("alpha", layer.Setting)),
            LayerKind.Sigmoid => AddNode("Sigmoid", output, [x], layer.Name),
            LayerKind.Tanh => AddNode("Tanh", output, [x], layer.Name),
            LayerKind.ELU => AddNode("Elu", output, [x], layer.Name, Number("alpha", layer.Setting)),
            LayerKind.SiLU => AddNode("Mul", output, [x, AddNode("Sigmoid", $"{layer.Name}.sigmoid", [x])], layer.Name),
            LayerKind.GELU => AddGELU(layer, x, output),
            LayerKind.GELUTanh => AddGELUTanh(layer, x, output),
            LayerKind.Softmax => AddNode("Softmax", output, [x], layer.Name, Integer("axis", 1)),

            // Outside training nothing is dropped.
            LayerKind.Linear or LayerKind.Dropout => AddNode("Identity", output, [x], layer.Name),
            LayerKind.LayerNorm => AddLayerNorm(layer, x, output),
            LayerKind.BatchNorm => AddNode("BatchNormalization", output, [x, .. layer.Tensors.Select(static tensor => tensor.Name)], layer.Name, Number("epsilon", layer.Setting)),
            LayerKind.Add => AddNode("Sum", output, sources, layer.Name),
            LayerKind.Multiply => AddProduct(layer, sources, output),
            LayerKind.Concat => AddNode("Concat", output, sources, layer.Name, Integer("axis", 1)),
            _ => throw new NotSupportedException($"There is no ONNX operator for the layer '{layer.Name}' of kind {layer.Kind}."),
        };
    }

    /// <summary>x / 2 · (1 + erf(x / √2)).</summary>
    private string AddGELU(LayerInfo layer, string x, string output)
    {
        string scaled = AddNode("Mul", $"{layer.Name}.scaled", [x, Constant((float)Math.Sqrt(0.5))]);
        string erf = AddNode("Erf", $"{layer.Name}.erf", [scaled]);

        return AddHalfOfOnePlus(layer, x, erf, output);
    }

    /// <summary>x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))).</summary>
    private string AddGELUTanh(LayerInfo layer, string x, string output)
    {
        string square = AddNode("Mul", $"{layer.Name}.square", [x, x]);
        string cube = AddNode("Mul", $"{layer.Name}.cube", [square, x]);
        string part = AddNode("Mul", $"{layer.Name}.part", [cube, Constant(0.044715f)]);
        string sum = AddNode("Add", $"{layer.Name}.sum", [x, part]);
        string scaled = AddNode("Mul", $"{layer.Name}.scaled", [sum, Constant((float)Math.Sqrt(2 / Math.PI))]);
        string tanh = AddNode("Tanh", $"{layer.Name}.tanh", [scaled]);

        return AddHalfOfOnePlus(layer, x, tanh, output);
    }

    private string AddHalfOfOnePlus(LayerInfo layer, string x, string value, string output)
    {
        string sum = AddNode("Add", $"{layer.Name}.one_plus", [value, Constant(1f)]);
        string half = AddNode("Mul", $"{layer.Name}.half", [sum, Constant(0.5f)]);

        return AddNode("Mul", output, [x, half], layer.Name);
    }

    /// <summary>γ · (x − mean) / √(variance + ε) + β: operator set 13 has no node for it.</summary>
    private string AddLayerNorm(LayerInfo layer, string x, string output)
    {
        string mean = AddNode("ReduceMean", $"{layer.Name}.mean", [x], attribute: Integers("axes", 1));
        string centred = AddNode("Sub", $"{layer.Name}.centred", [x, mean]);
        string square = AddNode("Mul", $"{layer.Name}.square", [centred, centred]);
        string variance = AddNode("ReduceMean", $"{layer.Name}.variance", [square], attribute: Integers("axes", 1));
        string shifted = AddNode("Add", $"{layer.Name}.shifted", [variance, Constant(layer.Setting)]);
        string deviation = AddNode("Sqrt", $"{layer.Name}.deviation", [shifted]);
        string normalised = AddNode("Div", $"{layer.Name}.normalised", [centred, deviation]);
        string scaled = AddNode("Mul", $"{layer.Name}.scaled", [normalised, layer.Tensors[0].Name]);

        return AddNode("Add", output, [scaled, layer.Tensors[1].Name], layer.Name);
    }

    private string AddProduct(LayerInfo layer, string[] sources, string output)
    {
        string product = sources[0];

        for (int i = 1; i < sources.Length - 1; i++)
        {
            product = AddNode("Mul", $"{layer.Name}.product{i}", [product, sources[i]]);
        }

        return AddNode("Mul", output, [product, sources[^1]], layer.Name);
    }

    private string AddNode(string operation, string output, string[] inputs, string? name = null, ProtobufMessage? attribute = null)
    {
        ProtobufMessage node = new();

        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, name ?? output).Add(4, operation);

        if (attribute is not null)
        {
            node.Add(5, attribute);
        }

        Nodes.Add(node);

        return output;
    }

    /// <summary>The name of a number that nodes read.</summary>
    private string Constant(float value)
    {
        if (!_constants.TryGetValue(value, out string? name))
        {
            name = $"constant{_constants.Count + 1}";
            _constants[value] = name;
            byte[] bytes = Bytes(value);

            // A tensor without dimensions is one number.
            Constants.Add(new ProtobufMessage().Add(2, Float).Add(8, name).Add(9, bytes.Length, stream => stream.Write(bytes)));
        }

        return name;
    }

    private static ProtobufMessage Integer(string name, int value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerAttribute);

    private static ProtobufMessage Integers(string name, int value) => new ProtobufMessage().Add(1, name).Add(8, value).Add(20, IntegersAttribute);

    private static ProtobufMessage Number(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, FloatAttribute);

    private static byte[] Bytes(float value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);

        return bytes;
    }
}
