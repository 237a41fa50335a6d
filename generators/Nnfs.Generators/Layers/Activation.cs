using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>An activation that is a stage of its own.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="Function">What it computes.</param>
internal sealed record Activation(string Name, string FieldName, EquatableArray<int> Sources, int Size, ActivationFunction Function)
    : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override StageSpec? OfStep => EachStep(this with { Size = Shape.Last });

    public override bool TakesLanes => true;

    public override bool IsInPlace => true;

    public override ValueRange Range => Function.Range;

    public override bool PassesOn => Function.IsIdentity;

    public override bool OverwritesGradients => !Function.IsIdentity;

    public override bool JoinsProduct => Function.JoinsProduct;

    public override long? Flops => Function.Flops * Size;

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) => Function.Kept(Name, Size);

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, Function.Name, InputShape, Shape, sources, Function.Setting)];

    public override string Comment(StageContext context) =>
        Function.IsIdentity ? $"{Name}: {context.Rows(Shape)} unchanged." : $"{Name}: {Function.Formula} of {context.Rows(Shape)}.";

    public override IEnumerable<Step> Forward(StageContext context)
    {
        Operand x = Operand.Value().Exactly(Size);

        return [Function.IsIdentity ? new CopyStep(Size, x, Operand.Output) : Function.Forward(context, Size, x, Operand.Output)];
    }

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => Function.IsIdentity
        ? GradientSteps.PassOn(Name, Size, slot, isFirst)
        :
        [
            new NoteStep($"{Name}: {Function.Derivative}."),
            Function.Backward(context, Size, Operand.Output, Operand.OutputGradient, Operand.ValueGradient()),
        ];
}
