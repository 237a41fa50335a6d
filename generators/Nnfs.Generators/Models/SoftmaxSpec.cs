namespace Nnfs.Generators.Models;

/// <summary>A softmax.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Classes">The number of values per sample.</param>
internal sealed record SoftmaxSpec(string Name, string FieldName, EquatableArray<int> Sources, int Classes) : StageSpec(Name, FieldName, Sources, Classes, Classes)
{
    public override bool IsInPlace => true;

    public override bool GivesProbabilities => true;
}
