namespace Nnfs.Generators.Models;

/// <summary>A softmax.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Classes">The number of values per sample.</param>
internal sealed record SoftmaxSpec(string Name, string FieldName, int Classes) : StageSpec(Name, FieldName, Classes, Classes);
