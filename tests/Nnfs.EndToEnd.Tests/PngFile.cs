using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nnfs.EndToEnd.Tests;

/// <summary>Writes PNG images of 8 bits a channel.</summary>
internal static class PngFile
{
    /// <summary>Writes an image of one colour.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="colour">The channels of each pixel: grey, or red, green and blue, or these and opacity.</param>
    public static void Write(string path, int width, int height, params byte[] colour)
    {
        byte colourType = colour.Length switch { 1 => 0, 3 => 2, _ => 6 };

        // Each row begins with its filter: none.
        byte[] row = [0, .. Enumerable.Repeat(colour, width).SelectMany(static pixel => pixel)];
        using MemoryStream packed = new();

        using (ZLibStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write([.. Enumerable.Repeat(row, height).SelectMany(static bytes => bytes)]);
        }

        File.WriteAllBytes(
            path,
            [
                0x89, .. "PNG\r\n\u001a\n"u8,
                .. Chunk("IHDR", [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, colourType, 0, 0, 0]),
                .. Chunk("IDAT", packed.ToArray()),
                .. Chunk("IEND", []),
            ]);
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];

        return [.. BigEndian((uint)content.Length), .. body, .. BigEndian(Crc32(body))];
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);

        return bytes;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;

        foreach (byte value in bytes)
        {
            crc ^= value;

            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
