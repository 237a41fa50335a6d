using System.Globalization;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A dropout: in training some values are 0, and the others greater.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="Rate">The probability that a value is dropped.</param>
/// <param name="Number">Which of the network's dropouts it is, from 1: each has masks of its own.</param>
internal sealed record Dropout(string Name, string FieldName, EquatableArray<int> Sources, int Size, float Rate, int Number)
    : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public static Layer Kind => new(nameof(Dropout), static layer => new Dropout(
        layer.Name, layer.FieldName, layer.Sources, layer.Size, layer.BelowOne(layer.Argument("rate", missing: 0f)), layer.MaskNumber));

    public override bool TakesLanes => true;

    public override bool IsInPlace => true;

    public override bool PassesOn => true;

    public override bool HasMasks => true;

    public override string? OutsideTraining => "dropout drops nothing";

    private string Seed => $"seed{Number}";

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Dropout), InputShape, Shape, sources, Rate)];

    public override string Comment(StageContext context) => context.IsTraining
        ? $"{Name}: in training each value is 0 with probability {Wording.Plain(Rate)}, " +
            $"and divided by {(1m - (decimal)Rate).ToString(CultureInfo.InvariantCulture)} otherwise."
        : $"{Name}: {context.Rows(Shape)} unchanged outside training.";

    public override IEnumerable<Step> Forward(StageContext context)
    {
        Operand x = Operand.Value().Exactly(Size);
        CopyStep copy = new(Size, x, Operand.Output);

        return [!context.IsTraining ? copy : BranchStep.WhereMasked(Seed, Masked(context, "Forward", ("x", x), ("y", Operand.Output)), copy)];
    }

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient passes where the value did, divided by the same."),
        BranchStep.WhereMasked(
            Seed,
            Masked(context, "Backward", ("dy", Operand.OutputGradient), ("dx", Operand.ValueGradient())),
            new CopyStep(Size, Operand.OutputGradient, Operand.ValueGradient())),
    ];

    private KernelStep Masked(StageContext context, string direction, Argument from, Argument to)
    {
        Argument[] arguments =
        [
            from,
            ("rate", Operand.Number(Rate)),
            ("seed", Operand.Text($"global::Nnfs.Kernels.Dropout.Seed({Seed}, layer: {Number})")),
            ("first", Operand.FirstValue(Size)),
            to,
        ];

        return context.IsInLanes
            ? KernelStep.Of($"DropoutLanes.{direction}", [.. arguments, ("features", Operand.Number((long)Size)), Operand.Stride, Operand.Samples])
            : KernelStep.Of($"Dropout.{direction}", arguments);
    }
}
