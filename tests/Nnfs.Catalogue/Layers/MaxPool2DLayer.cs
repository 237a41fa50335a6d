namespace Nnfs.Catalogue.Layers;

/// <summary>The greatest value of each channel in a window.</summary>
internal record MaxPool2DLayer(int Size, int? Stride, bool IsSame) : WindowPoolLayer(Size, Stride, IsSame)
{
    public static readonly LayerEntry Kind = EntryOf("MaxPool2D", static (size, stride, isSame) => new MaxPool2DLayer(size, stride, isSame));

    public override LayerEntry Entry => Kind;

    public override IEnumerable<double[]> Bends(LayerPass pass) => Leads(pass);

    protected override double[] Shares(double[] values) => OfGreatest(values);

    /// <summary>Nothing is rounded.</summary>
    protected override double RoundingOf(double[] values) => 0;
}
