using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A layer normalisation: mean and variance over the values of a sample, or of each of its steps or pixels.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values of a row: the channels.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
/// <param name="Epsilon">What is added to the variance.</param>
internal sealed record LayerNorm(string Name, string FieldName, EquatableArray<int> Sources, string StoredAs, int Size, int Positions, float Epsilon)
    : RowNorm(Name, FieldName, Sources, StoredAs, Size, Positions, Epsilon)
{
    public static Layer Kind => new(nameof(LayerNorm), static layer => new LayerNorm(
        layer.Name,
        layer.FieldName,
        layer.Sources,
        layer.StoredAs,
        layer.Shape.Last,
        layer.Shape.Positions,
        layer.Positive(layer.Property("Epsilon", "epsilon", missing: 1e-5f))));

    public override long? Flops => 7L * Outputs;

    public override string ParametersType => "NormParameters";

    protected override string KindName => nameof(LayerNorm);

    protected override string[] StatisticTitles => ["mean", "inverse deviation"];

    protected override string Goal => "mean 0 and variance 1";

    protected override string GradientPath => "mean and variance";
}
