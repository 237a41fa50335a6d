namespace Nnfs.Generators.Models;

/// <summary>A sum, a product or a concatenation of several values.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Kind">How they become one.</param>
/// <param name="Sizes">The number of values per sample of each source.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal sealed record JoinSpec(string Name, string FieldName, EquatableArray<int> Sources, JoinKind Kind, EquatableArray<int> Sizes, int Outputs)
    : StageSpec(Name, FieldName, Sources, Sizes[0], Outputs)
{
    public override bool IsInPlace => Kind != JoinKind.Concat;

    public override bool OverwritesGradients => Kind == JoinKind.Multiply && Sources.Count != 2;
}
