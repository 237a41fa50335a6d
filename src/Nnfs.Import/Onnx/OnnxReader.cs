namespace Nnfs.Import.Onnx;

/// <summary>
/// Reads ONNX models. Nothing in a file is trusted: lengths, types, sizes and names are checked before anything is done with them, the format is read to a
/// fixed depth, and tensors stay where they are in the file, so that reading copies none. Whatever is wrong is an <see cref="OnnxException"/>.
/// </summary>
internal static class OnnxReader
{
    private const int MostOperatorSets = 1000;

    /// <summary>Reads a file. Tensors that the model keeps in files of their own are read from its folder.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="OnnxException">The file is no sound model.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static OnnxModel Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        return Read(ReadAll(path), new ExternalData(Path.GetDirectoryName(Path.GetFullPath(path))));
    }

    /// <summary>Reads a model that is in memory, where it stays: its tensors are slices of it.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="OnnxException">The file is no sound model.</exception>
    public static OnnxModel Read(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);

        return Read(file, new ExternalData(folder: null));
    }

    /// <summary>The bytes of a file that an array can hold.</summary>
    internal static byte[] ReadAll(string path)
    {
        long length = new FileInfo(path).Length;

        return length <= Array.MaxLength
            ? File.ReadAllBytes(path)
            : throw new OnnxException($"The file '{Path.GetFileName(path)}' has {length} bytes; {Array.MaxLength} are the most that can be read.");
    }

    private static OnnxModel Read(byte[] file, ExternalData externalData)
    {
        ProtobufReader reader = new(file, "The model");
        Dictionary<string, long> operatorSets = new(StringComparer.Ordinal);
        List<string> functions = [];
        ReadOnlyMemory<byte>? graph = null;
        string producer = "";
        string version = "";

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    producer = reader.Text();
                    break;
                case 3:
                    version = reader.Text();
                    break;
                case 7:
                    graph = graph is null ? reader.Bytes() : throw reader.Unsound("has two graphs");
                    break;
                case 8:
                    AddOperatorSet(operatorSets, reader.Bytes());
                    break;
                case 25:
                    functions.Add(FunctionName(reader.Bytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (graph is null)
        {
            throw reader.Unsound("has no graph: this is no ONNX file");
        }

        // Models from before there were versions state none.
        operatorSets.TryAdd("", 1);

        return new(GraphReader.Read(graph.Value, externalData), operatorSets, $"{producer} {version}".Trim(), functions);
    }

    private static void AddOperatorSet(Dictionary<string, long> operatorSets, ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "A version of operators");
        string domain = "";
        long version = 0;

        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = DomainOf(reader.Text());
                    break;
                case 2:
                    version = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (!operatorSets.TryAdd(domain, version) || operatorSets.Count > MostOperatorSets)
        {
            throw reader.Unsound($"is stated twice for the domain '{domain}', or there are more than {MostOperatorSets}");
        }
    }

    private static string FunctionName(ReadOnlyMemory<byte> message)
    {
        ProtobufReader reader = new(message, "A function");
        string name = "";

        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                name = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return name;
    }

    /// <summary>The domain of ONNX's own operators has two names.</summary>
    internal static string DomainOf(string domain) => domain == "ai.onnx" ? "" : domain;
}
