using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[place, f] = b[f] + Σ x[pixel, c] · w[tap, c, f]</c> over the pixels of a window and the channels of the filter's group.</summary>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Window">The window.</param>
internal sealed record Conv2DLayer(int Filters, ImageWindow Window) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Conv2D", Drawn)
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
            new("Dense(9), Reshape(1, 3, 3), Conv2D({|NNFS004:0|}, 1), ReLU", "'Conv2D1' must have at least 1 filter, but has 0"),
            new("Dense(9), Reshape(1, 3, 3), Conv2D(4, {|NNFS019:0|})", "The kernel of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(1, 3, 3), Conv2D(4, 1, {|NNFS019:-1|})", "The kernelWidth of 'Conv2D1' must be at least 1, but is -1"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Stride = {|NNFS019:0|})", "The Stride of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Dilation = {|NNFS019:0|})", "The Dilation of 'Conv2D1' must be at least 1, but is 0"),
            new("Dense(9), Reshape(3, 3, 1), Conv2D(4, 3, Groups = {|NNFS019:0|})", "The Groups of 'Conv2D1' must be at least 1, but is 0"),
            new(
                "Dense(9), Reshape(3, 1, 3), Conv2D(4, 3, 1, Groups = {|NNFS027:2|})",
                "The 2 groups of 'Conv2D1' do not divide the 3 channels that 'Reshape1' gives"),
            new("Dense(9), Reshape(3, 1, 3), Conv2D(4, 3, 1, Groups = {|NNFS027:3|})", "The 3 groups of 'Conv2D1' do not divide its 4 filters"),
            new(
                "Dense(9), Reshape(1, 3, 3), Conv2D(4, 1, WeightL1 = {|NNFS019:-1e-3f|})",
                "The WeightL1 of 'Conv2D1' must be at least 0 and finite, but is -0.001"),
        ],
    };

    /// <summary>Into how many groups channels and filters are divided.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether a bias is added to each filter.</summary>
    public bool HasBiases { get; init; } = true;

    /// <summary>λ of the magnitudes and of the squares of the weights.</summary>
    public (float L1, float L2) WeightPenalty { get; init; }

    /// <summary>λ of the magnitudes and of the squares of the biases.</summary>
    public (float L1, float L2) BiasPenalty { get; init; }

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments =>
    [
        Argument.Of(Filters),
        Argument.Of(Window.KernelHeight),
        .. Window.KernelWidth == Window.KernelHeight ? [] : new[] { Argument.Of(Window.KernelWidth) },
        .. Window.Arguments(stride: 1),
        .. Groups == 1 ? [] : new[] { Argument.Of(Groups) with { Name = "Groups" } },
        .. HasBiases ? [] : new[] { new Argument("UseBias", "false") },
        .. DenseLayer.PenaltyArguments(WeightPenalty, BiasPenalty),
    ];

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Window.OutputOf(inputs[0], Filters);

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs)
    {
        int channels = inputs[0].Channels / Groups;

        // The variance that keeps values at their size through depth, or a little off it.
        ReferenceTensor weights = new("Weights", Window.KernelHeight, Window.KernelWidth, channels, Filters)
        {
            Penalty = WeightPenalty,
            Draw = (random, count) => random.Gaussians(
                count, (0.7 + (0.5 * random.NextDouble())) / Math.Sqrt(Window.KernelHeight * Window.KernelWidth * channels)),
        };

        return HasBiases ? [weights, new("Biases", Filters) { Penalty = BiasPenalty, Draw = ReferenceTensor.About(0, 0.5) }] : [weights];
    }

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) =>
        (long)OutputOf(inputs).Size * Window.KernelHeight * Window.KernelWidth * inputs[0].Channels / Groups;

    public override double[] Forward(LayerPass pass)
    {
        double[][] tensors = pass.Tensors;

        return pass.Rounding.Of(
            Forward(pass, pass.Inputs[0], tensors[0], HasBiases ? tensors[1] : null),
            () => Forward(pass, Absolute(pass.Inputs[0]), Absolute(tensors[0]), HasBiases ? Absolute(tensors[1]) : null));
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] x = pass.Inputs[0];
        double[] w = pass.Tensors[0];
        double[] dx = pass.Rounding.Of(BackwardInputs(pass, dy, w), () => BackwardInputs(pass, Absolute(dy), Absolute(w)));
        double[] dw = pass.Rounding.Of(BackwardWeights(pass, x, dy), () => BackwardWeights(pass, Absolute(x), Absolute(dy)));

        return HasBiases
            ? new(dx, dw, pass.Rounding.Of(DenseLayer.BackwardBiases(dy, Filters), () => DenseLayer.BackwardBiases(Absolute(dy), Filters)))
            : new(dx, dw);
    }

    private double[] Forward(LayerPass pass, double[] x, double[] w, double[]? b)
    {
        double[] y = new double[pass.Samples * OutputOf(pass.Shapes).Size];

        for (int i = 0; i < y.Length && b is not null; i++)
        {
            y[i] = b[i % Filters];
        }

        Each(pass, (input, output, weight) => y[output] += x[input] * w[weight]);

        return y;
    }

    private double[] BackwardInputs(LayerPass pass, double[] dy, double[] w)
    {
        double[] dx = new double[pass.Inputs[0].Length];
        Each(pass, (input, output, weight) => dx[input] += dy[output] * w[weight]);

        return dx;
    }

    private double[] BackwardWeights(LayerPass pass, double[] x, double[] dy)
    {
        double[] dw = new double[pass.Tensors[0].Length];
        Each(pass, (input, output, weight) => dw[weight] += x[input] * dy[output]);

        return dw;
    }

    /// <summary>Each product of a pass: which value it takes, which it goes into, and by which weight.</summary>
    private void Each(LayerPass pass, Action<int, int, int> action)
    {
        SampleShape image = pass.Shapes[0];
        int outputs = OutputOf(pass.Shapes).Size;
        int channels = image.Channels / Groups;
        int filters = Filters / Groups;

        for (int sample = 0; sample < pass.Samples; sample++)
        {
            foreach ((int place, int tap, int pixel) in Window.Pixels(image))
            {
                for (int c = 0; c < channels; c++)
                {
                    for (int f = 0; f < Filters; f++)
                    {
                        action(
                            (sample * image.Size) + (pixel * image.Channels) + (f / filters * channels) + c,
                            (sample * outputs) + (place * Filters) + f,
                            (((tap * channels) + c) * Filters) + f);
                    }
                }
            }
        }
    }

    private static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);

    private static Conv2DLayer Drawn(LayerDraw draw)
    {
        Random random = draw.Random;
        SampleShape image = draw.Inputs[0];
        bool isSame = random.Chance(0.5);
        ImageWindow window = new(Kernel(image.Extents[0]), Kernel(image.Extents[1]))
        {
            Stride = random.Pick(1, 1, 1, 2, 3),
            Dilation = isSame ? random.Pick(1, 1, 2) : 1,
            IsSame = isSame,
        };
        int groups = random.Chance(0.75) ? 1 : random.Pick<int>([.. Enumerable.Range(1, image.Channels).Where(count => image.Channels % count == 0)]);
        int filters = groups * Math.Max(1, Math.Min(draw.Width(), 24) / groups);
        Conv2DLayer layer = new(filters, window) { Groups = groups, HasBiases = random.Chance(0.8) };

        return random.Chance(0.3)
            ? layer with { WeightPenalty = (random.Pick(0f, 1e-3f), random.Pick(0f, 0.01f)), BiasPenalty = (random.Pick(0f, 0.02f), random.Pick(0f, 5e-4f)) }
            : layer;

        int Kernel(int size) => random.Next(1, (isSame ? Math.Max(size, 3) : size) + 1);
    }
}
