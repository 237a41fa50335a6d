namespace Nnfs.Import.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Dimensions">Its dimensions, or null where the model doesn't state them.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<OnnxDimension>? Dimensions)
{
    /// <summary>The name, the type and the dimensions.</summary>
    public override string ToString() =>
        $"{Name}: {OnnxElementTypes.NameOf(Type)}{(Dimensions is null ? "" : $" [{string.Join(", ", Dimensions)}]")}";
}
