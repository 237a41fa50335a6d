namespace Nnfs.Generators.Models;

/// <summary>What the values of a parameter of a network are.</summary>
internal enum ElementType
{
    /// <summary>Numbers: features, targets, gradients.</summary>
    Float,

    /// <summary>Whole numbers that name something: labels, or the rows of a table.</summary>
    Integer,
}
