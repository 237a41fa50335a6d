using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A table with a row for each step of a sequence, which is added to each sample.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the name of its table begins with in files.</param>
/// <param name="Steps">The rows of the table.</param>
/// <param name="Features">The values of a row.</param>
internal sealed record PositionalEmbedding(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Steps, int Features)
    : StageSpec(Name, FieldName, Sources, Steps * Features, Steps * Features)
{
    private const string Weights = "Weights";

    public static Layer Kind => new(nameof(PositionalEmbedding), Read);

    public override string StreamObstacle => "adds to each step what belongs to its place in the whole sequence";

    public override bool IsInPlace => true;

    public override bool OverwritesGradients => false;

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        new(Weights, Models.Shape.Of(Steps, Features), new([Features, 1]), Outputs, OffsetOf(0)) { Initializer = "SmallNormal" },
    ];

    public override long? Flops => Outputs;

    public override string ParametersType => "EmbeddingParameters";

    public override string StageType => "EmbeddingStage";

    public override IReadOnlyList<string> ParametersSummary => [$"y = x + W at each step. Weights W [{Steps}, {Features}] start from N(0, 0.02²)."];

    public override string GradientsSummary => $"the weights [{Steps}, {Features}] of {Name}";

    public override string View(Func<TensorSpec, string> span, bool isOfGradients) =>
        $"new({span(Tensor(Weights))}, rows: {Steps}, dimensions: {Features})";

    public override IEnumerable<string> Describe(string sources) =>
    [
        $"global::Nnfs.LayerInfo.Embedding(\"{Name}\", global::Nnfs.LayerKind.{nameof(PositionalEmbedding)}, \"{StoredAs}\", rows: {Steps}, " +
            $"dimensions: {Features}, inputShape: {InputShape.ToArgument()}, outputShape: {Shape.ToArgument()}, " +
            $"weights: {Tensor(Weights).Offset}{LayerFacts.SourcesArgument(sources)}),",
    ];

    public override string Comment(StageContext context) => $"{Name}: W [{Steps} × {Features}] added to {(context.IsSample ? "the sample" : "each sample")}.";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "PositionalEmbedding.Forward", ("x", Operand.Value()), ("w", Operand.Tensor(Weights)), ("y", Operand.Output), Operand.Samples),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => GradientSteps.PassOn(Name, Outputs, slot, isFirst);

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
    [
        new NoteStep($"{Name}, parameters: the sum over samples of dy."),
        context.IsPlain ? Gradients(("start", Operand.Number(0L)), ("count", Operand.Number((long)Outputs)))
            : new SharedStep(Gradients(Operand.Start, Operand.Count), Outputs, FlopsPerRow: 2) { Unit = KernelLimits.FloatsPerLine },
    ];

    private static KernelStep Gradients(Argument start, Argument count) => KernelStep.Of(
        "PositionalEmbedding.BackwardParameters",
        ("dy", Operand.OutputGradient),
        ("dw", Operand.TensorGradient(Weights)),
        Operand.Samples,
        start,
        count,
        ("adds", Operand.Adds));

    private static PositionalEmbedding Read(LayerReading layer)
    {
        Shape shape = Sequences.Of(layer) ?? Models.Shape.Of(1, layer.Size);

        return new PositionalEmbedding(layer.Name, layer.FieldName, layer.Sources, layer.StoredAs, shape.Positions, shape.Last);
    }
}
