using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A layer normalisation: mean and variance over the values of a sample.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance.</param>
internal sealed record LayerNorm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : Norm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    public static Layer Kind => new(nameof(LayerNorm), static layer => new LayerNorm(
        layer.Name,
        layer.FieldName,
        layer.Sources,
        layer.StoredAs,
        layer.Shape.Last,
        layer.Shape.Positions,
        layer.Positive(layer.Property("Epsilon", "epsilon", missing: 1e-5f))));

    public override IReadOnlyList<TensorSpec> Tensors => [Vector(Gamma, 0) with { Fill = 1f }, Vector(Beta, 1)];

    public override long? Flops => 7L * Outputs;

    public override string ParametersType => "NormParameters";

    protected override string Over => $"over the values of a {RowTitle}";

    protected override string KindName => nameof(LayerNorm);

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        new BlockSpec(
            StatisticsBlock, $"The mean and the inverse deviation that {Name} computed for each {RowTitle}.", PerSample: 2 * Positions, Length: 0),
    ];

    public override string Comment(StageContext context) =>
        $"{Name}: each {RowTitle}'s {Wording.Count(Size, "value")} scaled to mean 0 and variance 1, then · γ + β.";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "LayerNorm.Forward",
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
        new NoteStep($"{Name}: the gradient through the mean and variance of each {RowTitle}."),
        KernelStep.Of(
            "LayerNorm.BackwardInputs",
            [Size],
            ("x", Operand.Value()),
            ("gamma", Operand.Tensor(Gamma)),
            Statistics,
            ("dy", Operand.OutputGradient),
            ("dx", Operand.ValueGradient()),
            Rows),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) => ScaleSums();
}
