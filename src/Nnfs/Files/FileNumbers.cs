using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nnfs.Files;

/// <summary>Reads the numbers of files as 32-bit floats.</summary>
internal static class FileNumbers
{
    /// <summary>The type that a format calls by that name; <see langword="null"/> for one whose numbers are not read.</summary>
    public static NumberType? Find(string name) => name switch
    {
        "F16" or "float16" => NumberType.Float16,
        "BF16" => NumberType.BFloat16,
        "F32" or "float32" => NumberType.Float32,
        "F64" or "float64" => NumberType.Float64,
        "I8" or "int8" => NumberType.Int8,
        "U8" or "uint8" => NumberType.UInt8,
        "I16" or "int16" => NumberType.Int16,
        "U16" or "uint16" => NumberType.UInt16,
        "I32" or "int32" => NumberType.Int32,
        "U32" or "uint32" => NumberType.UInt32,
        "I64" or "int64" => NumberType.Int64,
        "U64" or "uint64" => NumberType.UInt64,
        _ => null,
    };

    /// <summary>The bytes of a number.</summary>
    public static int SizeOf(NumberType type) => type switch
    {
        NumberType.Int8 or NumberType.UInt8 => 1,
        NumberType.Float16 or NumberType.BFloat16 or NumberType.Int16 or NumberType.UInt16 => 2,
        NumberType.Float32 or NumberType.Int32 or NumberType.UInt32 => 4,
        _ => 8,
    };

    /// <summary>Reads numbers, rounded to the nearest float.</summary>
    /// <param name="type">Their type.</param>
    /// <param name="isBigEndian">Whether their first byte is the highest.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="start">Where the numbers start among them.</param>
    /// <param name="destination">Takes the numbers.</param>
    public static void Read(NumberType type, bool isBigEndian, ByteChunks bytes, long start, Span<float> destination)
    {
        switch (type)
        {
            case NumberType.Float16:
                Read<Half>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.BFloat16:
                ReadBFloat16(isBigEndian, bytes, start, destination);
                break;

            case NumberType.Float32:
                bytes.CopyTo(start, MemoryMarshal.AsBytes(destination));
                Order(isBigEndian, destination);
                break;

            case NumberType.Float64:
                Read<double>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.Int8:
                Read<sbyte>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.UInt8:
                Read<byte>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.Int16:
                Read<short>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.UInt16:
                Read<ushort>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.Int32:
                Read<int>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.UInt32:
                Read<uint>(isBigEndian, bytes, start, destination);
                break;

            case NumberType.Int64:
                Read<long>(isBigEndian, bytes, start, destination);
                break;

            default:
                Read<ulong>(isBigEndian, bytes, start, destination);
                break;
        }
    }

    private static void Read<T>(bool isBigEndian, ByteChunks bytes, long start, Span<float> destination)
        where T : unmanaged, INumberBase<T>
    {
        const int Part = 1024;
        Span<T> buffer = stackalloc T[Part];

        for (int i = 0; i < destination.Length; i += Part)
        {
            Span<float> part = destination[i..Math.Min(i + Part, destination.Length)];
            Span<T> values = buffer[..part.Length];
            bytes.CopyTo(start, MemoryMarshal.AsBytes(values));
            Order(isBigEndian, values);
            TensorPrimitives.ConvertTruncating<T, float>(values, part);
            start += MemoryMarshal.AsBytes(values).Length;
        }
    }

    /// <summary>Such a number is the upper half of a float.</summary>
    private static void ReadBFloat16(bool isBigEndian, ByteChunks bytes, long start, Span<float> destination)
    {
        ushort[] halves = new ushort[destination.Length];
        bytes.CopyTo(start, MemoryMarshal.AsBytes(halves.AsSpan()));
        Order(isBigEndian, halves.AsSpan());

        for (int i = 0; i < halves.Length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }
    }

    private static void Order<T>(bool isBigEndian, Span<T> numbers)
        where T : unmanaged
    {
        if (isBigEndian == BitConverter.IsLittleEndian)
        {
            LittleEndian.Swap(numbers);
        }
    }
}
