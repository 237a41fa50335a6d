using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A root mean square normalisation: the mean of the squares over the values of a sample, or of each of its steps or pixels.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the mean of the squares.</param>
internal sealed record RMSNorm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : RowNorm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    public static Layer Kind => new(nameof(RMSNorm), static layer => new RMSNorm(
        layer.Name,
        layer.FieldName,
        layer.Sources,
        layer.StoredAs,
        layer.Shape.Last,
        layer.Shape.Positions,
        layer.Positive(layer.Property("Epsilon", "epsilon", missing: 1e-5f))));

    public override long? Flops => 4L * Outputs;

    public override string ParametersType => "RMSNormParameters";

    public override string GradientsType => "RMSNormParameters";

    public override string StageType => "RMSNormStage";

    protected override string KindName => nameof(RMSNorm);

    protected override bool HasShift => false;

    protected override string Formula => $"γ · x / √(mean(x²) + {Wording.Plain(Epsilon)})";

    protected override string Normalized => "x / root mean square";

    protected override string[] StatisticTitles => ["inverse root mean square"];

    protected override string Goal => "a mean square of 1";

    protected override string GradientPath => "mean square";
}
