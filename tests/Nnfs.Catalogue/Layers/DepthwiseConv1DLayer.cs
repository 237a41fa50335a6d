namespace Nnfs.Catalogue.Layers;

/// <summary>A convolution of each channel of sequences by itself: one of images of one row, whose pixels are the steps.</summary>
/// <param name="Window">The window.</param>
internal sealed record DepthwiseConv1DLayer(ImageWindow Window) : DepthwiseConv2DLayer(Window)
{
    public static new readonly LayerEntry Kind = new("DepthwiseConv1D", static draw => Drawn(draw, static window => new DepthwiseConv1DLayer(window)))
    {
        Examples =
        [
            new DepthwiseConv1DLayer(new ImageWindow(3)),
            new DepthwiseConv1DLayer(new ImageWindow(3) { Stride = 2, IsSame = true }) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new DepthwiseConv1DLayer(new ImageWindow(2) { Dilation = 2 }) { HasBiases = false },
            new DepthwiseConv1DLayer(new ImageWindow(4) { Dilation = 3, IsCausal = true }),
        ],
        ExampleShape = new(7, 19),
        Frequency = 8,
        HasParameters = true,
        TakesActivation = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new("Reshape(2, 1), DepthwiseConv1D({|NNFS019:0|})", "The kernel of 'DepthwiseConv1D1' must be at least 1, but is 0"),
            new("Reshape(2, 1), DepthwiseConv1D(1, Stride = {|NNFS019:0|})", "The stride of 'DepthwiseConv1D1' must be at least 1, but is 0"),
            new(
                "Reshape(2, 1), DepthwiseConv1D(1, BiasL2 = {|NNFS019:-1e-3f|})",
                "The BiasL2 of 'DepthwiseConv1D1' must be at least 0 and finite, but is -0.001"),
            new(
                "{|other:Reshape(2, 1, 1)|}, {|NNFS025:DepthwiseConv1D(2)|}",
                "'DepthwiseConv1D1' takes sequences of steps × channels, but 'Reshape1' gives 2 × 1 × 1 = 2; add [Reshape(steps, channels)] before it"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override IEnumerable<Argument> KernelArguments => [Argument.Of(Window.KernelWidth)];
}
