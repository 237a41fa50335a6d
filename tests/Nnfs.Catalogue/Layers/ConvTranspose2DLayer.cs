namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[pixel, f] = b[f] + Σ x[place, c] · w[tap, c, f]</c> over the places at which a window over the output takes the pixel by a tap.</summary>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Window">The window, which moves over what it gives.</param>
internal sealed record ConvTranspose2DLayer(int Filters, ImageWindow Window) : ConvolutionLayer(Window)
{
    public static readonly LayerEntry Kind = new(
        "ConvTranspose2D", static draw => Drawn(draw, window => new ConvTranspose2DLayer(Math.Min(draw.Width(), 24), window)))
    {
        Examples =
        [
            new ConvTranspose2DLayer(5, new(3, 3)),
            new ConvTranspose2DLayer(17, new(2, 3) { Stride = 2, IsSame = true }) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new ConvTranspose2DLayer(6, new(2, 2) { Stride = 2, Dilation = 2 }) { HasBiases = false },
            new ConvTranspose2DLayer(3, new(1, 2) { Stride = 3, IsSame = true }),
        ],
        ExampleShape = new(5, 4, 4),
        Frequency = 12,
        HasParameters = true,
        TakesActivation = true,
        Accepts = static shapes => shapes[0].Rank == 3 && shapes[0].Extents[0] * shapes[0].Extents[1] <= 36,
        Faults =
        [
            new("Dense(9), Reshape(1, 3, 3), ConvTranspose2D({|NNFS004:0|}, 1), ReLU", "'ConvTranspose2D1' must have at least 1 filter, but has 0"),
            new("Dense(9), Reshape(1, 3, 3), ConvTranspose2D(4, {|NNFS019:0|})", "The kernel of 'ConvTranspose2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(1, 3, 3), ConvTranspose2D(4, 1, {|NNFS019:-1|})", "The kernelWidth of 'ConvTranspose2D1' must be at least 1, but is -1"),
            new("Dense(9), Reshape(3, 3, 1), ConvTranspose2D(4, 3, Stride = {|NNFS019:0|})", "The stride of 'ConvTranspose2D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(3, 3, 1), ConvTranspose2D(4, 3, Dilation = {|NNFS019:0|})",
                "The dilation of 'ConvTranspose2D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(1, 3, 3), ConvTranspose2D(4, 1, WeightL1 = {|NNFS019:-1e-3f|})",
                "The WeightL1 of 'ConvTranspose2D1' must be at least 0 and finite, but is -0.001"),
            new(
                "Dense(9), Reshape(3, 3, 1), ConvTranspose2D(4, 3, Padding = {|NNFS028:Padding.Causal|})",
                "'ConvTranspose2D1' has no causal padding, which is for convolutions of sequences; use Padding.Same or Padding.Valid"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => [Argument.Of(Filters), .. base.Arguments];

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Window.TransposedOutputOf(inputs[0], Filters);

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) => (long)inputs[0].Size * Window.KernelHeight * Window.KernelWidth * Filters;

    protected override IEnumerable<int> TapOf(SampleShape image) => [image.Channels, Filters];

    protected override void Each(SampleShape image, Action<int, int, int> action)
    {
        foreach ((int place, int tap, int pixel) in Window.Pixels(Window.TransposedOutputOf(image, Filters)))
        {
            for (int c = 0; c < image.Channels; c++)
            {
                for (int f = 0; f < Filters; f++)
                {
                    action((place * image.Channels) + c, (pixel * Filters) + f, (((tap * image.Channels) + c) * Filters) + f);
                }
            }
        }
    }
}
