using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>The product of several values, element by element.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Shapes">The shape of each source for a sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal sealed record Multiply(string Name, string FieldName, EquatableArray<int> Sources, EquatableArray<Shape> Shapes, int Outputs)
    : Join(Name, FieldName, Sources, Shapes, Outputs)
{
    public static Layer Kind => new(
        nameof(Multiply), static layer => new Multiply(layer.Name, layer.FieldName, layer.Sources, layer.Shapes, layer.GiveCommonShape()))
    {
        JoinsSeveral = true,
    };

    public override StageSpec? OfStep => EachStep(this);

    public override bool TakesLanes => true;

    public override bool IsInPlace => true;

    public override bool OverwritesGradients => Sources.Count != 2;

    public override long? Flops => Sources.Count == 1 ? null : (Sources.Count - 1L) * Outputs;

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Multiply), InputShape, Shape, sources)];

    public override string Comment(StageContext context) => OfAll("product", context);

    public override IEnumerable<Step> Forward(StageContext context) =>
        Combine((left, right, result) => ElementsStep.Product(Outputs, left, right, result));

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        Operand[] others = [.. Enumerable.Range(0, Sources.Count).Where(other => other != slot).Select(Operand.Value)];
        Operand dy = Operand.OutputGradient;
        Operand dx = Operand.ValueGradient(slot);

        if (others.Length == 0)
        {
            return GradientSteps.PassOn(To(context, slot), Outputs, slot, isFirst);
        }

        NoteStep note = new($"{To(context, slot)}: the gradient times the other {(others.Length == 1 ? "factor" : "factors")}.");

        return others.Length == 1 && !isFirst
            ? [note, ElementsStep.ProductAndSum(Outputs, dy, others[0], dx, dx)]
            : [note, ElementsStep.Product(Outputs, dy, others[0], dx), .. others.Skip(1).Select(other => ElementsStep.Product(Outputs, dx, other, dx))];
    }
}
