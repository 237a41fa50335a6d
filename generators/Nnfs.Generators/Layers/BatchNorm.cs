using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A batch normalisation: mean and variance over the samples and positions of a batch in training, running averages of them in predictions.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">How much a batch counts in the running averages.</param>
internal sealed record BatchNorm(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Size,
    int Positions,
    float Epsilon,
    float Momentum)
    : Norm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    public static Layer Kind => new(nameof(BatchNorm), static layer => new BatchNorm(
        layer.Name,
        layer.FieldName,
        layer.Sources,
        layer.StoredAs,
        layer.Shape.Last,
        layer.Shape.Positions,
        layer.Positive(layer.Property("Epsilon", "epsilon", missing: 1e-5f)),
        layer.Fraction(layer.Property("Momentum", "momentum", missing: 0.1f))));

    private const string RunningMean = "RunningMean";
    private const string RunningVariance = "RunningVariance";

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        Vector(Gamma, 0) with { Fill = 1f },
        Vector(Beta, 1),
        Vector(RunningMean, 2) with { IsTrained = false },
        Vector(RunningVariance, 3) with { Fill = 1f, IsTrained = false },
    ];

    public override string? OverBatchTitle => "Batch normalisation";

    public override bool ScalesInPredictions => true;

    public override string? OutsideTraining => "batch normalisation takes its running averages";

    public override long? Flops => 2L * Outputs;

    public override string ParametersType => "BatchNormParameters";

    protected override string Over => Positions == 1 ? "over the samples of a batch" : "over the samples and positions of a batch";

    protected override string KindName => nameof(BatchNorm);

    private string Values => Wording.Count(Size, Positions == 1 ? "value" : "channel");

    private static Argument[] Running => [("runningMean", Operand.Tensor(RunningMean)), ("runningVariance", Operand.Tensor(RunningVariance))];

    private Argument[] AllFeatures => [("start", Operand.Number(0L)), ("count", Operand.Number((long)Size))];

    /// <summary>The features that a kernel computes: all, or where threads share them, some.</summary>
    private Argument[] Features(StageContext context) => context.IsPlain ? AllFeatures : [Operand.Start, Operand.Count];

    /// <summary>A kernel over features, which threads share in whole cache lines.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="moves">How often it reads or writes a value.</param>
    private Step Shared(StageContext context, KernelStep kernel, int moves) => context.IsPlain ? kernel
        : new SharedStep(kernel, Size, moves * KernelLimits.FlopsPerMove * Positions) { Unit = KernelLimits.FloatsPerLine };

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        new BlockSpec(
            StatisticsBlock,
            $"The means and the inverse deviations that {Name} computed for the batch.",
            PerSample: 0,
            Length: (int)Math.Min(int.MaxValue, 2L * Size)),
    ];

    public override string Comment(StageContext context) => context.IsTraining
        ? $"{Name}: each of {Values} scaled to mean 0 and variance 1 over the {RowsTitle}, then · γ + β; " +
            "with running averages outside training."
        : $"{Name}: each of {Values} minus its running mean, divided by its running deviation, then · γ + β.";

    public override IEnumerable<Step> Forward(StageContext context)
    {
        KernelStep predict = KernelStep.Of(
            "BatchNorm.Predict",
            [Size],
            [("x", Operand.Value()), .. Scales, .. Running, EpsilonArgument, ("y", Operand.Output), Rows]);

        if (!context.IsTraining)
        {
            return [predict];
        }

        KernelStep forward = KernelStep.Of(
            "BatchNorm.Forward",
            [Size],
            [("x", Operand.Value()), .. Scales, EpsilonArgument, ("y", Operand.Output), Statistics, Rows, .. Features(context)]);
        KernelStep update = KernelStep.Of(
            "BatchNorm.UpdateRunning",
            [Size],
            [Statistics, EpsilonArgument, ("momentum", Operand.Number(Momentum)), Rows, .. Running]);

        return
        [
            BranchStep.WhereTraining(
                [Shared(context, forward, moves: 4), update],
                context.IsPlain ? predict : SharedStep.BySample(predict, 2 * KernelLimits.FlopsPerMove * Outputs)),
        ];
    }

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient through the means and variances of the batch, and the sums for γ and β."),
        Shared(
            context,
            KernelStep.Of(
                "BatchNorm.Backward",
                [Size],
                [
                    ("x", Operand.Value()),
                    ("gamma", Operand.Tensor(Gamma)),
                    Statistics,
                    ("dy", Operand.OutputGradient),
                    ("dx", Operand.ValueGradient()),
                    .. ScaleGradients,
                    Rows,
                    .. Features(context),
                ]),
            moves: 5),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) => context.SourceLeads(0) ? []
        : ScaleSums(Features(context)).Select(step => step is KernelStep kernel ? Shared(context, kernel, moves: 2) : step);

    public override IEnumerable<Step> Fold(StageSpec product) =>
    [
        new NoteStep($"{Name} folded into {product.Name}: weights · s and (biases − running mean) · s + β, for s = γ / running deviation."),
        KernelStep.Of(
            "BatchNorm.Fold",
            [.. product.ScaledSizes],
            [
                ("w", Operand.ProductTensor(Dense.Weights)),
                ("b", Operand.ProductTensor(Dense.Biases)),
                .. Scales,
                .. Running,
                EpsilonArgument,
                ("scaledWeights", Operand.ScaledTensor(Dense.Weights)),
                ("scaledBiases", Operand.ScaledTensor(Dense.Biases)),
            ]),
    ];
}
