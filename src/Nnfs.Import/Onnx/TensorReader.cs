namespace Nnfs.Import.Onnx;

/// <summary>Reads tensors: the dimensions, and as many values as they ask for.</summary>
internal static class TensorReader
{
    private const int HighestRank = 32;

    /// <summary>Reads a tensor.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="externalData">The files beside the model.</param>
    public static OnnxTensor Read(ReadOnlyMemory<byte> message, ExternalData externalData)
    {
        ProtobufReader reader = new(message, "A tensor");
        NumberList sizes = default;
        NumberList values = default;
        ReadOnlyMemory<byte>? raw = null;
        int valueField = 0;
        string name = "";
        OnnxElementType type = OnnxElementType.Undefined;
        bool isExternal = false;
        Dictionary<string, string> external = new(StringComparer.Ordinal);

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    sizes.Add(reader.Numbers(0));
                    break;
                case 2:
                    type = (OnnxElementType)(int)Math.Clamp(reader.Integer(), 0, int.MaxValue);
                    break;
                case 4 or 5 or 7 or 10 or 11:
                    if (valueField != 0 && valueField != reader.Field)
                    {
                        throw reader.Unsound("has values of two kinds");
                    }

                    valueField = reader.Field;
                    values.Add(reader.Numbers(valueField switch { 4 => sizeof(float), 10 => sizeof(double), _ => 0 }));
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    raw = reader.Bytes();
                    break;
                case 13:
                    ReadExternal(external, reader.Bytes());
                    break;
                case 14:
                    isExternal = reader.Integer() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        string title = $"The tensor '{name}'";
        int[] dimensions = Dimensions(sizes.Joined(), title);
        long count = Count(dimensions, title);
        int size = OnnxElementTypes.SizeOf(type);

        if (size == 0)
        {
            // Texts, complex numbers and numbers of 8 bits or less have no use here; the node that reads them is named as what can't be expressed.
            return new OnnxTensor(name, type, [0], default, areVarints: false);
        }

        if (isExternal)
        {
            return new OnnxTensor(name, type, dimensions, External(name, external, count * size, externalData), areVarints: false);
        }

        // A tensor without values may have neither.
        if (raw is not null || valueField == 0)
        {
            ReadOnlyMemory<byte> data = raw ?? default;

            return valueField == 0 && data.Length == count * size
                ? new(name, type, dimensions, data, areVarints: false)
                : throw new OnnxException($"{title} of [{string.Join(", ", dimensions)}] needs {count * size} bytes, but has {data.Length}.");
        }

        ReadOnlyMemory<byte> list = values.Joined();
        bool areVarints = valueField is 5 or 7 or 11;
        int found = areVarints ? ProtobufReader.Count(list, title) : list.Length / (valueField == 4 ? sizeof(float) : sizeof(double));

        if (valueField != FieldOf(type))
        {
            throw new OnnxException($"{title} is of {OnnxElementTypes.NameOf(type)}, but has its values where those of other types belong.");
        }

        return found == count
            ? new(name, type, dimensions, list, areVarints)
            : throw new OnnxException($"{title} of [{string.Join(", ", dimensions)}] needs {count} values, but has {found}.");
    }

    /// <summary>The field in which values of the type are listed, where they are not raw.</summary>
    private static int FieldOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float32 => 4,
        OnnxElementType.Int64 => 7,
        OnnxElementType.Float64 => 10,
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => 11,
        _ => 5,
    };

    private static int[] Dimensions(ReadOnlyMemory<byte> sizes, string title)
    {
        int rank = ProtobufReader.Count(sizes, title);

        if (rank > HighestRank)
        {
            throw new OnnxException($"{title} has {rank} dimensions; {HighestRank} are the most.");
        }

        long[] values = ProtobufReader.Integers(sizes);

        return Array.TrueForAll(values, static value => value is >= 0 and <= int.MaxValue)
            ? Array.ConvertAll(values, static value => (int)value)
            : throw new OnnxException($"{title} has the dimensions [{string.Join(", ", values)}].");
    }

    private static long Count(int[] dimensions, string title)
    {
        long count = 1;

        foreach (int size in dimensions)
        {
            count *= size;

            if (count > int.MaxValue)
            {
                throw new OnnxException($"{title} of [{string.Join(", ", dimensions)}] has more than {int.MaxValue} values.");
            }
        }

        return count;
    }

    private static ReadOnlyMemory<byte> External(string name, Dictionary<string, string> entries, long length, ExternalData externalData)
    {
        long offset = Entry("offset", 0);
        long stated = Entry("length", length);

        return stated == length
            ? externalData.Read(name, entries.GetValueOrDefault("location", ""), offset, length)
            : throw new OnnxException($"The tensor '{name}' needs {length} bytes, but its model says that it has {stated} in another file.");

        long Entry(string key, long otherwise) => !entries.TryGetValue(key, out string? text)
            ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                ? value
                : throw new OnnxException($"The tensor '{name}' is in another file, and its {key} '{text}' is no number.");
    }

    private static void ReadExternal(Dictionary<string, string> entries, ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "The place of a tensor in another file");
        string key = "";
        string value = "";

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text();
                    break;
                case 2:
                    value = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        entries[key] = value;
    }
}
