namespace Nnfs.Catalogue.Layers;

/// <summary>The mean of each channel over all steps or pixels.</summary>
internal sealed record GlobalAveragePoolLayer : GlobalPoolLayer
{
    public static readonly LayerEntry Kind = EntryOf("GlobalAveragePool", static () => new GlobalAveragePoolLayer());

    public override LayerEntry Entry => Kind;

    protected override double[] Shares(double[] values) => OfMean(values);

    protected override double RoundingOf(double[] values) => values.Average(Math.Abs);
}
