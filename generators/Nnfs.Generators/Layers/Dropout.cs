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

    /// <summary>The block that holds what the values are multiplied by.</summary>
    public const string ScalesBlock = "Scales";

    public override StageSpec? OfStep => EachStep(this with { Size = Shape.Last });

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

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
        isInLanes ? [new BlockSpec(ScalesBlock, $"What {Name} multiplied by.", PerSample: Size, Length: 0)] : [];

    public override IEnumerable<Step> Forward(StageContext context)
    {
        Operand x = Operand.Value().Exactly(Size);
        CopyStep copy = new(Size, x, Operand.Output);

        return !context.IsTraining ? [copy]
            : context.IsInLanes ? [Draw(ahead: 0), InLanes("Forward", ("x", x), ("y", Operand.Output))]
            : [BranchStep.WhereMasked(Seed, InRows("Forward", ("x", x), ("y", Operand.Output)), copy)];
    }

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        Argument dy = ("dy", Operand.OutputGradient);
        Argument dx = ("dx", Operand.ValueGradient());

        yield return new NoteStep($"{Name}: the gradient passes where the value did, divided by the same.");
        yield return context.IsInLanes ? InLanes("Backward", dy, dx)
            : BranchStep.WhereMasked(Seed, InRows("Backward", dy, dx), new CopyStep(Size, dy.Operand, dx.Operand));
    }

    /// <summary>In lanes, the step that draws what the values are multiplied by.</summary>
    /// <param name="ahead">How many stages after the one that asks it is.</param>
    public BranchStep Draw(int ahead)
    {
        Argument scales = ("scales", Operand.Kept(ScalesBlock, ahead));

        return BranchStep.WhereMasked(
            Seed,
            KernelStep.Of("DropoutLanes.Draw", [.. Mask, scales, .. Lanes]),
            KernelStep.Of("DropoutLanes.KeepAll", [scales, .. Lanes]));
    }

    private Argument[] Mask =>
    [
        ("rate", Operand.Number(Rate)),
        ("seed", Operand.Text($"global::Nnfs.Kernels.Dropout.Seed({Seed}, layer: {Number})")),
        ("first", Operand.FirstValue(Size)),
    ];

    private Argument[] Lanes => [("features", Operand.Number((long)Size)), Operand.Stride, Operand.Samples];

    private KernelStep InRows(string direction, Argument from, Argument to) => KernelStep.Of($"Dropout.{direction}", [from, .. Mask, to]);

    private KernelStep InLanes(string direction, Argument from, Argument to) =>
        KernelStep.Of($"DropoutLanes.{direction}", [from, ("scales", Operand.Kept(ScalesBlock)), to, .. Lanes]);
}
