using System.Buffers.Binary;
using System.Text;

namespace Nnfs.Files.Onnx;

/// <summary>
/// A message of Protocol Buffers that is to be written. A nested message comes after its length, so that every message knows its length
/// before it writes a byte; nothing is copied, however large.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly List<Action<Stream>> _fields = [];

    /// <summary>The number of bytes that the message takes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a whole number, or a value of an enumeration.</summary>
    public ProtobufMessage Add(int field, long value) =>
        Add(VarintLength(Tag(field, Varint)) + VarintLength((ulong)value), stream =>
        {
            WriteVarint(stream, Tag(field, Varint));
            WriteVarint(stream, (ulong)value);
        });

    /// <summary>Adds a 32-bit float.</summary>
    public ProtobufMessage Add(int field, float value) =>
        Add(VarintLength(Tag(field, Fixed32)) + sizeof(float), stream =>
        {
            Span<byte> bytes = stackalloc byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            WriteVarint(stream, Tag(field, Fixed32));
            stream.Write(bytes);
        });

    /// <summary>Adds a 64-bit float.</summary>
    public ProtobufMessage Add(int field, double value) =>
        Add(VarintLength(Tag(field, Fixed64)) + sizeof(double), stream =>
        {
            Span<byte> bytes = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            WriteVarint(stream, Tag(field, Fixed64));
            stream.Write(bytes);
        });

    /// <summary>Adds a text.</summary>
    public ProtobufMessage Add(int field, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        return Add(field, bytes.Length, stream => stream.Write(bytes));
    }

    /// <summary>Adds a message, which must be complete.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message.Length, message.WriteTo);

    /// <summary>Adds bytes that are made only when they are written.</summary>
    public ProtobufMessage Add(int field, long length, Action<Stream> write) =>
        Add(VarintLength(Tag(field, LengthDelimited)) + VarintLength((ulong)length) + length, stream =>
        {
            WriteVarint(stream, Tag(field, LengthDelimited));
            WriteVarint(stream, (ulong)length);
            write(stream);
        });

    /// <summary>Writes all fields in the order in which they were added.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (Action<Stream> write in _fields)
        {
            write(stream);
        }
    }

    private ProtobufMessage Add(long length, Action<Stream> write)
    {
        _fields.Add(write);
        Length += length;

        return this;
    }

    private static ulong Tag(int field, int wireType) => ((ulong)field << 3) | (uint)wireType;

    private static int VarintLength(ulong value)
    {
        int length = 1;

        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes seven bits a byte, the lowest first; the highest bit of a byte says that more follow.</summary>
    private static void WriteVarint(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
