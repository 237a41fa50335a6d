using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What layers have in common that make one value of several.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Shapes">The shape of each source for a sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal abstract record Join(string Name, string FieldName, EquatableArray<int> Sources, EquatableArray<Shape> Shapes, int Outputs)
    : StageSpec(Name, FieldName, Sources, Shapes[0].Size, Outputs)
{
    /// <summary>The layer and the value whose gradient it gives.</summary>
    protected string To(StageContext context, int slot) => $"{Name}, to {context.SourceName(slot)}";

    /// <summary>What a sum or a product computes, in comments.</summary>
    protected string OfAll(string result, StageContext context) =>
        $"{Name}: the {result} of {Wording.List(Sources.Select((_, slot) => context.SourceName(slot)))}, {context.Rows(Shape)}.";

    /// <summary>The steps of a sum or a product: the first two values, then each of the others with the result.</summary>
    /// <param name="combine">Makes the step of two values and a result.</param>
    protected IEnumerable<Step> Combine(Func<Operand, Operand, Operand, Step> combine)
    {
        Operand left = Operand.Value().Exactly(Outputs);
        Operand result = Operand.Output.Exactly(Outputs);

        if (Sources.Count == 1)
        {
            yield return new CopyStep(Outputs, left, Operand.Output);
        }

        for (int slot = 1; slot < Sources.Count; slot++)
        {
            yield return combine(left, Operand.Value(slot).Exactly(Outputs), result);
            left = result;
        }
    }
}
