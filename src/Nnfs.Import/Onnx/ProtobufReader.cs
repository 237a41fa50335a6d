using System.Buffers.Binary;
using System.Text;

namespace Nnfs.Import.Onnx;

/// <summary>
/// Reads the fields of one message of Protocol Buffers, and looks into no message within it. It copies nothing but texts: lists and messages are slices of the
/// file. A length that leads out of the message, a number that is too long, and fields of kinds that ONNX doesn't use are refused.
/// </summary>
internal struct ProtobufReader(ReadOnlyMemory<byte> message, string what)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private const int LongestVarint = 10;
    private const int LongestText = 1 << 16;

    private int _position;
    private int _wireType;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field, whose value must then be read or skipped.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        if (_position == message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        _wireType = (int)(tag & 7);
        Field = tag >> 3 is > 0 and < 1 << 29 ? (int)(tag >> 3) : throw Unsound($"has a field of number {tag >> 3}");

        return true;
    }

    /// <summary>The field as a whole number.</summary>
    public long Integer()
    {
        Expect(Varint);

        return (long)ReadVarint();
    }

    /// <summary>The field as a float of 32 bits.</summary>
    public float Float()
    {
        Expect(Fixed32);

        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)).Span);
    }

    /// <summary>The field as bytes, or as a message.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(LengthDelimited);
        ulong length = ReadVarint();

        return length <= (ulong)(message.Length - _position)
            ? Take((int)length)
            : throw Unsound($"has a field of {length} bytes, but only {message.Length - _position} are left");
    }

    /// <summary>The field as a text.</summary>
    public string Text()
    {
        ReadOnlyMemory<byte> bytes = Bytes();

        return bytes.Length <= LongestText
            ? Encoding.UTF8.GetString(bytes.Span)
            : throw Unsound($"has a text of {bytes.Length} bytes; {LongestText} are the most");
    }

    /// <summary>One part of a list of numbers: many in one field, or a single one.</summary>
    /// <param name="size">The bytes of a number, or 0 for whole numbers as the format writes them.</param>
    public ReadOnlyMemory<byte> Numbers(int size)
    {
        if (_wireType == LengthDelimited)
        {
            ReadOnlyMemory<byte> bytes = Bytes();

            return size == 0 || bytes.Length % size == 0 ? bytes : throw Unsound($"has a list of {bytes.Length} bytes, where each number takes {size}");
        }

        if (size > 0)
        {
            Expect(size == sizeof(float) ? Fixed32 : Fixed64);

            return Take(size);
        }

        Expect(Varint);
        int start = _position;
        ReadVarint();

        return message[start.._position];
    }

    /// <summary>Leaves the field out.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Take(sizeof(long));
                break;
            case LengthDelimited:
                Bytes();
                break;
            case Fixed32:
                Take(sizeof(int));
                break;
            default:
                throw Unsound($"has a field of the unknown kind {_wireType}");
        }
    }

    /// <summary>The number of whole numbers in a list, as the format writes them.</summary>
    /// <exception cref="OnnxException">The last one has no end, or one is too long.</exception>
    public static int Count(ReadOnlyMemory<byte> numbers, string what)
    {
        ProtobufReader reader = new(numbers, what);
        int count = 0;

        for (; reader._position < numbers.Length; count++)
        {
            reader.ReadVarint();
        }

        return count;
    }

    /// <summary>A list of whole numbers, as the format writes them.</summary>
    public static long[] Integers(ReadOnlyMemory<byte> numbers)
    {
        long[] values = new long[Count(numbers, "A list")];
        ProtobufReader reader = new(numbers, "A list");

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (long)reader.ReadVarint();
        }

        return values;
    }

    /// <summary>An exception about this message.</summary>
    public readonly OnnxException Unsound(string fault) => new($"{what} {fault}.");

    private readonly void Expect(int wireType)
    {
        if (_wireType != wireType)
        {
            throw Unsound($"has a field of number {Field} and kind {_wireType}, where kind {wireType} is expected");
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > message.Length - _position)
        {
            throw Unsound($"ends within a field of {length} bytes");
        }

        _position += length;

        return message.Slice(_position - length, length);
    }

    /// <summary>Reads seven bits a byte, the lowest first; the highest bit of a byte says that more follow.</summary>
    private ulong ReadVarint()
    {
        ReadOnlySpan<byte> bytes = message.Span[_position..];
        ulong value = 0;

        for (int i = 0; i < Math.Min(LongestVarint, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);

            if (bytes[i] < 0x80)
            {
                _position += i + 1;

                return value;
            }
        }

        throw Unsound(bytes.Length < LongestVarint ? "ends within a number" : $"has a number of more than {LongestVarint} bytes");
    }
}
