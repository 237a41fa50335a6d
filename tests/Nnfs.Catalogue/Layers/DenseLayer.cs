using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>y = x·W + b</c> of the whole sample, or of each of its steps or pixels.</summary>
/// <param name="Neurons">The number of values that it gives.</param>
internal sealed record DenseLayer(int Neurons) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Dense", Drawn)
    {
        Examples =
        [
            new DenseLayer(9),
            new DenseLayer(17) { WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new DenseLayer(5) { EachStep = true },
        ],
        Frequency = 38,
        HasParameters = true,
        TakesActivation = true,
        Faults =
        [
            new("Dense({|NNFS004:0|}, EachStep = true), ReLU", "'Dense1' must have at least 1 neuron, but has 0"),
            new("Dense(3, WeightL1 = {|NNFS019:-1e-3f|})", "The WeightL1 of 'Dense1' must be at least 0 and finite, but is -0.001"),
            new("Dense(3, WeightL2 = {|NNFS019:float.NegativeInfinity|})", "The WeightL2 of 'Dense1' must be at least 0 and finite, but is -Infinity"),
            new("Dense(3, BiasL1 = {|NNFS019:float.NaN|}), ReLU", "The BiasL1 of 'Dense1' must be at least 0 and finite, but is NaN"),
            new("Dense(3, Name = \"A\", BiasL2 = {|NNFS019:float.PositiveInfinity|})", "The BiasL2 of 'A' must be at least 0 and finite, but is Infinity"),
        ],
    };

    /// <summary>Whether it takes each step or pixel, rather than the whole sample.</summary>
    public bool EachStep { get; init; }

    /// <summary>λ of the magnitudes and of the squares of the weights.</summary>
    public (float L1, float L2) WeightPenalty { get; init; }

    /// <summary>λ of the magnitudes and of the squares of the biases.</summary>
    public (float L1, float L2) BiasPenalty { get; init; }

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => EachStep;

    public override IEnumerable<Argument> Arguments =>
    [
        Argument.Of(Neurons),
        .. EachStep ? [new Argument("EachStep", "true")] : (Argument[])[],
        .. PenaltyArguments(WeightPenalty, BiasPenalty),
    ];

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => EachStep ? inputs[0].WithChannels(Neurons) : new(Neurons);

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs) =>
    [
        // The variance that keeps values at their size through depth, or a little off it.
        new("Weights", FeaturesOf(inputs[0]), Neurons)
        {
            Penalty = WeightPenalty,
            Draw = (random, count) => random.Gaussians(count, (0.7 + (0.5 * random.NextDouble())) / Math.Sqrt(FeaturesOf(inputs[0]))),
        },
        new("Biases", Neurons) { Penalty = BiasPenalty, Draw = ReferenceTensor.About(0, 0.5) },
    ];

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) => (long)inputs[0].Size * Neurons;

    public override double[] Forward(LayerPass pass)
    {
        double[] x = pass.Inputs[0];
        (int samples, int inputs) = RowsOf(pass);

        return pass.Rounding.Of(
            Forward(x, pass.Tensors[0], pass.Tensors[1], samples, inputs, Neurons),
            () => Forward(Absolute(x), Absolute(pass.Tensors[0]), Absolute(pass.Tensors[1]), samples, inputs, Neurons));
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] x = pass.Inputs[0];
        double[] w = pass.Tensors[0];
        (int samples, int inputs) = RowsOf(pass);

        return new(
            pass.Rounding.Of(
                BackwardInputs(dy, w, samples, inputs, Neurons), () => BackwardInputs(Absolute(dy), Absolute(w), samples, inputs, Neurons)),
            pass.Rounding.Of(
                BackwardWeights(x, dy, samples, inputs, Neurons), () => BackwardWeights(Absolute(x), Absolute(dy), samples, inputs, Neurons)),
            pass.Rounding.Of(BackwardBiases(dy, Neurons), () => BackwardBiases(Absolute(dy), Neurons)));
    }

    /// <summary>The arguments that state what weights and biases add to the loss.</summary>
    public static IEnumerable<Argument> PenaltyArguments((float L1, float L2) weights, (float L1, float L2) biases) =>
    [
        .. Argument.Optional("WeightL1", Given(weights.L1)),
        .. Argument.Optional("WeightL2", Given(weights.L2)),
        .. Argument.Optional("BiasL1", Given(biases.L1)),
        .. Argument.Optional("BiasL2", Given(biases.L2)),
    ];

    /// <summary><c>y[i, j] = b[j] + Σₖ x[i, k] · w[k, j]</c>.</summary>
    public static double[] Forward(double[] x, double[] w, double[] b, int samples, int inputs, int neurons)
    {
        double[] y = new double[samples * neurons];

        for (int i = 0; i < samples; i++)
        {
            Span<double> row = y.AsSpan(i * neurons, neurons);
            b.AsSpan(..neurons).CopyTo(row);

            for (int k = 0; k < inputs; k++)
            {
                double factor = x[(i * inputs) + k];
                ReadOnlySpan<double> weights = w.AsSpan(k * neurons, neurons);

                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * weights[j];
                }
            }
        }

        return y;
    }

    /// <summary><c>dw[k, j] = Σᵢ x[i, k] · dy[i, j]</c>.</summary>
    public static double[] BackwardWeights(double[] x, double[] dy, int samples, int inputs, int neurons)
    {
        double[] dw = new double[inputs * neurons];

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<double> gradients = dy.AsSpan(i * neurons, neurons);

            for (int k = 0; k < inputs; k++)
            {
                double factor = x[(i * inputs) + k];
                Span<double> row = dw.AsSpan(k * neurons, neurons);

                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * gradients[j];
                }
            }
        }

        return dw;
    }

    /// <summary><c>db[j] = Σᵢ dy[i, j]</c>.</summary>
    public static double[] BackwardBiases(double[] dy, int neurons)
    {
        double[] db = new double[neurons];

        for (int i = 0; i < dy.Length; i++)
        {
            db[i % neurons] += dy[i];
        }

        return db;
    }

    /// <summary><c>dx[i, k] = Σⱼ dy[i, j] · w[k, j]</c>.</summary>
    public static double[] BackwardInputs(double[] dy, double[] w, int samples, int inputs, int neurons)
    {
        double[] dx = new double[samples * inputs];

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<double> gradients = dy.AsSpan(i * neurons, neurons);

            for (int k = 0; k < inputs; k++)
            {
                ReadOnlySpan<double> weights = w.AsSpan(k * neurons, neurons);
                double sum = 0;

                for (int j = 0; j < weights.Length; j++)
                {
                    sum += gradients[j] * weights[j];
                }

                dx[(i * inputs) + k] = sum;
            }
        }

        return dx;
    }

    private int FeaturesOf(SampleShape input) => EachStep ? input.Channels : input.Size;

    /// <summary>The number of rows that it takes, and their length.</summary>
    private (int Rows, int Features) RowsOf(LayerPass pass) => EachStep ? (pass.Rows, pass.Columns) : (pass.Samples, pass.Shapes[0].Size);

    private static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);

    private static float? Given(float penalty) => penalty == 0 ? null : penalty;

    private static DenseLayer Drawn(LayerDraw draw)
    {
        DenseLayer layer = new(draw.Width()) { EachStep = draw.Random.Chance(draw.Inputs[0].Rank > 1 ? 0.6 : 0.03) };

        return draw.Random.Chance(0.3) ? layer with { WeightPenalty = Penalty(), BiasPenalty = Penalty() } : layer;

        (float L1, float L2) Penalty() => (draw.Random.Pick(0f, 0f, 1e-3f, 0.02f), draw.Random.Pick(0f, 5e-4f, 0.01f));
    }
}
