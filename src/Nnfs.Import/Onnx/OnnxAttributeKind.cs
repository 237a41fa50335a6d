namespace Nnfs.Import.Onnx;

/// <summary>What an attribute holds.</summary>
internal enum OnnxAttributeKind
{
    /// <summary>A float.</summary>
    Float,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>Floats.</summary>
    Floats,

    /// <summary>Whole numbers.</summary>
    Integers,

    /// <summary>Texts.</summary>
    Texts,

    /// <summary>What is not read: a graph, as branches and loops have them, a type, or a sparse tensor.</summary>
    Other,
}
