namespace Nnfs.Catalogue.Layers;

/// <summary>The mean of each channel in a window of steps.</summary>
internal sealed record AveragePool1DLayer(int Size, int? Stride, bool IsSame) : AveragePool2DLayer(Size, Stride, IsSame)
{
    public static new readonly LayerEntry Kind =
        SequenceEntryOf("AveragePool1D", static (size, stride, isSame) => new AveragePool1DLayer(size, stride, isSame));

    public override LayerEntry Entry => Kind;

    protected override bool IsOfSequences => true;
}
