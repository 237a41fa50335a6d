using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>
/// A table whose rows are read by the last value of a sample, an index: it gives the row, and then the other values. No attribute declares it; a network of
/// samples has one for each feature with an embedding, before all other layers.
/// </summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the name of its table begins with in files.</param>
/// <param name="Inputs">The values of a sample, with the index.</param>
/// <param name="Vocabulary">The rows of the table.</param>
/// <param name="Dimensions">The values of a row.</param>
internal sealed record FeatureEmbedding(
    string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Inputs, int Vocabulary, int Dimensions)
    : StageSpec(Name, FieldName, Sources, Inputs, (int)Math.Min(KernelLimits.MostFloats, (long)Inputs - 1 + Dimensions))
{
    private const string Weights = "Weights";

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        new(Weights, Models.Shape.Of(Vocabulary, Dimensions), new([Dimensions, 1]), (long)Vocabulary * Dimensions, OffsetOf(0))
        {
            Initializer = "SmallUniform",
        },
    ];

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override string ParametersType => "EmbeddingParameters";

    public override string StageType => "EmbeddingStage";

    public override IReadOnlyList<string> ParametersSummary =>
    [
        $"y = W[k], and then the values before k, the last of a sample: {InputShape} → {Shape}. Weights W [{Vocabulary}, {Dimensions}] start from " +
            "U(−0.05, 0.05).",
    ];

    public override string GradientsSummary => $"the weights [{Vocabulary}, {Dimensions}] of {Name}";

    /// <summary>The kind of layer that reads a feature.</summary>
    public static Layer Of(EmbeddedFeature feature) => new(nameof(FeatureEmbedding), layer => Read(layer, feature));

    public override string View(Func<TensorSpec, string> span, bool isOfGradients) =>
        $"new({span(Tensor(Weights))}, rows: {Vocabulary}, dimensions: {Dimensions})";

    public override IEnumerable<string> Describe(string sources) =>
    [
        $"global::Nnfs.LayerInfo.Embedding(\"{Name}\", global::Nnfs.LayerKind.{nameof(FeatureEmbedding)}, \"{StoredAs}\", rows: {Vocabulary}, " +
            $"dimensions: {Dimensions}, inputShape: {InputShape.ToArgument()}, outputShape: {Shape.ToArgument()}, " +
            $"weights: {Tensor(Weights).Offset}{LayerFacts.SourcesArgument(sources)}),",
    ];

    public override string Comment(StageContext context) =>
        $"{Name}: the row of W [{Vocabulary} × {Dimensions}] that the last value names"
        + (Inputs == 1 ? "." : $", and then the {Wording.Count(Inputs - 1, "value")} before it.");

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "FeatureEmbedding.Forward", ("x", Operand.Value()), Size, ("w", Operand.Tensor(Weights)), RowSize, ("y", Operand.Output), Operand.Samples),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradients of the values after the row, and 0 for the index."),
        KernelStep.Of(
            "FeatureEmbedding.BackwardInputs", ("dy", Operand.OutputGradient), RowSize, ("dx", Operand.ValueGradient(slot)), Size, Operand.Samples),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
    [
        new NoteStep($"{Name}, parameters: the gradients of each row of W, added up over the samples that name it."),
        context.IsPlain ? Gradients(("start", Operand.Number(0L)), ("count", Operand.Number((long)Vocabulary)))
            : new SharedStep(Gradients(Operand.Start, Operand.Count), Vocabulary, FlopsPerRow: KernelLimits.FlopsPerMove * Dimensions)
            {
                IsOverSamples = false,
            },
    ];

    private Argument Size => ("xSize", Operand.Number((long)Inputs));

    private Argument RowSize => ("dimensions", Operand.Number((long)Dimensions));

    private KernelStep Gradients(Argument start, Argument count) => KernelStep.Of(
        "FeatureEmbedding.BackwardParameters",
        ("x", Operand.Value()),
        Size,
        ("dy", Operand.OutputGradient),
        RowSize,
        ("dw", Operand.TensorGradient(Weights)),
        Operand.Samples,
        start,
        count,
        ("adds", Operand.Adds));

    private static FeatureEmbedding Read(LayerReading layer, EmbeddedFeature feature)
    {
        layer.Give(layer.Location, layer.Size - 1L + feature.Dimensions);

        return new FeatureEmbedding(
            layer.Name, layer.FieldName, layer.Sources, layer.StoredAs, layer.Size, feature.Vocabulary, feature.Dimensions);
    }
}
