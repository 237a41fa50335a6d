using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Nnfs.Tests.Files;

/// <summary>Safetensors files made and read by their published layout alone: 8 bytes of length, JSON, data.</summary>
internal static class SafetensorsBytes
{
    /// <summary>The header of a network of one dense layer, 4 inputs and 3 neurons.</summary>
    public const string Header =
        """{"dense1.weights":{"dtype":"F32","shape":[4,3],"data_offsets":[0,48]},"dense1.biases":{"dtype":"F32","shape":[3],"data_offsets":[48,60]}}""";

    /// <summary>A file from a header and that many bytes of data, 0, 1, 2 and on.</summary>
    public static byte[] Make(string header, int dataLength = 60) =>
        Make(Encoding.UTF8.GetBytes(header), [.. Enumerable.Range(0, dataLength).Select(static i => (byte)i)]);

    public static byte[] Make(byte[] header, byte[] data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);

        return file;
    }

    /// <summary>The bytes of numbers, little-endian.</summary>
    public static byte[] Bytes(params float[] numbers)
    {
        byte[] bytes = new byte[4 * numbers.Length];

        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), numbers[i]);
        }

        return bytes;
    }

    /// <summary>The header of a file, parsed.</summary>
    public static JsonElement ParseHeader(byte[] file) => JsonDocument.Parse(file.AsMemory(8, HeaderLength(file))).RootElement;

    public static int HeaderLength(byte[] file) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));

    /// <summary>The 32-bit floats of a tensor, in row-major order.</summary>
    public static float[] ReadTensor(byte[] file, string name)
    {
        JsonElement tensor = ParseHeader(file).GetProperty(name);
        Assert.Equal("F32", tensor.GetProperty("dtype").GetString());

        int[] range = tensor.GetProperty("data_offsets").Integers();
        float[] numbers = new float[(range[1] - range[0]) / 4];

        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + HeaderLength(file) + range[0] + (4 * i)));
        }

        return numbers;
    }
}
