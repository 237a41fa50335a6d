using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>Several values side by side: the rows of all sources, step by step or pixel by pixel, as one.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Shapes">The shape of each source for a sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal sealed record Concat(string Name, string FieldName, EquatableArray<int> Sources, EquatableArray<Shape> Shapes, int Outputs)
    : Join(Name, FieldName, Sources, Shapes, Outputs)
{
    public static Layer Kind => new(
        nameof(Concat), static layer => new Concat(layer.Name, layer.FieldName, layer.Sources, layer.Shapes, layer.GiveJoinedShape()))
    {
        JoinsSeveral = true,
    };

    public override StageSpec? OfStep => EachStep(this with { Shapes = new([.. Shapes.Select(static shape => Models.Shape.Of(shape.Last))]) });

    public override bool TakesLanes => Positions == 1;

    public override bool OverwritesGradients => false;

    /// <summary>The rows of a sample: its steps or pixels.</summary>
    private int Positions => Shapes[0].Positions;

    /// <summary>The values of a row.</summary>
    private int RowSize => Outputs / Positions;

    public override string ShapeText => $"{string.Join(" + ", Shapes)} → {Shape}";

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Concat), Shape, Shape, sources)];

    public override string Comment(StageContext context) =>
        $"{Name}: {string.Join(" + ", Shapes.Select(static shape => shape.Last))} values side by side{Wording.AtEach(Positions)}.";

    public override IEnumerable<Step> Forward(StageContext context) => Shapes.Select((shape, slot) => Columns(
        context, "Copy", Operand.Value(slot), xStart: 0, shape.Last, Operand.Output, Before(slot), RowSize, shape.Last));

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        int size = Shapes[slot].Last;

        return
        [
            new NoteStep($"{To(context, slot)}: the gradient of {(size == 1 ? "the value" : $"the {size} values")} that came from there."),
            Columns(
                context, isFirst ? "Copy" : "Accumulate", Operand.OutputGradient, Before(slot), RowSize, Operand.ValueGradient(slot), yStart: 0, size, size),
        ];
    }

    /// <summary>The call that takes columns of one value to columns of another; in lanes a column is a row.</summary>
    private KernelStep Columns(
        StageContext context, string operation, Operand x, int xStart, int xSize, Operand y, int yStart, int ySize, int count)
    {
        Argument xFirst = ("xStart", Operand.Number((long)xStart));
        Argument yFirst = ("yStart", Operand.Number((long)yStart));
        Argument columns = ("count", Operand.Number((long)count));

        return context.IsInLanes
            ? KernelStep.Of($"ElementsLanes.{operation}", ("x", x), xFirst, ("y", y), yFirst, columns, Operand.Stride, Operand.Samples)
            : KernelStep.Of(
                $"Columns.{operation}",
                ("x", x),
                xFirst,
                ("xSize", Operand.Number((long)xSize)),
                ("y", y),
                yFirst,
                ("ySize", Operand.Number((long)ySize)),
                columns,
                Operand.Rows(Positions));
    }

    /// <summary>The values of the sources before one.</summary>
    private int Before(int slot)
    {
        int sum = 0;

        for (int i = 0; i < slot; i++)
        {
            sum = unchecked(sum + Shapes[i].Last);
        }

        return sum;
    }
}
