using System.Runtime.InteropServices;
using System.Text;

namespace Nnfs.Benchmarks;

/// <summary>Writes one message in the wire format of Protocol Buffers: numbers, texts, bytes and nested messages.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0, LengthDelimitedType = 2;

    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtobufWriter Number(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);

        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Floats(int field, ReadOnlySpan<float> values) => Bytes(field, MemoryMarshal.AsBytes(values));

    public ProtobufWriter Longs(int field, ReadOnlySpan<long> values) => Bytes(field, MemoryMarshal.AsBytes(values));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, CollectionsMarshal.AsSpan(message._bytes));

    /// <summary>Adds the fields of another writer to this message.</summary>
    public ProtobufWriter Append(ProtobufWriter fields)
    {
        _bytes.AddRange(fields._bytes);

        return this;
    }

    private ProtobufWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, LengthDelimitedType);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);

        return this;
    }

    private void Tag(int field, int type) => Varint((ulong)((field << 3) | type));

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
