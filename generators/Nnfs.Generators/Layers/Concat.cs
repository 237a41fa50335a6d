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

    public override bool OverwritesGradients => false;

    /// <summary>The rows of a sample: its steps or pixels.</summary>
    private int Positions => Shapes[0].Positions;

    /// <summary>The values of a row.</summary>
    private int RowSize => Outputs / Positions;

    public override string ShapeText => $"{string.Join(" + ", Shapes)} → {Shape}";

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Concat), Shape, Shape, sources)];

    public override string Comment(StageContext context) =>
        $"{Name}: {string.Join(" + ", Shapes.Select(static shape => shape.Last))} values side by side{Wording.AtEach(Positions)}.";

    public override IEnumerable<Step> Forward(StageContext context) => Shapes.Select((shape, slot) => KernelStep.Of(
        "Columns.Copy",
        ("x", Operand.Value(slot)),
        ("xStart", Operand.Number(0L)),
        ("xSize", Operand.Number((long)shape.Last)),
        ("y", Operand.Output),
        ("yStart", Operand.Number((long)Before(slot))),
        ("ySize", Operand.Number((long)RowSize)),
        ("count", Operand.Number((long)shape.Last)),
        Operand.Rows(Positions)));

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        int size = Shapes[slot].Last;

        return
        [
            new NoteStep($"{To(context, slot)}: the gradient of {(size == 1 ? "the value" : $"the {size} values")} that came from there."),
            KernelStep.Of(
                isFirst ? "Columns.Copy" : "Columns.Accumulate",
                ("x", Operand.OutputGradient),
                ("xStart", Operand.Number((long)Before(slot))),
                ("xSize", Operand.Number((long)RowSize)),
                ("y", Operand.ValueGradient(slot)),
                ("yStart", Operand.Number(0L)),
                ("ySize", Operand.Number((long)size)),
                ("count", Operand.Number((long)size)),
                Operand.Rows(Positions)),
        ];
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
