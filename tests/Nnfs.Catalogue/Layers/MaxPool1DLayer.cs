namespace Nnfs.Catalogue.Layers;

/// <summary>The greatest value of each channel in a window of steps.</summary>
internal sealed record MaxPool1DLayer(int Size, int? Stride, bool IsSame) : MaxPool2DLayer(Size, Stride, IsSame)
{
    public static new readonly LayerEntry Kind =
        SequenceEntryOf("MaxPool1D", static (size, stride, isSame) => new MaxPool1DLayer(size, stride, isSame));

    public override LayerEntry Entry => Kind;

    protected override bool IsOfSequences => true;
}
