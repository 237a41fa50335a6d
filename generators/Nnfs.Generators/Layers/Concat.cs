using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>Several values side by side.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads, at least one value.</param>
/// <param name="Sizes">The number of values per sample of each source.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal sealed record Concat(string Name, string FieldName, EquatableArray<int> Sources, EquatableArray<int> Sizes, int Outputs)
    : Join(Name, FieldName, Sources, Sizes, Outputs)
{
    public static Layer Kind => new(
        nameof(Concat), static layer => new Concat(layer.Name, layer.FieldName, layer.Sources, layer.Sizes, layer.GiveTotalSize()))
    {
        JoinsSeveral = true,
    };

    public override bool OverwritesGradients => false;

    public override string ShapeText => $"{string.Join(" + ", Sizes)} → {Outputs}";

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Concat), Outputs, Outputs, sources)];

    public override string Comment(StageContext context) => $"{Name}: {string.Join(" + ", Sizes)} values side by side.";

    public override IEnumerable<Step> Forward(StageContext context) => Sizes.Select((size, slot) => KernelStep.Of(
        "Columns.Copy",
        ("x", Operand.Value(slot)),
        ("xStart", Operand.Number(0L)),
        ("xSize", Operand.Number((long)size)),
        ("y", Operand.Output),
        ("yStart", Operand.Number((long)Before(slot))),
        ("ySize", Operand.Number((long)Outputs)),
        ("count", Operand.Number((long)size)),
        Operand.Samples));

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        int size = Sizes[slot];

        return
        [
            new NoteStep($"{To(context, slot)}: the gradient of {(size == 1 ? "the value" : $"the {size} values")} that came from there."),
            KernelStep.Of(
                isFirst ? "Columns.Copy" : "Columns.Accumulate",
                ("x", Operand.OutputGradient),
                ("xStart", Operand.Number((long)Before(slot))),
                ("xSize", Operand.Number((long)Outputs)),
                ("y", Operand.ValueGradient(slot)),
                ("yStart", Operand.Number(0L)),
                ("ySize", Operand.Number((long)size)),
                ("count", Operand.Number((long)size)),
                Operand.Samples),
        ];
    }

    /// <summary>The values of the sources before one.</summary>
    private int Before(int slot)
    {
        int sum = 0;

        for (int i = 0; i < slot; i++)
        {
            sum = unchecked(sum + Sizes[i]);
        }

        return sum;
    }
}
