using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nnfs.Files;

/// <summary>Tensors as files have them: row-major, little-endian, without padding.</summary>
internal static class TensorBytes
{
    /// <summary>Writes a tensor.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="tensor">The tensor; of any strides.</param>
    public static void Write(Stream stream, ReadOnlyTensorSpan<float> tensor)
    {
        RowBlocks blocks = new(tensor.Lengths);
        float[] buffer = new float[blocks.BufferLength];

        for (int i = 0; i < blocks.Count; i++)
        {
            ReadOnlyTensorSpan<float> part = tensor.Slice(blocks[i]);
            Span<float> values = buffer.AsSpan(0, (int)part.FlattenedLength);

            part.FlattenTo(values);
            LittleEndian.Convert(values);
            stream.Write(MemoryMarshal.AsBytes(values));
        }
    }
}
