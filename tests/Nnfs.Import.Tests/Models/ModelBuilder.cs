using System.Buffers.Binary;
using Nnfs.Files.Onnx;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Tests.Models;

/// <summary>Writes small ONNX models, node by node.</summary>
internal sealed class ModelBuilder(int operatorSet = 17)
{
    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _tensors = [];
    private readonly List<ProtobufMessage> _inputs = [];
    private readonly List<ProtobufMessage> _outputs = [];

    /// <summary>Whether it has an output.</summary>
    public bool HasOutput => _outputs.Count > 0;

    /// <summary>Adds an input of floats: each dimension is a size, a name, or null where it is unknown.</summary>
    public ModelBuilder Input(string name, params object?[] dimensions) => Input(name, OnnxElementType.Float32, dimensions);

    /// <summary>Adds an input.</summary>
    public ModelBuilder Input(string name, OnnxElementType type, params object?[] dimensions)
    {
        _inputs.Add(Value(name, type, dimensions));

        return this;
    }

    /// <summary>Adds an output, whose dimensions are not stated.</summary>
    public ModelBuilder Output(string name, OnnxElementType type = OnnxElementType.Float32)
    {
        _outputs.Add(Value(name, type, dimensions: null));

        return this;
    }

    /// <summary>Adds a tensor of floats.</summary>
    public ModelBuilder Tensor(string name, int[] dimensions, params float[] values)
    {
        _tensors.Add(Message(name, dimensions, values));

        return this;
    }

    /// <summary>Adds a tensor of whole numbers.</summary>
    public ModelBuilder Integers(string name, int[] dimensions, params long[] values)
    {
        _tensors.Add(Message(name, dimensions, values));

        return this;
    }

    /// <summary>Adds a tensor as it is.</summary>
    public ModelBuilder Tensor(ProtobufMessage message)
    {
        _tensors.Add(message);

        return this;
    }

    /// <summary>Adds a node with one output. It is named after that.</summary>
    public ModelBuilder Node(string operation, string[] inputs, string output, params (string Name, object Value)[] attributes) =>
        Node(operation, inputs, [output], attributes);

    /// <summary>Adds a node. It is named after its first output.</summary>
    public ModelBuilder Node(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        ProtobufMessage node = new();
        Array.ForEach(inputs, input => node.Add(1, input));
        Array.ForEach(outputs, output => node.Add(2, output));
        node.Add(3, outputs[0]).Add(4, operation);

        foreach ((string name, object value) in attributes)
        {
            node.Add(5, Attribute(name, value));
        }

        _nodes.Add(node);

        return this;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Build()
    {
        ProtobufMessage graph = new();
        _nodes.ForEach(node => graph.Add(1, node));
        graph.Add(2, "test");
        _tensors.ForEach(tensor => graph.Add(5, tensor));
        _inputs.ForEach(input => graph.Add(11, input));
        _outputs.ForEach(output => graph.Add(12, output));

        MemoryStream stream = new();
        new ProtobufMessage().Add(1, 8).Add(2, "test").Add(7, graph).Add(8, new ProtobufMessage().Add(1, "").Add(2, operatorSet)).WriteTo(stream);

        return stream.ToArray();
    }

    /// <summary>The model as it is read.</summary>
    public OnnxModel Read() => OnnxReader.Read(Build());

    /// <summary>A tensor of floats.</summary>
    public static ProtobufMessage Message(string name, int[] dimensions, float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return Message(name, OnnxElementType.Float32, dimensions).Add(9, bytes.Length, stream => stream.Write(bytes));
    }

    /// <summary>A tensor of whole numbers.</summary>
    public static ProtobufMessage Message(string name, int[] dimensions, long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return Message(name, OnnxElementType.Int64, dimensions).Add(9, bytes.Length, stream => stream.Write(bytes));
    }

    /// <summary>A tensor without values, to which they can be added.</summary>
    public static ProtobufMessage Message(string name, OnnxElementType type, int[] dimensions)
    {
        ProtobufMessage message = new();
        Array.ForEach(dimensions, size => message.Add(1, size));

        return message.Add(2, (int)type).Add(8, name);
    }

    private static ProtobufMessage Attribute(string name, object value)
    {
        ProtobufMessage attribute = new ProtobufMessage().Add(1, name);

        switch (value)
        {
            case float number:
                return attribute.Add(2, number).Add(20, 1);
            case int number:
                return attribute.Add(3, number).Add(20, 2);
            case string text:
                return attribute.Add(4, text).Add(20, 3);
            case ProtobufMessage tensor:
                return attribute.Add(5, tensor).Add(20, 4);
            case float[] numbers:
                Array.ForEach(numbers, number => attribute.Add(7, number));
                return attribute.Add(20, 6);
            case int[] numbers:
                Array.ForEach(numbers, number => attribute.Add(8, number));
                return attribute.Add(20, 7);
            case string[] texts:
                Array.ForEach(texts, text => attribute.Add(9, text));
                return attribute.Add(20, 8);
            default:
                throw new ArgumentException($"'{name}' is a {value.GetType()}.", nameof(value));
        }
    }

    private static ProtobufMessage Value(string name, OnnxElementType type, object?[]? dimensions)
    {
        ProtobufMessage tensor = new ProtobufMessage().Add(1, (int)type);

        if (dimensions is not null)
        {
            ProtobufMessage shape = new();

            foreach (object? dimension in dimensions)
            {
                shape.Add(1, dimension switch
                {
                    int size => new ProtobufMessage().Add(1, size),
                    string text => new ProtobufMessage().Add(2, text),
                    _ => new ProtobufMessage(),
                });
            }

            tensor.Add(2, shape);
        }

        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
