namespace Nnfs.Generators.Models;

/// <summary>An activation that is a stage of its own.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Parameter">Its slope or alpha, where it has one.</param>
internal sealed record ActivationSpec(string Name, string FieldName, EquatableArray<int> Sources, int Size, ActivationKind Kind, float Parameter)
    : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override bool IsInPlace => true;

    public override bool PassesOn => Kind == ActivationKind.Linear;

    public override bool OverwritesGradients => Kind != ActivationKind.Linear;

    public override bool JoinsProduct => Kind == ActivationKind.ReLU;
}
