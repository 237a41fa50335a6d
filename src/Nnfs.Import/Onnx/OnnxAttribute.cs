using System.Buffers.Binary;

namespace Nnfs.Import.Onnx;

/// <summary>A setting of a node. Lists of numbers are decoded when they are asked for, so that a file takes no more memory than it has bytes.</summary>
internal sealed class OnnxAttribute
{
    private readonly ReadOnlyMemory<byte> _list;

    private OnnxAttribute(string name, OnnxAttributeKind kind, ReadOnlyMemory<byte> list = default)
    {
        Name = name;
        Kind = kind;
        _list = list;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What the attribute holds.</summary>
    public OnnxAttributeKind Kind { get; }

    internal float Float { get; private init; }

    internal long Integer { get; private init; }

    internal string Text { get; private init; } = "";

    internal IReadOnlyList<string> Texts { get; private init; } = [];

    internal OnnxTensor? Tensor { get; private init; }

    /// <summary>Whether it is a list without values.</summary>
    internal bool IsEmpty => Kind is OnnxAttributeKind.Floats or OnnxAttributeKind.Integers or OnnxAttributeKind.Texts && _list.IsEmpty && Texts.Count == 0;

    /// <summary>A float.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, OnnxAttributeKind.Float) { Float = value };

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, OnnxAttributeKind.Integer) { Integer = value };

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, OnnxAttributeKind.Text) { Text = value };

    /// <summary>Texts.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<string> values) => new(name, OnnxAttributeKind.Texts) { Texts = values };

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, OnnxAttributeKind.Tensor) { Tensor = value };

    /// <summary>Floats of 32 bits, one after the other.</summary>
    internal static OnnxAttribute OfFloats(string name, ReadOnlyMemory<byte> values) => new(name, OnnxAttributeKind.Floats, values);

    /// <summary>Whole numbers as the format writes them, one after the other.</summary>
    internal static OnnxAttribute OfIntegers(string name, ReadOnlyMemory<byte> values) => new(name, OnnxAttributeKind.Integers, values);

    /// <summary>Whole numbers.</summary>
    internal static OnnxAttribute OfIntegers(string name, long[] values)
    {
        List<byte> bytes = [];

        foreach (long value in values)
        {
            ulong left = (ulong)value;

            for (; left >= 0x80; left >>= 7)
            {
                bytes.Add((byte)(left | 0x80));
            }

            bytes.Add((byte)left);
        }

        return OfIntegers(name, bytes.ToArray());
    }

    /// <summary>Something that is not read.</summary>
    internal static OnnxAttribute OfOther(string name) => new(name, OnnxAttributeKind.Other);

    internal float[] Floats()
    {
        float[] values = new float[_list.Length / sizeof(float)];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(_list.Span[(i * sizeof(float))..]);
        }

        return values;
    }

    internal long[] Integers() => ProtobufReader.Integers(_list);
}
