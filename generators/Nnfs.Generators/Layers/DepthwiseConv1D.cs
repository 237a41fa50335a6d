namespace Nnfs.Generators.Layers;

/// <summary>A convolution of each channel of sequences by itself: of images of one row, whose pixels are the steps.</summary>
internal sealed record DepthwiseConv1D : DepthwiseConv2D
{
    private DepthwiseConv1D(DepthwiseConv2D row)
        : base(row)
    {
    }

    public static new Layer Kind => new(nameof(DepthwiseConv1D), static layer => new DepthwiseConv1D(Read(layer, ReadSequenceWindow)))
    {
        TakesActivation = true,
    };

    protected override string KindName => nameof(DepthwiseConv1D);
}
