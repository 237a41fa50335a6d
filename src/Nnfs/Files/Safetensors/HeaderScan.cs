using System.Text.Json;

namespace Nnfs.Files.Safetensors;

/// <summary>
/// Reads the JSON of a header once from its start to its end, and refuses all that the format does not allow in it. A first scan
/// counts; a second one, given the memory for what was counted, notes the tensors and names.
/// </summary>
internal ref struct HeaderScan
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly Span<TensorEntry> _tensors;
    private readonly DistinctNames _tensorNames;
    private readonly DistinctNames _metadataNames;
    private readonly bool _takesNotes;
    private Utf8JsonReader _reader;
    private byte[] _unescaped = [];

    /// <summary>A scan that counts.</summary>
    public HeaderScan(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
    }

    /// <summary>A scan that notes what another has counted.</summary>
    public HeaderScan(ReadOnlySpan<byte> json, Span<TensorEntry> tensors, DistinctNames tensorNames, DistinctNames metadataNames)
        : this(json)
    {
        _tensors = tensors;
        _tensorNames = tensorNames;
        _metadataNames = metadataNames;
        _takesNotes = true;
    }

    /// <summary>The number of tensors.</summary>
    public int TensorCount { get; private set; }

    /// <summary>The number of names in the outermost object: those of the tensors, and that of the metadata.</summary>
    public int NameCount { get; private set; }

    /// <summary>The number of names in the metadata.</summary>
    public int MetadataCount { get; private set; }

    /// <summary>Where the metadata starts; 0 where there is none.</summary>
    public int MetadataPosition { get; private set; }

    /// <summary>Runs the scan.</summary>
    /// <exception cref="SafetensorsException">The header is not one of the format.</exception>
    public void Run()
    {
        try
        {
            ReadHeader();
        }
        catch (JsonException exception)
        {
            throw new SafetensorsException($"The header is not JSON. {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's answer to the escape of half a surrogate pair.
            throw new SafetensorsException($"The header has a string at byte {_reader.TokenStartIndex} that is not text.", exception);
        }
    }

    private void ReadHeader()
    {
        _reader.Read();

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            int position = (int)_reader.TokenStartIndex;

            if (_takesNotes)
            {
                _tensorNames.Set(NameCount, position, Unescape());
            }

            NameCount++;

            if (_reader.ValueTextEquals(SafetensorsHeader.MetadataName))
            {
                ReadMetadata();
            }
            else
            {
                TensorEntry tensor = ReadTensor(position);

                if (_takesNotes)
                {
                    _tensors[TensorCount] = tensor;
                }

                TensorCount++;
            }
        }

        // Anything but spaces after the object is a fault, which the reader finds.
        _reader.Read();
    }

    private void ReadMetadata()
    {
        _reader.Read();
        MetadataPosition = (int)_reader.TokenStartIndex;

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw new SafetensorsException($"{SafetensorsHeader.MetadataName} is not a JSON object.");
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_takesNotes)
            {
                _metadataNames.Set(MetadataCount, (int)_reader.TokenStartIndex, Unescape());
            }

            MetadataCount++;
            _reader.Read();

            if (_reader.TokenType != JsonTokenType.String)
            {
                throw new SafetensorsException($"{SafetensorsHeader.MetadataName} has a value that is not a string.");
            }

            if (_takesNotes)
            {
                Unescape();
            }
        }
    }

    private TensorEntry ReadTensor(int namePosition)
    {
        SafetensorsType? type = null;
        int? shapePosition = null;
        long elements = 1;
        (long Begin, long End)? range = null;

        _reader.Read();

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault(namePosition, "is not a JSON object");
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (type is null && _reader.ValueTextEquals("dtype"u8))
            {
                type = ReadType(namePosition);
            }
            else if (shapePosition is null && _reader.ValueTextEquals("shape"u8))
            {
                _reader.Read();
                shapePosition = (int)_reader.TokenStartIndex;
                elements = ReadShape(namePosition);
            }
            else if (range is null && _reader.ValueTextEquals("data_offsets"u8))
            {
                range = ReadRange(namePosition);
            }
            else
            {
                throw Fault(namePosition, "has a property that appears twice, or is not one of dtype, shape and data_offsets");
            }
        }

        if (type is null || shapePosition is null || range is null)
        {
            throw Fault(namePosition, "lacks one of dtype, shape and data_offsets");
        }

        Int128 bits = (Int128)elements * type.Bits;
        (long begin, long end) = range.Value;

        if (begin > end)
        {
            throw Fault(namePosition, $"ends at byte {end}, before it begins at {begin}");
        }

        if (bits != ((Int128)end - begin) * 8)
        {
            throw Fault(namePosition, $"has {elements} elements of {type.Bits} bits, but {end - begin} bytes of data");
        }

        return new TensorEntry(namePosition, shapePosition.Value, type, begin, end);
    }

    private SafetensorsType ReadType(int namePosition)
    {
        _reader.Read();

        return _reader.TokenType == JsonTokenType.String && SafetensorsType.Find(in _reader) is { } type
            ? type
            : throw Fault(namePosition, "has a dtype that the format does not know");
    }

    /// <summary>Reads the lengths and gives their product.</summary>
    private long ReadShape(int namePosition)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Fault(namePosition, "has a shape that is not an array");
        }

        long elements = 1;

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            long length = ReadCount(namePosition, "shape");

            if (length > 0 && elements > long.MaxValue / length)
            {
                throw Fault(namePosition, "has a shape with more elements than can be counted in 63 bits");
            }

            elements *= length;
        }

        return elements;
    }

    private (long Begin, long End) ReadRange(int namePosition)
    {
        const string Property = "data_offsets";

        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartArray)
        {
            throw Fault(namePosition, $"has {Property} that are not an array");
        }

        _reader.Read();
        long begin = ReadCount(namePosition, Property);
        _reader.Read();
        long end = ReadCount(namePosition, Property);
        _reader.Read();

        return _reader.TokenType == JsonTokenType.EndArray
            ? (begin, end)
            : throw Fault(namePosition, $"has more than two {Property}");
    }

    /// <summary>The number at the reader: digits and nothing else.</summary>
    private readonly long ReadCount(int namePosition, string property) =>
        _reader.TokenType == JsonTokenType.Number && _reader.ValueSpan[0] != '-' && _reader.TryGetInt64(out long count)
            ? count
            : throw Fault(namePosition, $"has {property} with something that is not a whole number from 0 to 2⁶³ − 1");

    /// <summary>The string or name at the reader without escapes. It is valid until the next call.</summary>
    private ReadOnlySpan<byte> Unescape()
    {
        if (!_reader.ValueIsEscaped)
        {
            return _reader.ValueSpan;
        }

        if (_unescaped.Length < _reader.ValueSpan.Length)
        {
            _unescaped = new byte[_reader.ValueSpan.Length];
        }

        return _unescaped.AsSpan(0, _reader.CopyString(_unescaped));
    }

    private readonly SafetensorsException Fault(int namePosition, string fault) =>
        new($"Tensor {JsonText.Quote(_json, namePosition)} {fault}.");
}
