namespace Nnfs.Catalogue.Layers;

/// <summary>The greatest value of each channel over all steps or pixels.</summary>
internal sealed record GlobalMaxPoolLayer : GlobalPoolLayer
{
    public static readonly LayerEntry Kind = EntryOf("GlobalMaxPool", static () => new GlobalMaxPoolLayer());

    public override LayerEntry Entry => Kind;

    public override IEnumerable<double[]> Bends(LayerPass pass) => Leads(pass);

    protected override double[] Shares(double[] values) => OfGreatest(values);

    /// <summary>Nothing is rounded.</summary>
    protected override double RoundingOf(double[] values) => 0;
}
