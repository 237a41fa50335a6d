using System.Buffers.Binary;

namespace Nnfs.Files.Onnx;

/// <summary>
/// Layers as nodes of ONNX's operator set 13. What that set has no operator for is put together from several. The values that a layer gives are called
/// after it: its own "dense1.outputs", those on the way there by what they are. No input or output has a name with a dot.
/// </summary>
internal sealed class OnnxNodes
{
    private const int FloatAttribute = 1;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];

    /// <summary>The nodes in the order in which they were added.</summary>
    public IReadOnlyList<ProtobufMessage> Messages => _nodes;

    /// <summary>Numbers that nodes read beside the network's tensors.</summary>
    public IReadOnlyList<ProtobufMessage> Constants => _constants;

    /// <summary>Adds the nodes of a layer that reads the given values.</summary>
    /// <returns>The name of the value that it gives.</returns>
    /// <exception cref="NotSupportedException">The layer is an input or ends an output.</exception>
    public string Add(LayerInfo layer, string[] sources)
    {
        string x = sources[0];
        string y = Value(layer, "outputs");

        return layer.Kind switch
        {
            LayerKind.Dense => Add("Gemm", y, x, Weights(layer), Biases(layer)),
            LayerKind.ReLU => Add("Relu", y, x),
            LayerKind.LeakyReLU => Add("LeakyRelu", Number("alpha", layer.Setting), y, x),
            LayerKind.Sigmoid => Add("Sigmoid", y, x),
            LayerKind.Tanh => Add("Tanh", y, x),
            LayerKind.ELU => Add("Elu", Number("alpha", layer.Setting), y, x),
            LayerKind.GELU => AddGELU(layer, x, y),
            LayerKind.GELUTanh => AddGELUTanh(layer, x, y),
            LayerKind.SiLU => Add("Mul", y, x, Add("Sigmoid", Value(layer, "sigmoid"), x)),
            LayerKind.Softmax => Add("Softmax", y, x),

            // Outside training nothing is dropped.
            LayerKind.Linear or LayerKind.Dropout => Add("Identity", y, x),
            LayerKind.LayerNorm => AddLayerNorm(layer, x, y),
            LayerKind.BatchNorm => Add("BatchNormalization", Number("epsilon", layer.Setting), y, [x, .. layer.Tensors.Select(static tensor => tensor.Name)]),
            LayerKind.Add => Add("Sum", y, sources),
            LayerKind.Multiply => AddProduct(layer, sources, y),
            LayerKind.Concat => Add("Concat", Integer("axis", 1), y, sources),
            _ => throw new NotSupportedException($"The layer '{layer.Name}' of kind {layer.Kind} is no operation of ONNX."),
        };
    }

    /// <summary>Adds a node without settings: the default axis of a softmax is the last, which is that of the values of a sample.</summary>
    /// <returns>The name of the value that it gives.</returns>
    public string Add(string operation, string output, params string[] inputs) => Add(operation, attribute: null, output, inputs);

    /// <summary>y = x · (1 + erf(x / √2)) / 2.</summary>
    private string AddGELU(LayerInfo layer, string x, string y)
    {
        string scaled = Add("Mul", Value(layer, "scaled"), x, Constant(layer, "scale", Math.Sqrt(0.5)));
        string erf = Add("Erf", Value(layer, "erf"), scaled);

        return AddHalfOfOnePlus(layer, x, erf, y);
    }

    /// <summary>y = x · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))) / 2.</summary>
    private string AddGELUTanh(LayerInfo layer, string x, string y)
    {
        string square = Add("Mul", Value(layer, "square"), x, x);
        string cube = Add("Mul", Value(layer, "cube"), square, x);
        string part = Add("Mul", Value(layer, "part"), cube, Constant(layer, "share", 0.044715));
        string sum = Add("Add", Value(layer, "sum"), x, part);
        string scaled = Add("Mul", Value(layer, "scaled"), sum, Constant(layer, "scale", Math.Sqrt(2 / Math.PI)));
        string tanh = Add("Tanh", Value(layer, "tanh"), scaled);

        return AddHalfOfOnePlus(layer, x, tanh, y);
    }

    /// <summary>y = x · (1 + value) / 2.</summary>
    private string AddHalfOfOnePlus(LayerInfo layer, string x, string value, string y)
    {
        string onePlus = Add("Add", Value(layer, "one_plus"), value, Constant(layer, "one", 1));
        string half = Add("Mul", Value(layer, "half_of_one_plus"), onePlus, Constant(layer, "half", 0.5));

        return Add("Mul", y, x, half);
    }

    /// <summary>y = γ · (x − mean) / √(variance + ε) + β over the values of a sample. The operator for it came with set 17.</summary>
    private string AddLayerNorm(LayerInfo layer, string x, string y)
    {
        string mean = Add("ReduceMean", Integers("axes", 1), Value(layer, "mean"), x);
        string centred = Add("Sub", Value(layer, "centred"), x, mean);
        string square = Add("Mul", Value(layer, "square"), centred, centred);
        string variance = Add("ReduceMean", Integers("axes", 1), Value(layer, "variance"), square);
        string shifted = Add("Add", Value(layer, "shifted"), variance, Constant(layer, "epsilon", layer.Setting));
        string deviation = Add("Sqrt", Value(layer, "deviation"), shifted);
        string normalised = Add("Div", Value(layer, "normalised"), centred, deviation);
        string scaled = Add("Mul", Value(layer, "scaled"), normalised, layer.Tensors[0].Name);

        return Add("Add", y, scaled, layer.Tensors[1].Name);
    }

    /// <summary>y = a · b · …, two at a time: unlike a sum, a product takes no more.</summary>
    private string AddProduct(LayerInfo layer, string[] sources, string y)
    {
        string product = sources[0];

        for (int i = 1; i < sources.Length; i++)
        {
            product = Add("Mul", i == sources.Length - 1 ? y : Value(layer, $"product{i}"), product, sources[i]);
        }

        return product;
    }

    private string Add(string operation, ProtobufMessage? attribute, string output, params string[] inputs)
    {
        ProtobufMessage node = new();

        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, operation);

        if (attribute is not null)
        {
            node.Add(5, attribute);
        }

        _nodes.Add(node);

        return output;
    }

    /// <summary>Adds a number that a node of the layer reads: a tensor without dimensions.</summary>
    /// <returns>The name of the number.</returns>
    private string Constant(LayerInfo layer, string name, double value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);

        string constant = Value(layer, name);
        _constants.Add(new ProtobufMessage().Add(2, OnnxModel.Float).Add(8, constant).Add(9, bytes.Length, stream => stream.Write(bytes)));

        return constant;
    }

    private static string Value(LayerInfo layer, string name) => $"{layer.Name}.{name}";

    private static string Weights(LayerInfo layer) => layer.Tensors[0].Name;

    private static string Biases(LayerInfo layer) => layer.Tensors[1].Name;

    private static ProtobufMessage Integer(string name, int value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerAttribute);

    private static ProtobufMessage Integers(string name, int value) => new ProtobufMessage().Add(1, name).Add(8, value).Add(20, IntegersAttribute);

    private static ProtobufMessage Number(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, FloatAttribute);
}
