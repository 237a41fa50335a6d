using System.Buffers.Binary;
using System.Numerics;

namespace Nnfs.Training.TensorBoard;

/// <summary>
/// The records of a file in TensorFlow's TFRecord format: the length of each as 64 bits, its checksum, the data, and their checksum, all little-endian. A
/// checksum is a CRC-32C, rotated and shifted by a constant (tensorflow/core/lib/io/record_writer.h and tensorflow/core/lib/hash/crc32c.h).
/// </summary>
internal static class RecordFile
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>The bytes of a record.</summary>
    /// <param name="data">What it holds.</param>
    public static byte[] Record(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[LengthBytes + ChecksumBytes + data.Length + ChecksumBytes];
        Span<byte> length = record.AsSpan(0, LengthBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthBytes), Checksum(length));
        data.CopyTo(record.AsSpan(LengthBytes + ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - ChecksumBytes), Checksum(data));

        return record;
    }

    /// <summary>The masked CRC-32C of bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
    }
}
