namespace Nnfs.Import.Onnx;

/// <summary>Reads the graph of a model: its tensors, inputs, outputs and nodes, which are put into an order in which they can be computed.</summary>
internal static class GraphReader
{
    /// <summary>The most nodes, tensors, inputs and outputs: each takes more memory than it may take in the file.</summary>
    private const int MostParts = 1 << 17;

    /// <summary>Reads a graph.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="externalData">The files beside the model.</param>
    public static OnnxGraph Read(ReadOnlyMemory<byte> message, ExternalData externalData)
    {
        ProtobufReader reader = new(message, "The graph");
        string name = "";
        List<OnnxNode> nodes = [];
        Dictionary<string, OnnxTensor> initializers = new(StringComparer.Ordinal);
        List<OnnxValue> inputs = [];
        List<OnnxValue> outputs = [];

        while (reader.Next())
        {
            if (nodes.Count + initializers.Count + inputs.Count + outputs.Count > MostParts)
            {
                throw reader.Unsound($"has more than {MostParts} nodes, tensors, inputs and outputs");
            }

            switch (reader.Field)
            {
                case 1:
                    nodes.Add(NodeReader.Read(reader.Bytes(), externalData));
                    break;
                case 2:
                    name = reader.Text();
                    break;
                case 5:
                    OnnxTensor tensor = TensorReader.Read(reader.Bytes(), externalData);

                    if (tensor.Name.Length == 0 || !initializers.TryAdd(tensor.Name, tensor))
                    {
                        throw reader.Unsound(tensor.Name.Length == 0 ? "has a tensor without a name" : $"has two tensors with the name '{tensor.Name}'");
                    }

                    break;
                case 11:
                    inputs.Add(Value(reader.Bytes()));
                    break;
                case 12:
                    outputs.Add(Value(reader.Bytes()));
                    break;
                case 15:
                    throw reader.Unsound("has a sparse tensor, which is not read");
                default:
                    reader.Skip();
                    break;
            }
        }

        // Older files list the tensors among the inputs as well.
        inputs.RemoveAll(input => initializers.ContainsKey(input.Name));

        return new(name, GraphOrder.Of(nodes, initializers.Keys, inputs, outputs), initializers, inputs, outputs);
    }

    private static OnnxValue Value(ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "An input or output");
        string name = "";
        OnnxElementType type = OnnxElementType.Undefined;
        IReadOnlyList<OnnxDimension>? dimensions = null;

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    (type, dimensions) = Type(reader.Bytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return name.Length > 0 ? new(name, type, dimensions) : throw reader.Unsound("has no name");
    }

    /// <summary>The type of a tensor; other types, such as sequences and maps, are no type of values.</summary>
    private static (OnnxElementType Type, IReadOnlyList<OnnxDimension>? Dimensions) Type(ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "The type of an input or output");
        OnnxElementType type = OnnxElementType.Undefined;
        IReadOnlyList<OnnxDimension>? dimensions = null;

        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();

                continue;
            }

            ProtobufReader tensor = new(reader.Bytes(), "The type of an input or output");

            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1:
                        type = (OnnxElementType)(int)Math.Clamp(tensor.Integer(), 0, int.MaxValue);
                        break;
                    case 2:
                        dimensions = Shape(tensor.Bytes());
                        break;
                    default:
                        tensor.Skip();
                        break;
                }
            }
        }

        return (type, dimensions);
    }

    private static List<OnnxDimension> Shape(ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "The shape of an input or output");
        List<OnnxDimension> dimensions = [];

        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                dimensions.Add(Dimension(reader.Bytes()));
            }
            else
            {
                reader.Skip();
            }
        }

        return dimensions;
    }

    private static OnnxDimension Dimension(ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "A dimension of an input or output");
        OnnxDimension dimension = default;

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    long size = reader.Integer();
                    dimension = size is >= 0 and <= int.MaxValue
                        ? new((int)size, Name: null)
                        : size == -1 ? default : throw reader.Unsound($"is {size}");
                    break;
                case 2:
                    string name = reader.Text();
                    dimension = new(Size: null, name.Length > 0 ? name : null);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return dimension;
    }
}
