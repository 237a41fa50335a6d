using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Nnfs.Files.Safetensors;

/// <summary>
/// What a safetensors file says of itself before its data: 8 bytes with the length of a JSON text, little-endian, then that text.
/// A header that is there is valid by all rules of the format. Reading one holds at most twice its size in memory, whatever it says.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The name in the outermost object that is not a tensor's.</summary>
    public const string MetadataName = "__metadata__";

    private const int MaxLength = 100_000_000;
    private const int MostUnexpectedInMessages = 20;
    private const int MostLengthsInMessages = 16;

    private readonly byte[] _json;
    private readonly TensorEntry[] _tensors;
    private readonly int _metadataPosition;

    private SafetensorsHeader(byte[] json)
    {
        _json = json;

        if (!Utf8.IsValid(json))
        {
            throw new SafetensorsException("The header is not UTF-8.");
        }

        // The format has nothing before the object, but its own readers skip white space.
        if (json.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            throw new SafetensorsException("The header does not begin with '{'.");
        }

        HeaderScan count = new(json);
        count.Run();

        _tensors = new TensorEntry[count.TensorCount];
        _metadataPosition = count.MetadataPosition;
        DistinctNames names = new(count.NameCount);
        DistinctNames metadataNames = new(count.MetadataCount);
        new HeaderScan(json, _tensors, names, metadataNames).Run();

        if ((names.FindDuplicate(json) ?? metadataNames.FindDuplicate(json)) is { } duplicate)
        {
            throw new SafetensorsException($"The name at byte {duplicate} of the header, {JsonText.Quote(json, duplicate)}, appears twice.");
        }

        DataLength = Arrange();
    }

    /// <summary>The length of all data.</summary>
    public long DataLength { get; }

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.Length;

    /// <summary>The tensors in the order of their data.</summary>
    public IEnumerable<FileTensor> Tensors =>
        _tensors.Select(tensor => new FileTensor(JsonText.At(_json, tensor.NamePosition), tensor.Type.Name, ShapeOf(tensor)));

    /// <summary>Reads a header, and checks it against the length of the stream where that is known.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="end">What may follow it.</param>
    /// <exception cref="SafetensorsException">It is not that of a valid file.</exception>
    public static SafetensorsHeader Read(Stream stream, StreamEnd end = StreamEnd.Here)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];

        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw new SafetensorsException("The file has fewer than the 8 bytes that every safetensors file begins with.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);

        if (length > MaxLength)
        {
            throw new SafetensorsException(ForeignFile.Describe(prefix, stream) is { } other
                ? $"The file is no safetensors file, but {other}"
                : $"The header is {length} bytes long, but at most {MaxLength} are allowed.");
        }

        SafetensorsHeader header = new(ReadText(stream, (int)length));

        if (stream.CanSeek)
        {
            header.CheckEnd(stream, end);
        }

        return header;
    }

    /// <summary>The value of a name in the metadata; <see langword="null"/> where there is none.</summary>
    public string? Metadata(string name) => TryFindMetadata(name, out Utf8JsonReader value) ? value.GetString() : null;

    /// <summary>Whether a name in the metadata has that value.</summary>
    public bool HasMetadata(string name, string value) => TryFindMetadata(name, out Utf8JsonReader found) && found.ValueTextEquals(value);

    /// <summary>The bytes that the value of a name in the metadata takes in the header; 0 where there is none.</summary>
    public int MetadataLength(string name) => TryFindMetadata(name, out Utf8JsonReader value) ? value.ValueSpan.Length : 0;

    /// <summary>Checks that the file has exactly these tensors.</summary>
    /// <exception cref="SafetensorsException">It does not. The message has a line for each difference.</exception>
    public void Require(IReadOnlyList<TensorDescription> expected) => Require(expected, mayHaveOthers: false);

    /// <summary>Checks that these tensors are among those of the file.</summary>
    /// <exception cref="SafetensorsException">They are not. The message has a line for each difference.</exception>
    public void RequireAmongOthers(IReadOnlyList<TensorDescription> expected) => Require(expected, mayHaveOthers: true);

    /// <summary>Whether the file has a tensor of that name.</summary>
    public bool Has(string name) => TryFind(name, out _);

    /// <summary>Reads the data, and nothing that may follow it.</summary>
    /// <param name="stream">The file after its header.</param>
    /// <param name="end">What may follow it.</param>
    /// <exception cref="SafetensorsException">The stream ends before the data does, or goes on after it and must not.</exception>
    public SafetensorsFile ReadData(Stream stream, StreamEnd end = StreamEnd.Here)
    {
        ByteChunks data = ByteChunks.Read(stream, DataLength)
            ?? throw new SafetensorsException($"The tensors have {DataLength} bytes, but the file ends earlier.");

        bool mayGoOn = end == StreamEnd.Anywhere || (end == StreamEnd.HereOrNextFile && stream.CanSeek);

        return mayGoOn || stream.ReadByte() < 0
            ? new SafetensorsFile(this, data)
            : throw new SafetensorsException($"The tensors have {DataLength} bytes, but the file has more.");
    }

    /// <summary>The tensor of a name that the file has.</summary>
    public TensorEntry Find(string name) =>
        TryFind(name, out TensorEntry tensor) ? tensor : throw new KeyNotFoundException($"The file has no tensor '{name}'.");

    private void Require(IReadOnlyList<TensorDescription> expected, bool mayHaveOthers)
    {
        Dictionary<string, TensorDescription> missing = expected.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        List<string> differences = [];
        int unexpected = 0;

        foreach (ref readonly TensorEntry tensor in _tensors.AsSpan())
        {
            if (Find(missing, tensor) is not { } description)
            {
                if (!mayHaveOthers && unexpected++ < MostUnexpectedInMessages)
                {
                    differences.Add($"{JsonText.Quote(_json, tensor.NamePosition)}: expected nothing, found {Describe(tensor)}");
                }

                continue;
            }

            missing.Remove(description.Name);

            if (tensor.Type != description.Type || !HasShape(tensor, description.Shape))
            {
                differences.Add($"'{description.Name}': expected {description}, found {Describe(tensor)}");
            }
        }

        differences.AddRange(
            expected.Where(tensor => missing.ContainsKey(tensor.Name)).Select(static tensor => $"'{tensor.Name}': expected {tensor}, found nothing"));

        if (unexpected > MostUnexpectedInMessages)
        {
            differences.Add($"and {unexpected - MostUnexpectedInMessages} more that were not expected");
        }

        if (differences.Count > 0)
        {
            throw new SafetensorsException($"The tensors of the file are not those expected:\n{string.Join('\n', differences)}");
        }
    }

    private bool TryFind(string name, out TensorEntry found)
    {
        foreach (ref readonly TensorEntry tensor in _tensors.AsSpan())
        {
            if (NameReader(tensor).ValueTextEquals(name))
            {
                found = tensor;

                return true;
            }
        }

        found = default;

        return false;
    }

    private bool TryFindMetadata(string name, out Utf8JsonReader value)
    {
        if (_metadataPosition == 0)
        {
            value = default;

            return false;
        }

        value = new Utf8JsonReader(_json.AsSpan(_metadataPosition));
        value.Read();

        while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
        {
            bool isFound = value.ValueTextEquals(name);
            value.Read();

            if (isFound)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what follows at a place of a stream begins as a file does. The stream stays where it is.</summary>
    private static bool IsFileAt(Stream stream, long place)
    {
        long here = stream.Position;
        Span<byte> start = stackalloc byte[sizeof(ulong) + 1];
        stream.Position = place;
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = here;

        return read == start.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(start) is > 1 and <= MaxLength
            && start[^1] is (byte)'{' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
    }

    private static byte[] ReadText(Stream stream, int length)
    {
        if (stream.CanSeek && stream.Length - stream.Position < length)
        {
            throw new SafetensorsException($"The header is {length} bytes long, but {stream.Length - stream.Position} are left in the file.");
        }

        // Where the stream's length is not known, its claim is believed only as far as bytes arrive.
        byte[] json;
        bool isWhole = true;

        if (stream.CanSeek)
        {
            json = new byte[length];
            isWhole = stream.ReadAtLeast(json, length, throwOnEndOfStream: false) == length;
        }
        else
        {
            ByteChunks? chunks = ByteChunks.Read(stream, length);
            isWhole = chunks is not null;
            json = isWhole ? new byte[length] : [];
            chunks?.CopyTo(0, json);
        }

        return isWhole ? json : throw new SafetensorsException($"The header is {length} bytes long, but the file ends earlier.");
    }

    private void CheckEnd(Stream stream, StreamEnd end)
    {
        long left = stream.Length - stream.Position;
        bool isRight = left == DataLength || (left > DataLength && end switch
        {
            StreamEnd.Anywhere => true,
            StreamEnd.HereOrNextFile => IsFileAt(stream, stream.Position + DataLength),
            _ => false,
        });

        if (!isRight)
        {
            throw new SafetensorsException($"The tensors have {DataLength} bytes, but {left} follow the header.");
        }
    }

    /// <summary>Puts the tensors into the order of their data, which must leave out nothing and use nothing twice, and gives the length of all.</summary>
    private long Arrange()
    {
        _tensors.AsSpan().Sort(static (a, b) => (a.Begin, a.End, a.NamePosition).CompareTo((b.Begin, b.End, b.NamePosition)));
        long end = 0;

        foreach (ref readonly TensorEntry tensor in _tensors.AsSpan())
        {
            if (tensor.Begin != end)
            {
                string fault = tensor.Begin > end ? "it leaves a gap" : "it overlaps them";

                throw new SafetensorsException(
                    $"Tensor {JsonText.Quote(_json, tensor.NamePosition)} begins at byte {tensor.Begin} of the data, but the tensors before it " +
                    $"end at byte {end}: {fault}.");
            }

            end = tensor.End;
        }

        return end;
    }

    private TensorDescription? Find(Dictionary<string, TensorDescription> expected, in TensorEntry tensor)
    {
        Utf8JsonReader name = NameReader(tensor);

        foreach (TensorDescription description in expected.Values)
        {
            if (name.ValueTextEquals(description.Name))
            {
                return description;
            }
        }

        return null;
    }

    private Utf8JsonReader NameReader(in TensorEntry tensor)
    {
        Utf8JsonReader reader = new(_json.AsSpan(tensor.NamePosition));
        reader.Read();

        return reader;
    }

    private bool HasShape(in TensorEntry tensor, ImmutableArray<int> shape)
    {
        Utf8JsonReader reader = new(_json.AsSpan(tensor.ShapePosition));
        reader.Read();

        foreach (int length in shape)
        {
            reader.Read();

            if (reader.TokenType != JsonTokenType.Number || reader.GetInt64() != length)
            {
                return false;
            }
        }

        reader.Read();

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private ImmutableArray<long> ShapeOf(in TensorEntry tensor)
    {
        Utf8JsonReader reader = new(_json.AsSpan(tensor.ShapePosition));
        ImmutableArray<long>.Builder shape = ImmutableArray.CreateBuilder<long>();

        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.Number;)
        {
            shape.Add(reader.GetInt64());
        }

        return shape.DrainToImmutable();
    }

    private string Describe(in TensorEntry tensor)
    {
        Utf8JsonReader reader = new(_json.AsSpan(tensor.ShapePosition));
        reader.Read();
        StringBuilder text = new($"{tensor.Type} [");

        for (int i = 0; reader.Read() && reader.TokenType == JsonTokenType.Number; i++)
        {
            if (i == MostLengthsInMessages)
            {
                text.Append(", …");
                break;
            }

            text.Append(i == 0 ? "" : ", ").Append(reader.GetInt64());
        }

        return text.Append(']').ToString();
    }
}
