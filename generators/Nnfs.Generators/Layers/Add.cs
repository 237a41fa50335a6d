using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>The sum of several values.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Shapes">The shape of each source for a sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal sealed record Add(string Name, string FieldName, EquatableArray<int> Sources, EquatableArray<Shape> Shapes, int Outputs)
    : Join(Name, FieldName, Sources, Shapes, Outputs)
{
    public static Layer Kind => new(nameof(Add), static layer => new Add(layer.Name, layer.FieldName, layer.Sources, layer.Shapes, layer.GiveCommonShape()))
    {
        JoinsSeveral = true,
    };

    public override StageSpec? OfStep => EachStep(this);

    public override bool TakesLanes => true;

    public override bool IsInPlace => true;

    public override bool OverwritesGradients => false;

    public override long? Flops => Sources.Count == 1 ? null : (Sources.Count - 1L) * Outputs;

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Add), InputShape, Shape, sources)];

    public override string Comment(StageContext context) => OfAll("sum", context);

    public override IEnumerable<Step> Forward(StageContext context) => Combine((left, right, result) => ElementsStep.Sum(Outputs, left, right, result));

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
        GradientSteps.PassOn(To(context, slot), Outputs, slot, isFirst);
}
