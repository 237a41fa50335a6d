namespace Nnfs.Generators.Models;

/// <summary>A dropout.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="Rate">The probability that a value is dropped.</param>
/// <param name="Number">Which of the network's dropouts it is, from 1: each has masks of its own.</param>
internal sealed record DropoutSpec(string Name, string FieldName, EquatableArray<int> Sources, int Size, float Rate, int Number)
    : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override bool IsInPlace => true;

    public override bool PassesOn => true;

    public override bool HasMasks => true;
}
