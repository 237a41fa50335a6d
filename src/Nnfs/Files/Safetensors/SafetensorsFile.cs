using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nnfs.Files.Safetensors;

/// <summary>A valid safetensors file in memory.</summary>
internal sealed class SafetensorsFile
{
    private readonly SafetensorsHeader _header;
    private readonly ByteChunks _data;

    public SafetensorsFile(SafetensorsHeader header, ByteChunks data)
    {
        _header = header;
        _data = data;
    }

    /// <summary>Copies a tensor's elements, in row-major order, into <paramref name="destination"/>.</summary>
    /// <param name="name">The name of a tensor with elements of type <typeparamref name="T"/>, as many as there is room for.</param>
    /// <param name="destination">Takes the elements.</param>
    public void CopyTo<T>(string name, Span<T> destination)
        where T : unmanaged
    {
        TensorEntry tensor = _header.Find(name);
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, tensor.End - tensor.Begin, nameof(destination));

        _data.CopyTo(tensor.Begin, bytes);
        LittleEndian.Convert(destination);
    }

    /// <summary>The values of a tensor of numbers, row by row, as 32-bit floats.</summary>
    /// <param name="name">The name of a tensor.</param>
    public float[] ReadNumbers(string name)
    {
        TensorEntry tensor = _header.Find(name);
        NumberType type = FileNumbers.Find(tensor.Type.Name)!.Value;
        float[] values = new float[(tensor.End - tensor.Begin) / FileNumbers.SizeOf(type)];
        FileNumbers.Read(type, isBigEndian: false, _data, tensor.Begin, values);

        return values;
    }

    /// <summary>Copies a tensor of 32-bit floats into a view of the same shape.</summary>
    /// <param name="name">The name of the tensor.</param>
    /// <param name="destination">Takes the elements; of any strides.</param>
    public void CopyTo(string name, TensorSpan<float> destination)
    {
        TensorEntry tensor = _header.Find(name);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.FlattenedLength * sizeof(float), tensor.End - tensor.Begin, nameof(destination));

        RowBlocks blocks = new(destination.Lengths);
        float[] buffer = new float[blocks.BufferLength];
        long start = tensor.Begin;

        for (int i = 0; i < blocks.Count; i++)
        {
            TensorSpan<float> part = destination.Slice(blocks[i]);
            Span<float> values = buffer.AsSpan(0, (int)part.FlattenedLength);

            _data.CopyTo(start, MemoryMarshal.AsBytes(values));
            LittleEndian.Convert(values);
            new ReadOnlyTensorSpan<float>(values, part.Lengths, []).CopyTo(part);
            start += values.Length * sizeof(float);
        }
    }
}
