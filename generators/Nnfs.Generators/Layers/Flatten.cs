using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>All values of a sample in one dimension.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that would hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
internal sealed record Flatten(string Name, string FieldName, EquatableArray<int> Sources, int Size)
    : Reshaping(Name, FieldName, Sources, Size, nameof(Flatten))
{
    public static Layer Kind => new(nameof(Flatten), static layer =>
    {
        layer.GivenShape = layer.GivenShape is { } shape ? Shape.Of(shape.Size) : null;

        return new Flatten(layer.Name, layer.FieldName, layer.Sources, layer.Size);
    });
}
