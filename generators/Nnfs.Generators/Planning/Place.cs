namespace Nnfs.Generators.Planning;

/// <summary>The memory of what a stage gives in a prediction.</summary>
/// <param name="Kind">What memory it is.</param>
/// <param name="Offset">Where it starts in scratch memory.</param>
/// <param name="Length">Its floats in scratch memory, of which the next value may take the padding.</param>
internal sealed record Place(PlaceKind Kind, int Offset = 0, int Length = 0);
