namespace Nnfs.Import.Onnx;

/// <summary>Reads nodes with their attributes. The graphs within branches and loops are not looked into.</summary>
internal static class NodeReader
{
    /// <summary>Reads a node.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="externalData">The files beside the model.</param>
    public static OnnxNode Read(ReadOnlyMemory<byte> message, ExternalData externalData)
    {
        ProtobufReader reader = new(message, "A node");
        List<string> inputs = [];
        List<string> outputs = [];
        string name = "";
        string operation = "";
        string domain = "";
        Dictionary<string, OnnxAttribute> attributes = new(StringComparer.Ordinal);

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    operation = reader.Text();
                    break;
                case 5:
                    OnnxAttribute attribute = Attribute(reader.Bytes(), externalData);

                    if (!attributes.TryAdd(attribute.Name, attribute))
                    {
                        throw reader.Unsound($"'{name}' has two attributes with the name '{attribute.Name}'");
                    }

                    break;
                case 7:
                    domain = OnnxReader.DomainOf(reader.Text());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return operation.Length > 0
            ? new(name, operation, domain, inputs, outputs, attributes)
            : throw reader.Unsound($"'{name}' has no operator");
    }

    private static OnnxAttribute Attribute(ReadOnlyMemory<byte> message, ExternalData externalData)
    {
        ProtobufReader reader = new(message, "An attribute");
        string name = "";
        long type = 0;
        int last = 0;
        float number = 0;
        long integer = 0;
        string text = "";
        OnnxTensor? tensor = null;
        NumberList floats = default;
        NumberList integers = default;
        List<string> texts = [];

        while (reader.Next())
        {
            last = reader.Field is >= 2 and <= 12 ? reader.Field : last;

            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    number = reader.Float();
                    break;
                case 3:
                    integer = reader.Integer();
                    break;
                case 4:
                    text = reader.Text();
                    break;
                case 5:
                    tensor = TensorReader.Read(reader.Bytes(), externalData);
                    break;
                case 7:
                    floats.Add(reader.Numbers(sizeof(float)));
                    break;
                case 8:
                    integers.Add(reader.Numbers(0));
                    break;
                case 9:
                    texts.Add(reader.Text());
                    break;
                case 20:
                    type = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (name.Length == 0)
        {
            throw reader.Unsound("has no name");
        }

        // Checks that the last number of the list has an end.
        ReadOnlyMemory<byte> list = integers.Joined();
        ProtobufReader.Count(list, $"The attribute '{name}'");

        // The oldest files don't state the type; what is there tells it.
        return (type == 0 ? last : FieldOf(type)) switch
        {
            2 => OnnxAttribute.Of(name, number),
            3 => OnnxAttribute.Of(name, integer),
            4 => OnnxAttribute.Of(name, text),
            5 => tensor is null ? throw reader.Unsound($"'{name}' has no tensor") : OnnxAttribute.Of(name, tensor),
            7 => OnnxAttribute.OfFloats(name, floats.Joined()),
            8 => OnnxAttribute.OfIntegers(name, list),
            9 => OnnxAttribute.Of(name, texts),
            _ => OnnxAttribute.OfOther(name),
        };
    }

    /// <summary>The field that holds what an attribute of the type has.</summary>
    private static int FieldOf(long type) => type switch
    {
        1 => 2,
        2 => 3,
        3 => 4,
        4 => 5,
        6 => 7,
        7 => 8,
        8 => 9,
        _ => 0,
    };
}
