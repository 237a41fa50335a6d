using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>A convolution of any kind: sums of products, each of a value that it takes and a weight of the window.</summary>
/// <param name="Window">The window.</param>
internal abstract record ConvolutionLayer(ImageWindow Window) : ReferenceLayer
{
    /// <summary>Whether a bias is added to each filter or channel.</summary>
    public bool HasBiases { get; init; } = true;

    /// <summary>λ of the magnitudes and of the squares of the weights.</summary>
    public (float L1, float L2) WeightPenalty { get; init; }

    /// <summary>λ of the magnitudes and of the squares of the biases.</summary>
    public (float L1, float L2) BiasPenalty { get; init; }

    public override bool IsCausal => Window is { Stride: 1 } and ({ IsCausal: true } or { KernelWidth: 1 });

    /// <summary>The arguments that state the window, the biases and the penalties.</summary>
    public override IEnumerable<Argument> Arguments =>
    [
        .. KernelArguments,
        .. Window.Arguments(stride: 1),
        .. HasBiases ? [] : new[] { new Argument("UseBias", "false") },
        .. DenseLayer.PenaltyArguments(WeightPenalty, BiasPenalty),
    ];

    public override bool Fits(SampleShape input) => Window.Fits(input);

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs)
    {
        int[] tap = [.. TapOf(inputs[0])];
        int terms = Window.KernelHeight * Window.KernelWidth * (tap.Length == 1 ? 1 : tap[0]);

        // The variance that keeps values at their size through depth, or a little off it.
        ReferenceTensor weights = new("Weights", [.. KernelSizes(inputs[0]), .. tap])
        {
            Penalty = WeightPenalty,
            Draw = (random, count) => random.Gaussians(count, (0.7 + (0.5 * random.NextDouble())) / Math.Sqrt(terms)),
        };

        return HasBiases ? [weights, new("Biases", tap[^1]) { Penalty = BiasPenalty, Draw = ReferenceTensor.About(0, 0.5) }] : [weights];
    }

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
        int columns = OutputOf(pass.Shapes).Channels;
        double[] dx = pass.Rounding.Of(BackwardInputs(pass, dy, w), () => BackwardInputs(pass, Absolute(dy), Absolute(w)));
        double[] dw = pass.Rounding.Of(BackwardWeights(pass, x, dy), () => BackwardWeights(pass, Absolute(x), Absolute(dy)));

        return HasBiases
            ? new(dx, dw, pass.Rounding.Of(DenseLayer.BackwardBiases(dy, columns), () => DenseLayer.BackwardBiases(Absolute(dy), columns)))
            : new(dx, dw);
    }

    /// <summary>The arguments that state the size of the window.</summary>
    protected virtual IEnumerable<Argument> KernelArguments =>
        [Argument.Of(Window.KernelHeight), .. Window.KernelWidth == Window.KernelHeight ? [] : new[] { Argument.Of(Window.KernelWidth) }];

    /// <summary>The sizes of the weights of each pixel of the window; the last is that of the biases.</summary>
    protected abstract IEnumerable<int> TapOf(SampleShape image);

    /// <summary>Each product of a sample: which value it takes, which it goes into, and by which weight.</summary>
    /// <param name="image">The shape of the sample.</param>
    /// <param name="action">Takes the numbers of the three.</param>
    protected abstract void Each(SampleShape image, Action<int, int, int> action);

    /// <summary>A window, settings and penalties at random.</summary>
    protected static ConvolutionLayer Drawn(LayerDraw draw, Func<ImageWindow, ConvolutionLayer> layer)
    {
        Random random = draw.Random;
        SampleShape image = draw.Inputs[0];
        bool isOfSequences = image.Rank == 2;
        bool isPadded = random.Chance(isOfSequences ? 0.7 : 0.5);
        bool isCausal = isPadded && isOfSequences && random.Chance(0.7);
        int dilation = random.Pick(1, 1, 2);
        ImageWindow window = new(isOfSequences ? 1 : Kernel(image.Extents[0]), Kernel(image.Extents[^2]))
        {
            Stride = random.Pick(1, 1, 1, 2, 3),
            Dilation = dilation,
            IsSame = isPadded && !isCausal,
            IsCausal = isCausal,
        };
        ConvolutionLayer drawn = layer(window) with { HasBiases = random.Chance(0.8) };

        return random.Chance(0.3)
            ? drawn with { WeightPenalty = (random.Pick(0f, 1e-3f), random.Pick(0f, 0.01f)), BiasPenalty = (random.Pick(0f, 0.02f), random.Pick(0f, 5e-4f)) }
            : drawn;

        int Kernel(int size) => random.Next(1, (isPadded ? Math.Max(size, 3) : ((size - 1) / dilation) + 1) + 1);
    }

    private IEnumerable<int> KernelSizes(SampleShape image) =>
        image.Rank == 2 ? [Window.KernelWidth] : [Window.KernelHeight, Window.KernelWidth];

    private double[] Forward(LayerPass pass, double[] x, double[] w, double[]? b)
    {
        double[] y = new double[pass.Samples * OutputOf(pass.Shapes).Size];

        for (int i = 0; i < y.Length && b is not null; i++)
        {
            y[i] = b[i % b.Length];
        }

        EachOf(pass, (input, output, weight) => y[output] += x[input] * w[weight]);

        return y;
    }

    private double[] BackwardInputs(LayerPass pass, double[] dy, double[] w)
    {
        double[] dx = new double[pass.Inputs[0].Length];
        EachOf(pass, (input, output, weight) => dx[input] += dy[output] * w[weight]);

        return dx;
    }

    private double[] BackwardWeights(LayerPass pass, double[] x, double[] dy)
    {
        double[] dw = new double[pass.Tensors[0].Length];
        EachOf(pass, (input, output, weight) => dw[weight] += x[input] * dy[output]);

        return dw;
    }

    private void EachOf(LayerPass pass, Action<int, int, int> action)
    {
        SampleShape image = pass.Shapes[0];
        int outputs = OutputOf(pass.Shapes).Size;

        for (int sample = 0; sample < pass.Samples; sample++)
        {
            int firstInput = sample * image.Size;
            int firstOutput = sample * outputs;
            Each(image, (input, output, weight) => action(firstInput + input, firstOutput + output, weight));
        }
    }

    private static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);
}
