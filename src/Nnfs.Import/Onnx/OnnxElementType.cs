namespace Nnfs.Import.Onnx;

/// <summary>The type of a tensor's values, numbered as in onnx.proto.</summary>
internal enum OnnxElementType
{
    /// <summary>None is stated.</summary>
    Undefined = 0,

    /// <summary>Floats of 32 bits.</summary>
    Float32 = 1,

    /// <summary>Whole numbers of 8 bits without a sign.</summary>
    UInt8 = 2,

    /// <summary>Whole numbers of 8 bits.</summary>
    Int8 = 3,

    /// <summary>Whole numbers of 16 bits without a sign.</summary>
    UInt16 = 4,

    /// <summary>Whole numbers of 16 bits.</summary>
    Int16 = 5,

    /// <summary>Whole numbers of 32 bits.</summary>
    Int32 = 6,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64 = 7,

    /// <summary>Texts.</summary>
    Text = 8,

    /// <summary>Truth values, a byte each.</summary>
    Boolean = 9,

    /// <summary>Floats of 16 bits.</summary>
    Float16 = 10,

    /// <summary>Floats of 64 bits.</summary>
    Float64 = 11,

    /// <summary>Whole numbers of 32 bits without a sign.</summary>
    UInt32 = 12,

    /// <summary>Whole numbers of 64 bits without a sign.</summary>
    UInt64 = 13,

    /// <summary>The upper 16 bits of floats of 32 bits.</summary>
    BFloat16 = 16,
}
