using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[place, f] = b[f] + Σ x[pixel, c] · w[tap, c, f]</c> over the pixels of a window and the channels of the filter's group.</summary>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Window">The window.</param>
internal record Conv2DLayer(int Filters, ImageWindow Window) : ConvolutionLayer(Window)
{
    public static readonly LayerEntry Kind = new("Conv2D", static draw => Drawn(draw, static (filters, window) => new Conv2DLayer(filters, window)))
    {
        Examples =
        [
            new Conv2DLayer(5, new(3, 3)),
            new Conv2DLayer(17, new(2, 3) { Stride = 2, IsSame = true }) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new Conv2DLayer(6, new(2, 2) { Dilation = 2 }) { Groups = 2, HasBiases = false },
        ],
        ExampleShape = new(5, 4, 4),
        Frequency = 30,
        HasParameters = true,
        TakesActivation = true,
        Accepts = static shapes => shapes[0].Rank == 3,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:Conv2D(4, 3, Groups = 2)|}, Dense(3)",
                "'Conv2D1' takes images of height × width × channels, but 'Dense1' gives 4; add [Reshape(height, width, channels)] before it"),
            new("Dense(9), Reshape(1, 3, 3), Conv2D({|NNFS004:0|}, 1), ReLU", "'Conv2D1' must have at least 1 filter, but has 0"),
            new("Dense(9), Reshape(1, 3, 3), Conv2D(4, {|NNFS019:0|})", "The kernel of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(1, 3, 3), Conv2D(4, 1, {|NNFS019:-1|})", "The kernelWidth of 'Conv2D1' must be at least 1, but is -1"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Stride = {|NNFS019:0|})", "The stride of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Dilation = {|NNFS019:0|})", "The dilation of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Groups = {|NNFS019:0|})", "The groups of 'Conv2D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(3, 1, 3), Conv2D(4, 3, 1, Groups = {|NNFS027:2|})",
                "The 2 groups of 'Conv2D1' do not divide the 3 channels that 'Reshape1' gives"),
            new("Dense(9), Reshape(3, 1, 3), Conv2D(4, 3, 1, Groups = {|NNFS027:3|})", "The 3 groups of 'Conv2D1' do not divide its 4 filters"),
            new(
                "Dense(9), Reshape(1, 3, 3), Conv2D(4, 1, WeightL1 = {|NNFS019:-1e-3f|})",
                "The WeightL1 of 'Conv2D1' must be at least 0 and finite, but is -0.001"),
            new(
                "Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Padding = {|NNFS028:Padding.Causal|})",
                "'Conv2D1' has no causal padding, which is for convolutions of sequences; use Padding.Same or Padding.Valid"),
        ],
    };

    /// <summary>Into how many groups channels and filters are divided.</summary>
    public int Groups { get; init; } = 1;

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments =>
        [Argument.Of(Filters), .. base.Arguments, .. Groups == 1 ? [] : new[] { Argument.Of(Groups) with { Name = "Groups" } }];

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Window.OutputOf(inputs[0], Filters);

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) =>
        (long)OutputOf(inputs).Size * Window.KernelHeight * Window.KernelWidth * inputs[0].Channels / Groups;

    protected override IEnumerable<int> TapOf(SampleShape image) => [image.Channels / Groups, Filters];

    protected override void Each(SampleShape image, Action<int, int, int> action)
    {
        int channels = image.Channels / Groups;
        int filters = Filters / Groups;

        foreach ((int place, int tap, int pixel) in Window.Pixels(image))
        {
            for (int c = 0; c < channels; c++)
            {
                for (int f = 0; f < Filters; f++)
                {
                    action(
                        (pixel * image.Channels) + (f / filters * channels) + c,
                        (place * Filters) + f,
                        (((tap * channels) + c) * Filters) + f);
                }
            }
        }
    }

    /// <summary>A layer with filters, groups, a window and other settings at random.</summary>
    /// <param name="draw">What it is drawn from.</param>
    /// <param name="create">A layer of the kind.</param>
    protected static ConvolutionLayer Drawn(LayerDraw draw, Func<int, ImageWindow, Conv2DLayer> create) => Drawn(draw, window =>
    {
        int channels = draw.Inputs[0].Channels;
        int groups = draw.Random.Chance(0.75) ? 1 : draw.Random.Pick<int>([.. Enumerable.Range(1, channels).Where(count => channels % count == 0)]);

        return create(groups * Math.Max(1, Math.Min(draw.Width(), 24) / groups), window) with { Groups = groups };
    });
}
