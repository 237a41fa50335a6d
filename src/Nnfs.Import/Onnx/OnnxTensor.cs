using System.Buffers.Binary;

namespace Nnfs.Import.Onnx;

/// <summary>A tensor of a file, row by row. Its values are decoded when they are asked for.</summary>
internal sealed class OnnxTensor
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly bool _areVarints;

    /// <summary>Values, each in as many bytes as its type has, or each as the format writes whole numbers. The reader has counted them.</summary>
    internal OnnxTensor(string name, OnnxElementType type, int[] dimensions, ReadOnlyMemory<byte> data, bool areVarints)
    {
        Name = name;
        Type = type;
        Dimensions = dimensions;
        _data = data;
        _areVarints = areVarints;
        Count = dimensions.Aggregate(1, static (product, size) => product * size);
    }

    /// <summary>The name, which may be empty.</summary>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public OnnxElementType Type { get; }

    /// <summary>The dimensions: none for a single value.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <summary>A tensor of floats.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<int> dimensions, ReadOnlySpan<float> values)
    {
        byte[] data = new byte[values.Length * sizeof(float)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        }

        return Checked(name, OnnxElementType.Float32, dimensions, data, values.Length);
    }

    /// <summary>A tensor of whole numbers of 64 bits.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<int> dimensions, ReadOnlySpan<long> values)
    {
        byte[] data = new byte[values.Length * sizeof(long)];

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * sizeof(long)), values[i]);
        }

        return Checked(name, OnnxElementType.Int64, dimensions, data, values.Length);
    }

    /// <summary>The values as floats of 32 bits, rounded if they have more digits.</summary>
    /// <exception cref="OnnxException">They are neither floats nor whole numbers.</exception>
    public float[] ToFloats()
    {
        if (Type == OnnxElementType.Float32)
        {
            float[] values = new float[Count];

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(_data.Span[(i * sizeof(float))..]);
            }

            return values;
        }

        return Array.ConvertAll(ToDoubles(), static value => (float)value);
    }

    /// <summary>The values as floats of 64 bits.</summary>
    /// <exception cref="OnnxException">They are neither floats nor whole numbers.</exception>
    public double[] ToDoubles()
    {
        if (!OnnxElementTypes.IsFloat(Type))
        {
            return [.. ToIntegers().Select(static value => (double)value)];
        }

        double[] values = new double[Count];
        long[]? halves = _areVarints ? ProtobufReader.Integers(_data) : null;
        int size = OnnxElementTypes.SizeOf(Type);

        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = halves is null ? _data.Span[(i * size)..] : default;
            ushort half = halves is null ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)halves[i];

            values[i] = Type switch
            {
                OnnxElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                OnnxElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                OnnxElementType.Float16 => (double)BitConverter.UInt16BitsToHalf(half),
                _ => BitConverter.UInt32BitsToSingle((uint)half << 16),
            };
        }

        return values;
    }

    /// <summary>The values as whole numbers of 64 bits; truth values as 0 and 1.</summary>
    /// <exception cref="OnnxException">They are no whole numbers.</exception>
    public long[] ToIntegers()
    {
        if (!OnnxElementTypes.IsInteger(Type))
        {
            throw new OnnxException($"The tensor '{Name}' holds {OnnxElementTypes.NameOf(Type)} where whole numbers are expected.");
        }

        if (_areVarints)
        {
            return ProtobufReader.Integers(_data);
        }

        long[] values = new long[Count];
        int size = OnnxElementTypes.SizeOf(Type);

        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = _data.Span[(i * size)..];

            values[i] = Type switch
            {
                OnnxElementType.Boolean or OnnxElementType.UInt8 => bytes[0],
                OnnxElementType.Int8 => (sbyte)bytes[0],
                OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            };
        }

        return values;
    }

    /// <summary>The name, the type and the dimensions.</summary>
    public override string ToString() => $"{Name}: {OnnxElementTypes.NameOf(Type)} [{string.Join(", ", Dimensions)}]";

    private static OnnxTensor Checked(string name, OnnxElementType type, IReadOnlyList<int> dimensions, byte[] data, int count)
    {
        long product = dimensions.Aggregate(1L, static (product, size) => checked(product * size));

        return product == count
            ? new(name, type, [.. dimensions], data, areVarints: false)
            : throw new ArgumentException(
                $"The dimensions [{string.Join(", ", dimensions)}] have {product} values, but {count} are given.", nameof(dimensions));
    }
}
