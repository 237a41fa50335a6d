namespace Nnfs.Import.Onnx;

/// <summary>What is known of the types of values.</summary>
internal static class OnnxElementTypes
{
    /// <summary>The bytes of a value, or 0 for types whose values are not read.</summary>
    public static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Boolean or OnnxElementType.Int8 or OnnxElementType.UInt8 => 1,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 2,
        OnnxElementType.Float32 or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Float64 or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>Whether the values are floats.</summary>
    public static bool IsFloat(OnnxElementType type) =>
        type is OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Float32 or OnnxElementType.Float64;

    /// <summary>Whether the values are whole numbers, or truth values as 0 and 1.</summary>
    public static bool IsInteger(OnnxElementType type) => SizeOf(type) > 0 && !IsFloat(type);

    /// <summary>The type as messages name it.</summary>
    public static string NameOf(OnnxElementType type) => type == OnnxElementType.Undefined
        ? "no type"
        : Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"type {(int)type}");
}
