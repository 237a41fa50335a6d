using System.Collections.Immutable;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>An attention: each step of a sequence takes from the others what it finds alike.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Steps">The steps of a sample.</param>
/// <param name="Features">The values of a step.</param>
/// <param name="Heads">The number of heads, among which the values are divided.</param>
/// <param name="IsCausal">Whether each step takes only from itself and from those before it.</param>
internal sealed record SelfAttention(
    string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Steps, int Features, int Heads, bool IsCausal)
    : StageSpec(Name, FieldName, Sources, Steps * Features, Steps * Features)
{
    public static Layer Kind => new(nameof(SelfAttention), Read);

    private const string HeadsParameter = "heads";
    private const string QueryWeights = "QueryWeights";
    private const string QueryBiases = "QueryBiases";
    private const string OutputWeights = "OutputWeights";
    private const string OutputBiases = "OutputBiases";

    private const string ProjectionsBlock = "Projections";
    private const string MixedBlock = "Mixed";
    private const string LogSumsBlock = "LogSums";
    private const string ProjectionGradientsBlock = "ProjectionGradients";
    private const string MixedGradientsBlock = "MixedGradients";
    private const string TransposedProjectionsBlock = "TransposedProjections";
    private const string TransposedOutputsBlock = "TransposedOutputs";

    public override string StreamObstacle => IsCausal
        ? "takes from all steps before, of which a stream would have to keep more and more"
        : "takes from all steps at once";

    /// <summary>The weights of queries, keys and values lie side by side, as those of one product.</summary>
    public override IReadOnlyList<long> TensorBlocks => [(long)Features * ProjectionStride, ProjectionStride, (long)Features * OutputStride, OutputStride];

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        Weights(QueryWeights, ProjectionStride, OffsetOf(0), before: 0),
        Weights("KeyWeights", ProjectionStride, OffsetOf(0), before: Features),
        Weights("ValueWeights", ProjectionStride, OffsetOf(0), before: 2L * Features),
        Weights(OutputWeights, OutputStride, OffsetOf(2), before: 0),
        Biases(QueryBiases, ProjectionStride, OffsetOf(1), before: 0),
        Biases("KeyBiases", ProjectionStride, OffsetOf(1), before: Features),
        Biases("ValueBiases", ProjectionStride, OffsetOf(1), before: 2L * Features),
        Biases(OutputBiases, OutputStride, OffsetOf(3), before: 0),
    ];

    public override long ProductFlops => (8L * Outputs * Features) + (4L * Outputs * Steps / (IsCausal ? 2 : 1));

    public override IReadOnlyList<int> KernelSizes => [Features, Projected];

    public override long? Flops => ProductFlops + (4L * Outputs) + ((long)Softmax.FlopsPerClass * Heads * Steps * Steps / (IsCausal ? 2 : 1));

    public override string ParametersType => "SelfAttentionParameters";

    public override string StageType => "SelfAttentionStage";

    public override IReadOnlyList<string> ParametersSummary =>
    [
        $"y = softmax(q·kᵀ / √{Features / Heads})·v·Wo + bo, by {Wording.Count(Heads, "head")} of {Wording.Count(Features / Heads, "value")}, " +
            $"each step {(IsCausal ? "from itself and those before it" : $"from all {Steps}")}.",
        $"Weights of q, k, v and o [{Features}, {Features}] start from U(−l, l), l = √(6 / (inputs + outputs)), biases [{Features}] from 0.",
    ];

    public override string GradientsSummary => $"the weights [{Features}, {Features}] and biases [{Features}] of {Name}";

    private int Projected => (int)Math.Min(KernelLimits.MostFloats, 3L * Features);

    /// <summary>The distance between the rows of the weights of queries, keys and values; of a layer that no array could hold, the least.</summary>
    private int ProjectionStride => 3L * Features > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(Projected);

    private int OutputStride => Features > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(Features);

    private long PerSample => 3L * Outputs;

    private Argument[] Sizes =>
    [
        ("steps", Operand.Number((long)Steps)),
        ("features", Operand.Number((long)Features)),
        ("heads", Operand.Number((long)Heads)),
        ("isCausal", Operand.Text(IsCausal ? "true" : "false")),
    ];

    private Operand Rows => Operand.Rows(Steps);

    private static Argument Projections => ("qkv", Operand.Kept(ProjectionsBlock));

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        Of(ProjectionsBlock, $"The queries, keys and values of {Name}.", PerSample) with { InPredictions = true },
        Of(MixedBlock, $"What the heads of {Name} give.", Outputs) with { InPredictions = true },
        Of(LogSumsBlock, $"For each head and step of {Name} the logarithm of the sum that its softmax divides by.", (long)Heads * Steps),
        Of(ProjectionGradientsBlock, $"Room for the gradients of the queries, keys and values of {Name}.", PerSample) with { IsRoom = true },
        Of(MixedGradientsBlock, $"Room for the gradients of what the heads of {Name} give.", Outputs) with { IsRoom = true },
        Transposed(TransposedProjectionsBlock, "queries, keys and values", (long)Projected * OutputStride),
        Transposed(TransposedOutputsBlock, "the outputs", (long)Features * OutputStride),
    ];

    public override (long Length, string Of)? SizeFault(long count, long length, int most) =>
        (long)Projected * OutputStride is var transposed && transposed > most && transposed > length ? (transposed, "transposed weights with their padding")
        : base.SizeFault(count, length, most) ?? (PerSample > most ? (PerSample, "queries, keys and values of a sample") : null);

    public override string View(Func<TensorSpec, string> span, bool isOfGradients) =>
        $"new({span(Tensor(QueryWeights))}, {span(Tensor(QueryBiases))}, {span(Tensor(OutputWeights))}, {span(Tensor(OutputBiases))}, features: {Features})";

    public override IEnumerable<string> Describe(string sources) =>
    [
        $"global::Nnfs.LayerInfo.SelfAttention(\"{Name}\", \"{StoredAs}\", steps: {Steps}, features: {Features}, heads: {Heads}, " +
            $"isCausal: {(IsCausal ? "true" : "false")}, projections: {Tensor(QueryWeights).Offset}, biases: {Tensor(QueryBiases).Offset}, " +
            $"outputs: {Tensor(OutputWeights).Offset}, outputBiases: {Tensor(OutputBiases).Offset}{LayerFacts.SourcesArgument(sources)}),",
    ];

    public override string Comment(StageContext context) =>
        $"{Name}: queries, keys and values [{Steps} × {Features}] · [{Features} × {Projected}] + [{Projected}],\n" +
        $"the softmax of each query with {(IsCausal ? "the keys up to its own step" : "all keys")}, times the values, " +
        $"by {Wording.Count(Heads, "head")} of {Features / Heads},\nand what they give · [{Features} × {Features}] + [{Features}].";

    public override IEnumerable<Step> Forward(StageContext context) =>
    [
        KernelStep.Of(
            "Dense.Forward",
            [Features, Projected],
            ("x", Operand.Value()),
            ("w", Operand.Tensor(QueryWeights)),
            ("b", Operand.Tensor(QueryBiases)),
            ("y", Operand.Kept(ProjectionsBlock)),
            Rows),
        KernelStep.Of(
            "SelfAttention.Forward",
            [
                Projections,
                .. Sizes,
                ("y", Operand.Kept(MixedBlock)),
                ("logSums", context.IsTraining ? Operand.Kept(LogSumsBlock) : Operand.Text("default")),
                Operand.Samples,
            ]),
        KernelStep.Of(
            "Dense.Forward",
            [Features, Features],
            ("x", Operand.Kept(MixedBlock)),
            ("w", Operand.Tensor(OutputWeights)),
            ("b", Operand.Tensor(OutputBiases)),
            ("y", Operand.Output),
            Rows),
    ];

    public override bool WorksWithin => true;

    public override IEnumerable<Step> PrepareWithin(StageContext context) => context.IsPlain ? [] :
    [
        new NoteStep($"{Name}: the weights of its outputs transposed."),
        Shared(Transpose(Features, OutputWeights, TransposedOutputsBlock, Operand.Start, Operand.Count), Features),
    ];

    public override IEnumerable<Step> PrepareBackward(StageContext context) => context.IsPlain ? [] :
    [
        new NoteStep($"{Name}: the weights of queries, keys and values transposed."),
        Shared(Transpose(Projected, QueryWeights, TransposedProjectionsBlock, Operand.Start, Operand.Count), Projected),
    ];

    public override IEnumerable<Step> BackwardWithin(StageContext context) =>
    [
        new NoteStep($"{Name}: back through the product that gives its outputs, and through the softmax, whose shares are computed again."),
        .. context.IsPlain ? [Transpose(Features, OutputWeights, TransposedOutputsBlock, Operand.Number(0L), Operand.Number((long)Features))] : (Step[])[],
        KernelStep.Of(
            "Dense.BackwardInputs",
            [Features, Features],
            ("dy", Operand.OutputGradient),
            ("transposed", Operand.Kept(TransposedOutputsBlock)),
            ("dx", Operand.Kept(MixedGradientsBlock)),
            Rows),
        KernelStep.Of(
            "SelfAttention.Backward",
            [
                Projections,
                ("y", Operand.Kept(MixedBlock)),
                ("logSums", Operand.Kept(LogSumsBlock)),
                ("dy", Operand.Kept(MixedGradientsBlock)),
                .. Sizes,
                ("dqkv", Operand.Kept(ProjectionGradientsBlock)),
                Operand.Samples,
            ]),
    ];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}, inputs: [(samples · {Steps}) × {Projected}] · [{Projected} × {Features}]."),
        .. context.IsPlain ? [Transpose(Projected, QueryWeights, TransposedProjectionsBlock, Operand.Number(0L), Operand.Number((long)Projected))] : (Step[])[],
        KernelStep.Of(
            "Dense.BackwardInputs",
            [Features, Projected],
            ("dy", Operand.Kept(ProjectionGradientsBlock)),
            ("transposed", Operand.Kept(TransposedProjectionsBlock)),
            ("dx", Operand.ValueGradient()),
            Rows),
    ];

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
    [
        new NoteStep($"{Name}, parameters: the sums over samples and steps of x and what the heads give, times the gradients of what is made of them."),
        Parameters(context, Projected, Operand.Value(), Operand.Kept(ProjectionGradientsBlock), QueryWeights, QueryBiases),
        Parameters(context, Features, Operand.Kept(MixedBlock), Operand.OutputGradient, OutputWeights, OutputBiases),
    ];

    private static BlockSpec Of(string name, string meaning, long perSample) => new(name, meaning, (int)Math.Min(int.MaxValue, perSample), Length: 0);

    private BlockSpec Transposed(string name, string of, long length) =>
        new(name, $"Room for the transposed weights of {of} of {Name}.", PerSample: 0, (int)Math.Min(int.MaxValue, length)) { IsRoom = true };

    private TensorSpec Weights(string name, int stride, int block, long before) =>
        new(name, Models.Shape.Of(Features, Features), new([stride, 1]), Math.Max(Features, ((long)Features * stride) - before), Offset(block, before))
        {
            Initializer = nameof(WeightInitializer.GlorotUniform),
        };

    private TensorSpec Biases(string name, int stride, int block, long before) =>
        TensorSpec.Vector(name, Features, Math.Max(Features, stride - before), Offset(block, before));

    /// <summary>Where a tensor starts in its block; in a layer that no array could hold, where the block does.</summary>
    private static int Offset(int block, long before) => block + before > KernelLimits.MostFloats ? block : block + (int)before;

    private KernelStep Transpose(int columns, string weights, string transposed, Operand start, Operand count) => KernelStep.Of(
        "Dense.Transpose",
        [Features, columns],
        ("w", Operand.Tensor(weights)),
        ("transposed", Operand.Kept(transposed)),
        Argument.Part("start", start),
        Argument.Part("count", count));

    private SharedStep Shared(KernelStep transpose, int columns) => new(transpose, columns, FlopsPerRow: KernelLimits.FlopsPerMove * Features)
    {
        Unit = Dense.NeuronUnit,
        IsOverSamples = false,
    };

    private Step Parameters(StageContext context, int columns, Operand x, Operand dy, string weights, string biases)
    {
        return context.IsPlain ? Kernel(Operand.Number(0L), Operand.Number(0L), Operand.Number((long)Features))
            : new SharedStep(Kernel(Operand.FirstRow(Steps), Operand.Start, Operand.Count), Features, FlopsPerRow: 2L * Steps * columns);

        KernelStep Kernel(Operand first, Operand start, Operand count) => KernelStep.Of(
            "Dense.BackwardParameters",
            [Features, columns],
            ("x", x),
            ("dy", dy.AsBlock),
            ("first", first),
            ("dw", Operand.TensorGradient(weights)),
            ("db", Operand.TensorGradient(biases)),
            Rows,
            Argument.Part("start", start),
            Argument.Part("count", count),
            ("adds", Operand.Adds));
    }

    private static SelfAttention Read(LayerReading layer)
    {
        int? stated = layer.AtLeastOne(HeadsParameter);
        int heads = stated ?? 1;
        Shape? sequence = Sequences.Of(layer);
        Shape shape = sequence ?? Models.Shape.Of(1, layer.Size);

        if (sequence is null)
        {
            heads = 1;
        }
        else if (shape.Last % heads != 0)
        {
            layer.Report(
                DiagnosticDescriptors.HeadsDoNotDivide,
                layer.ArgumentLocation(HeadsParameter),
                layer.LocationOf(layer.Values[0].Attribute),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.PlainSetting, Wording.Number((long)NearestDivisor(shape.Last, heads))),
                layer.Name,
                heads,
                shape.Last);
            heads = 1;
        }

        bool isCausal = layer.Declaration.Attribute.NamedArgument("Causal", false);

        return new SelfAttention(layer.Name, layer.FieldName, layer.Sources, layer.StoredAs, shape.Positions, shape.Last, heads, isCausal);
    }

    /// <summary>The divisor that is nearest to a number; the less of two.</summary>
    private static int NearestDivisor(int of, int number)
    {
        if (number >= of)
        {
            return of;
        }

        for (int distance = 1; distance < number; distance++)
        {
            if (of % (number - distance) == 0)
            {
                return number - distance;
            }

            if (of % (number + distance) == 0)
            {
                return number + distance;
            }
        }

        return 1;
    }
}
