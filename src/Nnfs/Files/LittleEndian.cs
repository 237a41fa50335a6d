using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Files;

/// <summary>Turns numbers of this machine into those of a little-endian file, and back: the same step in both directions.</summary>
internal static class LittleEndian
{
    /// <summary>Swaps the bytes of each number where this machine is big-endian; does nothing elsewhere.</summary>
    public static void Convert<T>(Span<T> numbers)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            Swap(numbers);
        }
    }

    /// <summary>Swaps the bytes of each number.</summary>
    public static void Swap<T>(Span<T> numbers)
        where T : unmanaged
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                break;

            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<T, ushort>(numbers);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;

            case 4:
                Span<uint> integers = MemoryMarshal.Cast<T, uint>(numbers);
                BinaryPrimitives.ReverseEndianness(integers, integers);
                break;

            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<T, ulong>(numbers);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;

            default:
                throw new NotSupportedException($"Numbers of {Unsafe.SizeOf<T>()} bytes are not supported.");
        }
    }
}
