using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What normalisations have in common: vectors of one length, γ first, and statistics that they keep for the way back.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance.</param>
internal abstract record Norm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : StageSpec(Name, FieldName, Sources, Size * Positions, Size * Positions)
{
    protected const string Gamma = "Gamma";
    protected const string Beta = "Beta";
    protected const string StatisticsBlock = "Statistics";

    public override IReadOnlyList<int> KernelSizes => [Size];

    public override string GradientsSummary => $"γ and β [{Size}] of {Name}";

    public override string GradientsType => "NormParameters";

    public override string StageType => "NormStage";

    public override IReadOnlyList<string> ParametersSummary =>
    [
        $"y = γ · (x − mean) / √(variance + {Wording.Plain(Epsilon)}) + β, {Over}. γ [{Size}] starts at 1, β [{Size}] at 0.",
    ];

    /// <summary>What mean and variance are taken over.</summary>
    protected abstract string Over { get; }

    /// <summary>The runtime's name for the kind.</summary>
    protected abstract string KindName { get; }

    protected static Argument[] Scales => [("gamma", Operand.Tensor(Gamma)), ("beta", Operand.Tensor(Beta))];

    protected static Argument[] ScaleGradients => [("dgamma", Operand.TensorGradient(Gamma)), ("dbeta", Operand.TensorGradient(Beta))];

    protected static Argument Statistics => ("statistics", Operand.Kept(StatisticsBlock));

    /// <summary>The rows of the pass.</summary>
    protected Operand Rows => Operand.Rows(Positions);

    /// <summary>A row in comments.</summary>
    protected string RowTitle => Positions == 1 ? "sample" : "position";

    /// <summary>The rows in comments.</summary>
    protected string RowsTitle => Positions == 1 ? "samples" : "samples and positions";

    protected Argument EpsilonArgument => ("epsilon", Operand.Number(Epsilon));

    /// <summary>The distance between its vectors, each of which starts a cache line.</summary>
    protected int Stride => (int)Math.Min(int.MaxValue, KernelLimits.Align(Size));

    public override string View(Func<TensorSpec, string> span, bool isOfGradients) =>
        $"new({string.Join(", ", Tensors.Where(tensor => tensor.IsTrained || !isOfGradients).Select(span))})";

    public override IEnumerable<string> Describe(string sources) =>
    [
        $"global::Nnfs.LayerInfo.Norm(\"{Name}\", global::Nnfs.LayerKind.{KindName}, \"{StoredAs}\", size: {Size}, epsilon: {Wording.Number(Epsilon)}, " +
            $"tensors: [{string.Join(", ", Tensors.Select(static tensor => tensor.Offset))}]" +
            $"{LayerFacts.ShapeArgument(Shape)}{LayerFacts.SourcesArgument(sources)}),",
    ];

    /// <summary>The sums over samples for γ and β.</summary>
    protected IEnumerable<Step> ScaleSums() =>
    [
        new NoteStep($"{Name}, parameters: the sums over {RowsTitle} of dy · (x − mean) / deviation for γ, and of dy for β."),
        KernelStep.Of(
            $"{KindName}.BackwardParameters",
            [Size],
            [("x", Operand.Value()), Statistics, ("dy", Operand.OutputGradient), .. ScaleGradients, Rows]),
    ];

    /// <summary>A vector of the layer, and where it starts.</summary>
    protected TensorSpec Vector(string name, int index) => TensorSpec.Vector(name, Size, Size, Offsets.Count > index ? Offsets[index] : index * Stride);
}
