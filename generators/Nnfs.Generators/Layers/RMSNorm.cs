using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A root mean square normalisation: the mean of the squares over the values of a sample.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the mean of the squares.</param>
internal sealed record RMSNorm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : Norm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    public static Layer Kind => new(nameof(RMSNorm), static layer => new RMSNorm(
        layer.Name,
        layer.FieldName,
        layer.Sources,
        layer.StoredAs,
        layer.Shape.Last,
        layer.Shape.Positions,
        layer.Positive(layer.Property("Epsilon", "epsilon", missing: 1e-5f))));

    public override IReadOnlyList<TensorSpec> Tensors => [Vector(Gamma, 0) with { Fill = 1f }];

    public override long? Flops => 4L * Outputs;

    public override IReadOnlyList<string> ParametersSummary =>
    [
        $"y = γ · x / √(mean(x²) + {Wording.Plain(Epsilon)}), {Over}. γ [{Size}] starts at 1.",
    ];

    public override string ParametersType => "RMSNormParameters";

    public override string GradientsSummary => $"γ [{Size}] of {Name}";

    public override string GradientsType => "RMSNormParameters";

    public override string StageType => "RMSNormStage";

    protected override string Over => $"over the values of a {RowTitle}";

    protected override string KindName => nameof(RMSNorm);

    private static Argument Scale => ("gamma", Operand.Tensor(Gamma));

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
        [new BlockSpec(StatisticsBlock, $"The inverse root mean square that {Name} computed for each {RowTitle}.", PerSample: Positions, Length: 0)];

    public override string Comment(StageContext context) =>
        $"{Name}: each {RowTitle}'s {Wording.Count(Size, "value")} scaled to a mean square of 1, then · γ.";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "RMSNorm.Forward",
            [Size],
            [
                ("x", Operand.Value()),
                Scale,
                EpsilonArgument,
                ("y", Operand.Output),
                .. context.IsTraining ? new[] { Statistics } : [],
                Rows,
            ]),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient through the mean square of each {RowTitle}."),
        KernelStep.Of(
            "RMSNorm.BackwardInputs",
            [Size],
            ("x", Operand.Value()),
            Scale,
            Statistics,
            ("dy", Operand.OutputGradient),
            ("dx", Operand.ValueGradient()),
            Rows),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
    [
        new NoteStep($"{Name}, parameters: the sums over {RowsTitle} of dy · x / root mean square for γ."),
        KernelStep.Of(
            "RMSNorm.BackwardParameters",
            [Size],
            ("x", Operand.Value()),
            Statistics,
            ("dy", Operand.OutputGradient),
            ("dgamma", Operand.TensorGradient(Gamma)),
            Rows),
    ];
}
