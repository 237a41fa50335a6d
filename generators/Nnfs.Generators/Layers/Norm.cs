using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What normalisations have in common: vectors of one length, γ and for most of them β, and statistics that they keep for the way back.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance or the mean square.</param>
internal abstract record Norm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : StageSpec(Name, FieldName, Sources, Size * Positions, Size * Positions)
{
    protected const string Gamma = "Gamma";
    protected const string Beta = "Beta";
    protected const string StatisticsBlock = "Statistics";

    public override StageSpec? OfStep => EachStep(this with { Positions = 1 });

    public override IReadOnlyList<int> KernelSizes => [Size];

    public override IReadOnlyList<TensorSpec> Tensors => [Vector(Gamma, 0) with { Fill = 1f }, .. HasShift ? [Vector(Beta, 1)] : Array.Empty<TensorSpec>()];

    public override string GradientsSummary => $"{ScaleNames} [{Size}] of {Name}";

    public override string GradientsType => "NormParameters";

    public override string StageType => "NormStage";

    public override IReadOnlyList<string> ParametersSummary =>
    [
        $"y = {Formula}, {Over}. γ [{Size}] starts at 1{(HasShift ? $", β [{Size}] at 0" : "")}.",
    ];

    /// <summary>Whether it has a β, which is added.</summary>
    protected virtual bool HasShift => true;

    /// <summary>What it computes of x.</summary>
    protected virtual string Formula => $"γ · (x − mean) / √(variance + {Wording.Plain(Epsilon)}) + β";

    /// <summary>What γ multiplies.</summary>
    protected virtual string Normalized => "(x − mean) / deviation";

    /// <summary>What the statistics are taken over.</summary>
    protected abstract string Over { get; }

    /// <summary>The runtime's name for the kind.</summary>
    protected abstract string KindName { get; }

    protected static Argument Scale => ("gamma", Operand.Tensor(Gamma));

    protected Argument[] Scales => HasShift ? [Scale, ("beta", Operand.Tensor(Beta))] : [Scale];

    protected Argument[] ScaleGradients =>
        HasShift ? [("dgamma", Operand.TensorGradient(Gamma)), ("dbeta", Operand.TensorGradient(Beta))] : [("dgamma", Operand.TensorGradient(Gamma))];

    protected static Argument Statistics => ("statistics", Operand.Kept(StatisticsBlock));

    /// <summary>The rows of the pass.</summary>
    protected Operand Rows => Operand.Rows(Positions);

    /// <summary>A row in comments.</summary>
    protected string RowTitle => Positions == 1 ? "sample" : "position";

    /// <summary>The rows in comments.</summary>
    protected string RowsTitle => Positions == 1 ? "samples" : "samples and positions";

    protected Argument EpsilonArgument => ("epsilon", Operand.Number(Epsilon));

    private string ScaleNames => HasShift ? "γ and β" : "γ";

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

    /// <summary>The sums over samples for the gradients of its vectors.</summary>
    /// <param name="further">What else the kernel takes.</param>
    protected IEnumerable<Step> ScaleSums(params Argument[] further) =>
    [
        new NoteStep($"{Name}, parameters: the sums over {RowsTitle} of dy · {Normalized} for γ{(HasShift ? ", and of dy for β" : "")}."),
        KernelStep.Of(
            $"{KindName}.BackwardParameters",
            [Size],
            [("x", Operand.Value()), Statistics, ("dy", Operand.OutputGradient), .. ScaleGradients, Rows, .. further]),
    ];

    /// <summary>A vector of the layer, and where it starts.</summary>
    protected TensorSpec Vector(string name, int index) => TensorSpec.Vector(name, Size, Size, Offsets.Count > index ? Offsets[index] : index * Stride);
}
