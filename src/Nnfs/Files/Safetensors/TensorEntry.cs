namespace Nnfs.Files.Safetensors;

/// <summary>
/// A tensor in a header. Name and shape are kept as places in the header's text: a file may hold millions of tensors, and reading it
/// must not take more memory than the file itself.
/// </summary>
/// <param name="NamePosition">Where the name starts.</param>
/// <param name="ShapePosition">Where the array of lengths starts.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Begin">The first byte in the data.</param>
/// <param name="End">The byte after the last.</param>
internal readonly record struct TensorEntry(int NamePosition, int ShapePosition, SafetensorsType Type, long Begin, long End);
