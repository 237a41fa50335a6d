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

    public static Shape Of(params int[] sizes) => new(new EquatableArray<int>([.. sizes]));

    /// <summary>The shape as people write it.</summary>
    public override string ToString() => string.Join(" × ", Sizes.Select(static size => Wording.Number((long)size)));
}
