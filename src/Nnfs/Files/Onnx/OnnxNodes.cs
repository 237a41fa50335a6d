using System.Buffers.Binary;

namespace Nnfs.Files.Onnx;

/// <summary>
/// The nodes of a graph, of ONNX's operator set 13. The values that a layer gives are named after it: its own "dense1.outputs", those on the way there by
/// what they are. No input or output has a name with a dot.
/// </summary>
internal sealed class OnnxNodes
{
    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];

    /// <summary>The nodes in the order in which they were added.</summary>
    public IReadOnlyList<ProtobufMessage> Messages => _nodes;

    /// <summary>Numbers that nodes read beside the network's tensors.</summary>
    public IReadOnlyList<ProtobufMessage> Constants => _constants;

    /// <summary>The name of one of the values that a layer gives.</summary>
    public static string Value(LayerInfo layer, string name) => $"{layer.Name}.{name}";

    /// <summary>Adds a node without settings: the default axis of a softmax is the last, which is that of the values of a sample.</summary>
    /// <returns>The name of the value that it gives.</returns>
    public string Add(string operation, string output, params string[] inputs) => Add(operation, attributes: [], output, inputs);

    /// <summary>Adds a node with one setting.</summary>
    /// <returns>The name of the value that it gives.</returns>
    public string Add(string operation, ProtobufMessage attribute, string output, params string[] inputs) => Add(operation, [attribute], output, inputs);

    /// <summary>Adds a node with settings.</summary>
    /// <returns>The name of the value that it gives.</returns>
    public string Add(string operation, IEnumerable<ProtobufMessage> attributes, string output, params string[] inputs)
    {
        Add(operation, attributes, [output], inputs);

        return output;
    }

    /// <summary>Adds a node with settings and several outputs, of which those without a name are left out; the node is called what the last is.</summary>
    public void Add(string operation, IEnumerable<ProtobufMessage> attributes, string[] outputs, string[] inputs)
    {
        ProtobufMessage node = new();

        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        foreach (string output in outputs)
        {
            node.Add(2, output);
        }

        node.Add(3, outputs[^1]).Add(4, operation);

        foreach (ProtobufMessage attribute in attributes)
        {
            node.Add(5, attribute);
        }

        _nodes.Add(node);
    }

    /// <summary>Adds a number that a node of the layer reads: a tensor without dimensions.</summary>
    /// <returns>The name of the number.</returns>
    public string AddConstant(LayerInfo layer, string name, double value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);

        string constant = Value(layer, name);
        _constants.Add(new ProtobufMessage().Add(2, OnnxModel.Float).Add(8, constant).Add(9, bytes.Length, stream => stream.Write(bytes)));

        return constant;
    }

    /// <summary>Adds a list of whole numbers that a node of the layer reads.</summary>
    /// <returns>The name of the list.</returns>
    public string AddConstant(LayerInfo layer, string name, int[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return AddConstant(Value(layer, name), OnnxModel.Integer, values.Length, bytes);
    }

    /// <summary>Adds a list of numbers that a node of the layer reads.</summary>
    /// <returns>The name of the list.</returns>
    public string AddConstant(LayerInfo layer, string name, float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return AddConstant(Value(layer, name), OnnxModel.Float, values.Length, bytes);
    }

    /// <summary>Adds a list of 64-bit floats.</summary>
    /// <returns>The name of the list.</returns>
    public string AddConstant(string name, double[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return AddConstant(name, OnnxModel.Double, values.Length, bytes);
    }

    /// <summary>Adds a list of truths.</summary>
    /// <returns>The name of the list.</returns>
    public string AddConstant(string name, bool[] values) =>
        AddConstant(name, OnnxModel.Boolean, values.Length, Array.ConvertAll(values, static value => value ? (byte)1 : (byte)0));

    private string AddConstant(string constant, int type, int length, byte[] bytes)
    {
        _constants.Add(new ProtobufMessage().Add(1, length).Add(2, type).Add(8, constant).Add(9, bytes.Length, stream => stream.Write(bytes)));

        return constant;
    }
}
