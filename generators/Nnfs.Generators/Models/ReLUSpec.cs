namespace Nnfs.Generators.Models;

/// <summary>A ReLU that does not follow a dense layer.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Size">The number of values per sample.</param>
internal sealed record ReLUSpec(string Name, string FieldName, int Size) : StageSpec(Name, FieldName, Size, Size);
