using System.Buffers.Binary;
using Nnfs.Files;
using Nnfs.Files.Safetensors;

namespace Nnfs.Tests.Files;

/// <summary>The format without a network: tensors of several types, and metadata.</summary>
public class SafetensorsTests
{
    [Fact]
    public void Write_and_read_of_several_types_keep_tensors_and_metadata()
    {
        TensorDescription[] tensors =
        [
            new("floats", SafetensorsType.F32, [2, 3]),
            new("counts", SafetensorsType.I64, [2]),
            new("state", SafetensorsType.U32, [3]),
            new("byte", SafetensorsType.U8, []),
            new("none", SafetensorsType.F64, [0]),
        ];

        using MemoryStream stream = new();
        SafetensorsWriter.WriteHeader(stream, tensors, [new("epoch", "7"), new("größe", "\"x\"")]);
        SafetensorsWriter.Write<float>(stream, [1f, 2f, 3f, 4f, 5f, 6f]);
        SafetensorsWriter.Write<long>(stream, [-1, long.MaxValue]);
        SafetensorsWriter.Write<uint>(stream, [0x01020304, 0, uint.MaxValue]);
        SafetensorsWriter.Write<byte>(stream, [42]);

        byte[] bytes = stream.ToArray();
        Assert.Equal(0x04, bytes[^13]);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], SafetensorsBytes.ReadTensor(bytes, "floats"));

        stream.Position = 0;
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        header.Require(tensors);
        Assert.Equal("7", header.Metadata("epoch"));
        Assert.Equal("\"x\"", header.Metadata("größe"));
        Assert.Null(header.Metadata("loss"));
        Assert.Equal(5, header.Count);

        SafetensorsFile file = header.ReadData(stream);
        float[] floats = new float[6];
        long[] counts = new long[2];
        uint[] state = new uint[3];
        file.CopyTo("floats", floats.AsSpan());
        file.CopyTo("counts", counts.AsSpan());
        file.CopyTo("state", state.AsSpan());

        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], floats);
        Assert.Equal([-1, long.MaxValue], counts);
        Assert.Equal([0x01020304, 0, uint.MaxValue], state);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.CopyTo("state", counts.AsSpan()));
        Assert.Throws<KeyNotFoundException>(() => file.CopyTo("surplus", counts.AsSpan()));
    }

    [Fact]
    public void Metadata_of_a_file_without_any_is_null()
    {
        using MemoryStream stream = new(SafetensorsBytes.Make(SafetensorsBytes.Header));

        Assert.Null(SafetensorsHeader.Read(stream).Metadata("network"));
    }

    [Fact]
    public void Swap_of_numbers_is_their_other_byte_order()
    {
        // What a big-endian machine does on the way to a file and back.
        short[] shorts = [0x0102];
        float[] floats = [1.5f, -2f];
        double[] doubles = [Math.PI];
        byte[] bytes = [1, 2];

        LittleEndian.Swap(shorts.AsSpan());
        LittleEndian.Swap(floats.AsSpan());
        LittleEndian.Swap(doubles.AsSpan());
        LittleEndian.Swap(bytes.AsSpan());

        Assert.Equal(0x0201, shorts[0]);
        Assert.Equal(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits(1.5f)), BitConverter.SingleToUInt32Bits(floats[0]));
        Assert.Equal(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits(-2f)), BitConverter.SingleToUInt32Bits(floats[1]));
        Assert.Equal(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToUInt64Bits(Math.PI)), BitConverter.DoubleToUInt64Bits(doubles[0]));
        Assert.Equal([1, 2], bytes);
        Assert.Throws<NotSupportedException>(static () => LittleEndian.Swap(new decimal[1].AsSpan()));
    }

    [Fact]
    public void TensorInfo_finds_its_tensor_in_any_block_of_the_layout()
    {
        TensorInfo weights = new("weights", [2, 3], offset: 4, strides: [4, 1]);
        float[] block = [.. Enumerable.Range(0, 12).Select(static i => (float)i)];

        Assert.Equal(6, weights.Count);
        Assert.Equal([4f, 5f, 6f, 8f, 9f, 10f], weights.In(block.AsSpan()).ToArray());

        // A transposed layout is one of other strides.
        Assert.Equal([0f, 2f, 4f, 1f, 3f, 5f], new TensorInfo("transposed", [2, 3], offset: 0, strides: [1, 2]).In(block.AsSpan()).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.In(new float[10]));
        Assert.Throws<ArgumentException>("strides", static () => new TensorInfo("none", [2, 3], 0, [1]));
    }
}
