using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A table whose rows are read by indices, those of an input of the network.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the name of its table begins with in files.</param>
/// <param name="Positions">The indices of a sample.</param>
/// <param name="Vocabulary">The rows of the table.</param>
/// <param name="Dimensions">The values of a row.</param>
internal sealed record Embedding(
    string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Positions, int Vocabulary, int Dimensions)
    : StageSpec(Name, FieldName, Sources, Positions, (int)Math.Min(KernelLimits.MostFloats, (long)Positions * Dimensions))
{
    public const string Weights = "Weights";

    public static Layer Kind => new(nameof(Embedding), Read) { SizeArgument = VocabularyParameter };

    private const string VocabularyParameter = "vocabulary";
    private const string DimensionsParameter = "dimensions";

    public override int? IndexLimit => Vocabulary;

    public override StageSpec? OfStep => InputShape.Rank != 1 ? null : this with
    {
        Positions = 1,
        Inputs = 1,
        Outputs = Dimensions,
        InputShape = Models.Shape.Of(1),
        Shape = Models.Shape.Of(Dimensions),
    };

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
        [$"y = W[x] of each index x: {InputShape} → {Shape}. Weights W [{Vocabulary}, {Dimensions}] start from U(−0.05, 0.05)."];

    public override string GradientsSummary => $"the weights [{Vocabulary}, {Dimensions}] of {Name}";

    public override string View(Func<TensorSpec, string> span, bool isOfGradients) =>
        $"new({span(Tensor(Weights))}, rows: {Vocabulary}, dimensions: {Dimensions})";

    public override IEnumerable<string> Describe(string sources) =>
    [
        $"global::Nnfs.LayerInfo.Embedding(\"{Name}\", global::Nnfs.LayerKind.{nameof(Embedding)}, \"{StoredAs}\", rows: {Vocabulary}, " +
            $"dimensions: {Dimensions}, inputShape: {InputShape.ToArgument()}, outputShape: {Shape.ToArgument()}, " +
            $"weights: {Tensor(Weights).Offset}{LayerFacts.SourcesArgument(sources)}),",
    ];

    public override string Comment(StageContext context) =>
        $"{Name}: for each index {context.Rows(InputShape)} its row of W [{Vocabulary} × {Dimensions}].";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "Embedding.Forward", Indices(context), ("w", Operand.Tensor(Weights)), DimensionsArgument, ("y", Operand.Output), Operand.Rows(Positions)),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => [];

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
    [
        new NoteStep($"{Name}, parameters: the gradients of each row of W, added up over the indices that name it."),
        context.IsPlain ? Gradients(context, ("start", Operand.Number(0L)), ("count", Operand.Number((long)Vocabulary)))
            : new SharedStep(Gradients(context, Operand.Start, Operand.Count), Vocabulary, FlopsPerRow: KernelLimits.FlopsPerMove * Dimensions)
            {
                IsOverSamples = false,
            },
    ];

    private Argument DimensionsArgument => ("dimensions", Operand.Number((long)Dimensions));

    /// <summary>The indices; nothing in a network with an error, where they are none.</summary>
    private static Argument Indices(StageContext context) => ("x", context.ReadsIndices ? Operand.Value() : Operand.Text("default"));

    private KernelStep Gradients(StageContext context, Argument start, Argument count) => KernelStep.Of(
        "Embedding.BackwardParameters",
        Indices(context),
        ("dy", Operand.OutputGradient),
        DimensionsArgument,
        ("dw", Operand.TensorGradient(Weights)),
        Operand.Rows(Positions),
        start,
        count,
        ("adds", Operand.Adds));

    private static Embedding Read(LayerReading layer)
    {
        int? vocabulary = layer.AtLeastOne(VocabularyParameter);
        int? dimensions = layer.AtLeastOne(DimensionsParameter);
        Value source = layer.Values[0];

        if (source.Source >= 0)
        {
            Report(layer, "it takes indices, which only an input of the network can be", "let it read an input directly");
        }
        else if (source.Shape is { Rank: ShapeArgument.MostDimensions } full)
        {
            Report(layer, $"its shape {full} leaves no room for one more dimension", "declare at most three");
            layer.GivenShape = null;
        }

        if (layer.GivenShape is { } positions && dimensions is { } last)
        {
            layer.Give(layer.ArgumentLocation(DimensionsParameter), [.. positions.Sizes.Select(static size => (long)size), last]);
        }
        else
        {
            layer.GivenShape = null;
        }

        return new Embedding(layer.Name, layer.FieldName, layer.Sources, layer.StoredAs, layer.Size, vocabulary ?? 1, dimensions ?? 1);
    }

    private static void Report(LayerReading layer, string reason, string cure) => layer.Report(
        DiagnosticDescriptors.IndicesNotTaken,
        layer.Location,
        layer.LocationOf(layer.Values[0].Attribute),
        layer.Name,
        layer.Values[0].Description,
        reason,
        cure);
}
