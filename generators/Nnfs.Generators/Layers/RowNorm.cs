using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What normalisations have in common that take their statistics over the values of a row.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance or the mean square.</param>
internal abstract record RowNorm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : Norm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    /// <summary>What it keeps of each row, in order.</summary>
    protected abstract string[] StatisticTitles { get; }

    /// <summary>What it scales the values of a row to.</summary>
    protected abstract string Goal { get; }

    /// <summary>What the gradient goes through, other than the values themselves.</summary>
    protected abstract string GradientPath { get; }

    protected override string Over => $"over the values of a {RowTitle}";

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        new BlockSpec(
            StatisticsBlock,
            $"The {string.Join(" and the ", StatisticTitles)} that {Name} computed for each {RowTitle}.",
            PerSample: StatisticTitles.Length * Positions,
            Length: 0),
    ];

    public override string Comment(StageContext context) =>
        $"{Name}: each {RowTitle}'s {Wording.Count(Size, "value")} scaled to {Goal}, then · γ{(HasShift ? " + β" : "")}.";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            $"{KindName}.Forward",
            [Size],
            [
                ("x", Operand.Value()),
                .. Scales,
                EpsilonArgument,
                ("y", Operand.Output),
                .. context.IsTraining ? new[] { Statistics } : [],
                Rows,
            ]),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient through the {GradientPath} of each {RowTitle}."),
        KernelStep.Of(
            $"{KindName}.BackwardInputs",
            [Size],
            ("x", Operand.Value()),
            Scale,
            Statistics,
            ("dy", Operand.OutputGradient),
            ("dx", Operand.ValueGradient()),
            Rows),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) => ScaleSums(("adds", Operand.Adds));
}
