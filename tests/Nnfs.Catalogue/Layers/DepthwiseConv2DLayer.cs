namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[place, c] = b[c] + Σ x[pixel, c] · w[tap, c]</c> over the pixels of a window.</summary>
/// <param name="Window">The window.</param>
internal record DepthwiseConv2DLayer(ImageWindow Window) : ConvolutionLayer(Window)
{
    public static readonly LayerEntry Kind = new("DepthwiseConv2D", static draw => Drawn(draw, static window => new DepthwiseConv2DLayer(window)))
    {
        Examples =
        [
            new DepthwiseConv2DLayer(new ImageWindow(3, 3)),
            new DepthwiseConv2DLayer(new ImageWindow(2, 3) { Stride = 2, IsSame = true }) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new DepthwiseConv2DLayer(new ImageWindow(2, 2) { Dilation = 2 }) { HasBiases = false },
        ],
        ExampleShape = new(5, 4, 19),
        Frequency = 12,
        HasParameters = true,
        TakesActivation = true,
        Accepts = static shapes => shapes[0].Rank == 3,
        Faults =
        [
            new("Dense(9), Reshape(1, 3, 3), DepthwiseConv2D({|NNFS019:0|})", "The kernel of 'DepthwiseConv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(1, 3, 3), DepthwiseConv2D(1, {|NNFS019:-1|})", "The kernelWidth of 'DepthwiseConv2D1' must be at least 1, but is -1"),
            new("Dense(9), Reshape(3, 3, 1), DepthwiseConv2D(3, Stride = {|NNFS019:0|})", "The stride of 'DepthwiseConv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(3, 3, 1), DepthwiseConv2D(3, Dilation = {|NNFS019:0|})", "The dilation of 'DepthwiseConv2D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(1, 3, 3), DepthwiseConv2D(1, BiasL2 = {|NNFS019:-1e-3f|})",
                "The BiasL2 of 'DepthwiseConv2D1' must be at least 0 and finite, but is -0.001"),
            new(
                "Dense(9), Reshape(3, 3, 1), DepthwiseConv2D(3, Padding = {|NNFS028:Padding.Causal|})",
                "'DepthwiseConv2D1' has no causal padding, which is for convolutions of sequences; use Padding.Same or Padding.Valid"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Window.OutputOf(inputs[0], inputs[0].Channels);

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) => (long)OutputOf(inputs).Size * Window.KernelHeight * Window.KernelWidth;

    protected override IEnumerable<int> TapOf(SampleShape image) => [image.Channels];

    protected override void Each(SampleShape image, Action<int, int, int> action)
    {
        foreach ((int place, int tap, int pixel) in Window.Pixels(image))
        {
            for (int c = 0; c < image.Channels; c++)
            {
                action((pixel * image.Channels) + c, (place * image.Channels) + c, (tap * image.Channels) + c);
            }
        }
    }
}
