using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nnfs.Files.Npy;

/// <summary>
/// What a NumPy array says of itself before its data: six bytes that name the format, its version, the length of a text, and the text, a dictionary of Python.
/// </summary>
/// <param name="Type">The type of the numbers, as NumPy names it.</param>
/// <param name="IsBigEndian">Whether the first byte of a number is the highest.</param>
/// <param name="IsFortranOrder">Whether the numbers lie column by column: the first index changes fastest.</param>
/// <param name="Shape">The lengths.</param>
/// <param name="Length">The bytes before the data.</param>
internal sealed record NpyHeader(string Type, bool IsBigEndian, bool IsFortranOrder, ImmutableArray<long> Shape, int Length)
{
    private const int Alignment = 64;
    private const int MostText = ushort.MaxValue;

    /// <summary>The most dimensions that NumPy has.</summary>
    private const int MostDimensions = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of numbers.</summary>
    public long Count
    {
        get
        {
            long count = 1;

            foreach (long length in Shape)
            {
                count *= length;
            }

            return count;
        }
    }

    /// <summary>The type of the numbers.</summary>
    public NumberType Number => FileNumbers.Find(Type)!.Value;

    /// <summary>The bytes of the data.</summary>
    public long DataLength => Count * FileNumbers.SizeOf(Number);

    /// <summary>Reads a header, and nothing after it.</summary>
    /// <exception cref="NumpyException">It is not valid, or the numbers are of a type that is not read.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];

        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw new NumpyException("The file is no NumPy array: it does not begin with the bytes 93 'NUMPY' and a version.");
        }

        byte major = start[Magic.Length];

        if (major is < 1 or > 3 || start[^1] != 0)
        {
            throw new NumpyException($"The array has version {major}.{start[^1]} of the format, but only 1.0, 2.0 and 3.0 are known.");
        }

        Span<byte> size = stackalloc byte[major == 1 ? sizeof(ushort) : sizeof(uint)];

        if (stream.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length)
        {
            throw new NumpyException("The header of the array ends before its length.");
        }

        uint length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);

        if (length > MostText)
        {
            throw new NumpyException($"The header of the array is {length} bytes long, but at most {MostText} are allowed.");
        }

        byte[] text = new byte[length];

        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new NumpyException($"The header of the array is {length} bytes long, but the file ends earlier.");
        }

        return Parse(Encoding.Latin1.GetString(text), start.Length + size.Length + text.Length);
    }

    /// <summary>The header of an array of floats, row by row.</summary>
    public static byte[] Write(ImmutableArray<int> shape)
    {
        string lengths = string.Join(", ", shape.Select(static length => length.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({lengths}{(shape.Length == 1 ? "," : "")}), }}";
        int start = Magic.Length + 2 + sizeof(ushort);
        byte[] header = new byte[(start + text.Length + 1 + Alignment - 1) / Alignment * Alignment];

        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[Magic.Length] = 1;
        header[Magic.Length + 1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(Magic.Length + 2), (ushort)(header.Length - start));
        Encoding.ASCII.GetBytes(text, header.AsSpan(start));
        header[^1] = (byte)'\n';

        return header;
    }

    private static NpyHeader Parse(string text, int length)
    {
        PythonText python = new(text);
        string? type = null;
        bool? isFortranOrder = null;
        ImmutableArray<long>? shape = null;
        python.Take('{');

        while (!python.TryTake('}'))
        {
            string key = python.TakeString();
            python.Take(':');

            switch (key)
            {
                case "descr" when type is null:
                    type = python.TakeString();
                    break;

                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = python.TakeBoolean();
                    break;

                case "shape" when shape is null:
                    shape = python.TakeTuple(MostDimensions);
                    break;

                default:
                    throw PythonText.Fault($"has a key '{PythonText.Cut(key)}' that appears twice, or is not one of descr, fortran_order and shape");
            }

            if (!python.TryTake(','))
            {
                python.Take('}');
                break;
            }
        }

        python.TakeEnd();

        if (type is null || isFortranOrder is null || shape is null)
        {
            throw PythonText.Fault("lacks one of descr, fortran_order and shape");
        }

        (string name, bool isBigEndian) = TypeOf(type);
        NpyHeader header = new(name, isBigEndian, isFortranOrder.Value, shape.Value, length);
        Int128 bytes = FileNumbers.SizeOf(header.Number);

        // An array without numbers may have lengths of any size beside its 0.
        foreach (long size in header.Shape.Contains(0) ? [0] : header.Shape)
        {
            bytes = bytes * size is var product && product <= long.MaxValue
                ? product
                : throw new NumpyException($"The array has the shape ({string.Join(", ", header.Shape)}), which is more than can be counted in 63 bits.");
        }

        return header.Shape.Contains(0) ? header with { Shape = [.. header.Shape.Select(static size => Math.Min(size, int.MaxValue))] } : header;
    }

    /// <summary>What NumPy calls a type, and whether its first byte is the highest.</summary>
    private static (string Name, bool IsBigEndian) TypeOf(string text)
    {
        string name = text.Length == 3
            ? text[1..] switch
            {
                "f2" => "float16",
                "f4" => "float32",
                "f8" => "float64",
                "i1" => "int8",
                "i2" => "int16",
                "i4" => "int32",
                "i8" => "int64",
                "u1" => "uint8",
                "u2" => "uint16",
                "u4" => "uint32",
                "u8" => "uint64",
                _ => "",
            }
            : "";

        bool isKnown = name.Length > 0 && text[0] is '<' or '>' or '=' || (name is "int8" or "uint8" && text[0] == '|');

        return isKnown
            ? (name, text[0] == '>' || (text[0] == '=' && !BitConverter.IsLittleEndian))
            : throw new NumpyException($"The array has the type '{PythonText.Cut(text)}', but only float16, float32, float64 and integers are read.");
    }
}
