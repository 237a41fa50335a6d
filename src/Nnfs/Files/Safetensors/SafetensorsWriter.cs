using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nnfs.Files.Safetensors;

/// <summary>Writes a safetensors file: first its header, then each tensor of the header in its order.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes the header. It is filled up with spaces, so that the data begins at a multiple of 8 bytes.</summary>
    /// <param name="stream">Takes the header; the data of the tensors must follow.</param>
    /// <param name="tensors">The tensors in the order of their data.</param>
    /// <param name="metadata">What the file says of itself; each name once.</param>
    public static void WriteHeader(Stream stream, IReadOnlyList<TensorDescription> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        ArrayBufferWriter<byte> header = new();
        header.Advance(WriteLength(header.GetSpan(sizeof(ulong)), 0));

        using (Utf8JsonWriter json = new(header))
        {
            WriteJson(json, tensors, metadata);
        }

        Span<byte> padding = header.GetSpan(Alignment)[..(-header.WrittenCount & (Alignment - 1))];
        padding.Fill((byte)' ');
        header.Advance(padding.Length);

        byte[] bytes = header.WrittenSpan.ToArray();
        WriteLength(bytes, bytes.Length - sizeof(ulong));
        stream.Write(bytes);
    }

    /// <summary>Writes the data of a tensor of 32-bit floats.</summary>
    /// <param name="stream">Takes the data.</param>
    /// <param name="tensor">The tensor; of any strides.</param>
    public static void Write(Stream stream, ReadOnlyTensorSpan<float> tensor) => TensorBytes.Write(stream, tensor);

    /// <summary>Writes the data of a tensor.</summary>
    /// <param name="stream">Takes the data.</param>
    /// <param name="values">The elements in row-major order.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        T[] copy = values.ToArray();
        LittleEndian.Convert(copy.AsSpan());
        stream.Write(MemoryMarshal.AsBytes(copy.AsSpan()));
    }

    private static int WriteLength(Span<byte> destination, long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, length);

        return sizeof(ulong);
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<TensorDescription> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject();

        if (metadata.Count > 0)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataName);

            foreach ((string name, string value) in metadata)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        long begin = 0;

        foreach (TensorDescription tensor in tensors)
        {
            long end = begin + tensor.Bytes;

            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.Name);
            WriteNumbers(json, "shape", [.. tensor.Shape]);
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();

            begin = end;
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);

        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
