namespace Nnfs.Generators.Models;

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name: that of the parameters that take it.</param>
/// <param name="Shape">The shape for a sample.</param>
/// <param name="IsDeclared">Whether an attribute of its own declares it.</param>
internal sealed record InputSpec(string Name, Shape Shape, bool IsDeclared)
{
    /// <summary>The number of values per sample.</summary>
    public int Size => Shape.Size;

    /// <summary>What its values are; those who read it decide.</summary>
    public ElementType Element { get; init; } = ElementType.Float;
}
