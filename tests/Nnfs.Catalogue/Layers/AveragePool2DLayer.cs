namespace Nnfs.Catalogue.Layers;

/// <summary>The mean of each channel in a window.</summary>
internal record AveragePool2DLayer(int Size, int? Stride, bool IsSame) : WindowPoolLayer(Size, Stride, IsSame)
{
    public static readonly LayerEntry Kind = EntryOf("AveragePool2D", static (size, stride, isSame) => new AveragePool2DLayer(size, stride, isSame));

    public override LayerEntry Entry => Kind;

    protected override double[] Shares(double[] values) => OfMean(values);

    protected override double RoundingOf(double[] values) => values.Average(Math.Abs);
}
