namespace Nnfs.Generators.Models;

/// <summary>The shape of a value for a sample: its sizes, the outermost first. Memory holds it flat, row by row.</summary>
/// <param name="Sizes">The sizes; none where a fault leaves the shape unknown.</param>
internal sealed record Shape(EquatableArray<int> Sizes)
{
    /// <summary>A shape that is not known.</summary>
    public static readonly Shape Unknown = Of();

    /// <summary>The number of dimensions.</summary>
    public int Rank => Sizes.Count;

    /// <summary>The number of values; 1 where the shape is not known.</summary>
    public int Size => Sizes.Aggregate(1, static (product, size) => unchecked(product * size));

    /// <summary>The size of the last dimension: features or channels.</summary>
    public int Last => Rank == 0 ? 1 : Sizes[Rank - 1];

    /// <summary>The number of steps or pixels: what the dimensions before the last are in all; 1 where there is none.</summary>
    public int Positions => Size / Last;

    public static Shape Of(params int[] sizes) => new(new EquatableArray<int>([.. sizes]));

    /// <summary>The steps or pixels: the dimensions before the last, of which there must be some.</summary>
    public Shape Leading => Of([.. Sizes.Take(Rank - 1)]);

    /// <summary>The same with another size of the last dimension.</summary>
    public Shape WithLast(int size) => Rank == 0 ? Of(size) : Of([.. Sizes.Take(Rank - 1), size]);

    /// <summary>The shape as an argument.</summary>
    public string ToArgument() => $"[{string.Join(", ", Sizes.Select(static size => Wording.Number((long)size)))}]";

    /// <summary>A number of things in that shape.</summary>
    public string ToCount(string unit) => Rank > 1 ? $"{this} {unit}s" : Wording.Count(Size, unit);

    /// <summary>The shape in messages, with its product where it is not one number.</summary>
    public string ToPhrase() => Rank > 1 ? $"{this} = {Wording.Number((long)Size)}" : $"{this}";

    /// <summary>The shape as people write it; 1 where it is not known.</summary>
    public override string ToString() => Rank == 0 ? "1" : string.Join(" × ", Sizes.Select(static size => Wording.Number((long)size)));
}
