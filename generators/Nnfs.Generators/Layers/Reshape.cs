using System.Globalization;
using System.Numerics;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>The values of a sample in another shape.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that would hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
internal sealed record Reshape(string Name, string FieldName, EquatableArray<int> Sources, int Size)
    : Reshaping(Name, FieldName, Sources, Size, nameof(Reshape))
{
    public static Layer Kind => new(nameof(Reshape), static layer =>
    {
        layer.GivenShape = ShapeOf(layer);

        return new Reshape(layer.Name, layer.FieldName, layer.Sources, layer.Size);
    });

    private const string ShapeParameter = "shape";

    /// <summary>The stated shape; <see langword="null"/> where it is impossible or has not as many values as arrive, which is reported.</summary>
    private static Shape? ShapeOf(LayerReading layer)
    {
        Value source = layer.Values[0];

        if (layer.Sizes(ShapeParameter) is not { } sizes)
        {
            return null;
        }

        BigInteger count = sizes.Aggregate(BigInteger.One, static (product, size) => product * size);
        Shape stated = new(new EquatableArray<int>(sizes));

        if (source.Shape is { } arriving && count != arriving.Size)
        {
            string product = sizes.Length == 1 ? "" : $" = {count.ToString(CultureInfo.InvariantCulture)}";
            layer.Report(
                DiagnosticDescriptors.ReshapeDiffers,
                layer.ArgumentLocation(ShapeParameter),
                layer.LocationOf(source.Attribute),
                layer.Name,
                $"{stated}{product}",
                source.Description,
                arriving.ToPhrase());

            return null;
        }

        return source.Shape is null ? null : stated;
    }
}
