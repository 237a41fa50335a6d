using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>What a layer can read: an input or the outputs of a layer.</summary>
/// <param name="Source">The number of its stage, or <c>~k</c> for input k.</param>
/// <param name="Shape">The shape for a sample; <see langword="null"/> after a fault that leaves it unknown.</param>
/// <param name="Attribute">The attribute that it comes from.</param>
/// <param name="Description">What it is called in messages.</param>
/// <param name="Declaration">The layer or input with its name; <see langword="null"/> for the shape of the network.</param>
internal sealed record Value(int Source, Shape? Shape, AttributeData Attribute, string Description, LayerDeclaration? Declaration)
{
    /// <summary>The value that it is in another shape; <see langword="null"/> where it is one of its own.</summary>
    public int? AliasOf { get; init; }

    /// <summary>Where its numbers lie.</summary>
    public ValueRange Range { get; init; } = ValueRange.Any;

    /// <summary>The layer that has them lie there; <see langword="null"/> where they may be any numbers.</summary>
    public LayerDeclaration? LimitedBy { get; init; }

    /// <summary>The value in whose memory it lies.</summary>
    public int Root => AliasOf ?? Source;

    /// <summary>The number of values per sample; <see langword="null"/> where the shape is not known.</summary>
    public int? Size => Shape?.Size;
}
