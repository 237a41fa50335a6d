namespace Nnfs.Generators.Models;

/// <summary>A tensor of a layer's parameters.</summary>
/// <param name="Name">Its name: that of the view's member, and the operand of kernels.</param>
/// <param name="Shape">Its shape, as people and files have it.</param>
/// <param name="Strides">The distances in memory between its values along each dimension.</param>
/// <param name="Length">Its length in the block of parameters, with the padding that kernels read.</param>
/// <param name="Offset">Where it starts in the block of parameters.</param>
internal sealed record TensorSpec(string Name, Shape Shape, EquatableArray<int> Strides, long Length, int Offset)
{
    /// <summary>Whether training changes it by its gradient.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>The method of the runtime that draws its first values; <see langword="null"/> where all are <see cref="Fill"/>.</summary>
    public string? Initializer { get; init; }

    /// <summary>What all of its values are at first, where none are drawn.</summary>
    public float Fill { get; init; }

    /// <summary>What its values add to the loss.</summary>
    public PenaltySpec Penalty { get; init; } = PenaltySpec.None;

    /// <summary>The number of its values.</summary>
    public long Count => Shape.Sizes.Aggregate(1L, static (product, size) => product * size);

    /// <summary>Whether there is padding among or after its values.</summary>
    public bool IsPadded => Length != Count;

    /// <summary>The number of values that lie side by side, before padding comes.</summary>
    public int Columns => Shape.Sizes.Where((_, i) => Strides[i] == 1).First();

    /// <summary>The distance between such rows; for a single one its length with the padding.</summary>
    public int RowStride => Strides.Count switch
    {
        1 => (int)Length,
        2 => Strides.Max(),
        _ => Strides[Strides.Count - 2],
    };

    /// <summary>A tensor of one dimension.</summary>
    public static TensorSpec Vector(string name, int size, long length, int offset) => new(name, Shape.Of(size), new([1]), length, offset);
}
