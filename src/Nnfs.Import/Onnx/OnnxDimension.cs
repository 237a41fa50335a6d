namespace Nnfs.Import.Onnx;

/// <summary>A dimension of an input or output: a size, or a name such as "batch", or neither where it is unknown.</summary>
/// <param name="Size">The size, if it is known.</param>
/// <param name="Name">The name of a size that only the caller knows.</param>
internal readonly record struct OnnxDimension(int? Size, string? Name)
{
    /// <summary>The size, the name, or a question mark.</summary>
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "?";
}
