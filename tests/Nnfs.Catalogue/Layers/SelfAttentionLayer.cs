using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>
/// With q, k and v of <c>x·W + b</c> each, head by head <c>softmax(q·kᵀ / √d)·v</c>, and of what the heads give side by side <c>y = o·Wo + bo</c>.
/// </summary>
/// <param name="Heads">The number of heads.</param>
/// <param name="Causal">Whether each step takes only from itself and from those before it.</param>
internal sealed record SelfAttentionLayer(int Heads, bool Causal = false) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("SelfAttention", Drawn)
    {
        Examples = [new SelfAttentionLayer(2), new SelfAttentionLayer(2, Causal: true), new SelfAttentionLayer(6)],
        ExampleShape = new(5, 6),
        Frequency = 5,
        HasParameters = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new("Dense(6), Reshape(2, 3), SelfAttention({|NNFS019:0|}), Dense(3)", "The heads of 'SelfAttention1' must be at least 1, but is 0"),
            new("Dense(12), {|other:Reshape(2, 6)|}, SelfAttention({|NNFS032:4|}), Dense(3)", "The 4 heads of 'SelfAttention1' do not divide its 6 features"),
            new(
                "{|other:Dense(4)|}, {|NNFS025:SelfAttention(2)|}, Dense(3)",
                "'SelfAttention1' takes sequences of steps × features, but 'Dense1' gives 4; add [Reshape(steps, features)] before it"),
        ],
    };

    private const int Queries = 0;
    private const int Keys = 1;
    private const int Values = 2;
    private const int Outputs = 3;

    private static readonly string[] s_names = ["Query", "Key", "Value", "Output"];

    public override LayerEntry Entry => Kind;

    public override float StoredSetting => Heads;

    public override IEnumerable<Argument> Arguments => [Argument.Of(Heads), .. Causal ? [new Argument("Causal", "true")] : (Argument[])[]];

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs)
    {
        int features = inputs[0].Channels;

        return
        [
            .. s_names.Select((name, i) => new ReferenceTensor($"{name}Weights", features, features)
            {
                Draw = (random, count) => random.Gaussians(count, (0.7 + (0.5 * random.NextDouble())) / Math.Sqrt(features)),

                // There is only one step to take from, whatever the scores are.
                IsCancelled = i <= Keys && inputs[0].Positions == 1,
            }),
            .. s_names.Select((name, i) => new ReferenceTensor($"{name}Biases", features)
            {
                Draw = ReferenceTensor.About(0, 0.5),

                // What all keys have in common changes no softmax.
                IsCancelled = i == Keys || (i == Queries && inputs[0].Positions == 1),
            }),
        ];
    }

    public override bool Fits(SampleShape input) => input.Channels % Heads == 0;

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) => (long)inputs[0].Size * ((4 * inputs[0].Channels) + (2 * inputs[0].Positions));

    public override double[] Forward(LayerPass pass)
    {
        double[][] projections = [.. Enumerable.Range(0, Outputs).Select(part => Product(pass, pass.Inputs[0], part))];
        double[] shares = new double[pass.Rows * Heads * Steps(pass)];
        double[] mixed = new double[pass.Inputs[0].Length];
        double[] magnitudes = new double[mixed.Length];

        ForEachQuery(pass, (query, keys, row, start) =>
        {
            double[] scores = [.. keys.Select(key => Dot(pass, projections[Queries], query, projections[Keys], key))];
            double[] rounded = pass.Rounding.Of(
                scores, () => [.. keys.Select(key => Dot(pass, projections[Queries], query, projections[Keys], key, isOfMagnitudes: true))]);
            double greatest = rounded.Max();
            double[] exponentials = [.. rounded.Select(score => Math.Exp(score - greatest))];
            double[] probabilities = pass.Rounding.Of([.. exponentials.Select(value => value / exponentials.Sum())]);

            foreach ((int i, int key) in keys.Index())
            {
                shares[row + i] = probabilities[i];

                for (int j = 0; j < Size(pass); j++)
                {
                    mixed[query + j] += probabilities[i] * projections[Values][key + j];
                    magnitudes[query + j] += probabilities[i] * Math.Abs(projections[Values][key + j]);
                }
            }
        });

        mixed = pass.Rounding.Of(mixed, () => magnitudes);
        pass.Kept = (projections, shares, mixed);

        return Product(pass, mixed, Outputs);
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        (double[][] projections, double[] shares, double[] mixed) = ((double[][], double[], double[]))pass.Kept!;
        double[] dmixed = BackwardInputs(pass, dy, Outputs);
        double[][] gradients = [.. projections.Select(static values => new double[values.Length])];
        double[][] magnitudes = [.. projections.Select(static values => new double[values.Length])];
        double scale = 1 / Math.Sqrt(Size(pass));

        ForEachQuery(pass, (query, keys, row, start) =>
        {
            double[] ofShares = [.. keys.Select(key => Dot(dmixed, query, projections[Values], key, Size(pass)))];
            double[] absolute = [.. keys.Select(key => Dot(dmixed, query, projections[Values], key, Size(pass), isOfMagnitudes: true))];
            double mean = ofShares.Select((value, i) => shares[row + i] * value).Sum();
            double meanOfMagnitudes = absolute.Select((value, i) => shares[row + i] * value).Sum();

            foreach ((int i, int key) in keys.Index())
            {
                double share = shares[row + i];
                double ofScore = share * (ofShares[i] - mean) * scale;
                double ofScoreAbsolute = share * (absolute[i] + meanOfMagnitudes) * scale;

                for (int j = 0; j < Size(pass); j++)
                {
                    Add(Queries, query + j, ofScore, ofScoreAbsolute, projections[Keys][key + j]);
                    Add(Keys, key + j, ofScore, ofScoreAbsolute, projections[Queries][query + j]);
                    Add(Values, key + j, share, share, dmixed[query + j]);
                }
            }
        });

        gradients = [.. gradients.Select((gradient, part) => pass.Rounding.Of(gradient, () => magnitudes[part]))];
        double[][] contributions = [.. gradients.Select((gradient, part) => BackwardInputs(pass, gradient, part))];
        double[] dx = pass.Rounding.Of(
            [.. contributions[0].Select((_, i) => contributions.Sum(contribution => contribution[i]))],
            () => [.. contributions[0].Select((_, i) => contributions.Sum(contribution => Math.Abs(contribution[i])))]);
        (double[] X, double[] Dy)[] products = [.. gradients.Select(gradient => (pass.Inputs[0], gradient)), (mixed, dy)];

        return new(
            dx,
            [
                .. products.Select(product => pass.Rounding.Of(Weights(product.X, product.Dy), () => Weights(Absolute(product.X), Absolute(product.Dy)))),
                .. products.Select(product => pass.Rounding.Of(
                    DenseLayer.BackwardBiases(product.Dy, pass.Columns), () => DenseLayer.BackwardBiases(Absolute(product.Dy), pass.Columns))),
            ]);

        double[] Weights(double[] x, double[] dy) => DenseLayer.BackwardWeights(x, dy, pass.Rows, pass.Columns, pass.Columns);

        void Add(int part, int index, double factor, double magnitude, double value)
        {
            gradients[part][index] += factor * value;
            magnitudes[part][index] += magnitude * Math.Abs(value);
        }
    }

    /// <summary>Goes through the queries of all heads.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="visit">Takes the places of a query, of the keys that count for it, and of its shares, and the number of the head.</param>
    private void ForEachQuery(LayerPass pass, Action<int, int[], int, int> visit)
    {
        int steps = Steps(pass);

        for (int row = 0; row < pass.Rows; row++)
        {
            int first = row / steps * steps;
            int count = Causal ? row - first + 1 : steps;

            for (int head = 0; head < Heads; head++)
            {
                int[] keys = [.. Enumerable.Range(first, count).Select(key => (key * pass.Columns) + (head * Size(pass)))];
                visit((row * pass.Columns) + (head * Size(pass)), keys, ((row * Heads) + head) * steps, head);
            }
        }
    }

    private static int Steps(LayerPass pass) => pass.Shapes[0].Positions;

    private int Size(LayerPass pass) => pass.Columns / Heads;

    private double Dot(LayerPass pass, double[] x, int xStart, double[] y, int yStart, bool isOfMagnitudes = false) =>
        Dot(x, xStart, y, yStart, Size(pass), isOfMagnitudes) / Math.Sqrt(Size(pass));

    private static double Dot(double[] x, int xStart, double[] y, int yStart, int count, bool isOfMagnitudes = false)
    {
        double sum = 0;

        for (int i = 0; i < count; i++)
        {
            double product = x[xStart + i] * y[yStart + i];
            sum += isOfMagnitudes ? Math.Abs(product) : product;
        }

        return sum;
    }

    private static double[] Product(LayerPass pass, double[] x, int part)
    {
        double[] w = pass.Tensors[part];
        double[] b = pass.Tensors[s_names.Length + part];

        return pass.Rounding.Of(
            DenseLayer.Forward(x, w, b, pass.Rows, pass.Columns, pass.Columns),
            () => DenseLayer.Forward(Absolute(x), Absolute(w), Absolute(b), pass.Rows, pass.Columns, pass.Columns));
    }

    private static double[] BackwardInputs(LayerPass pass, double[] dy, int part) => pass.Rounding.Of(
        DenseLayer.BackwardInputs(dy, pass.Tensors[part], pass.Rows, pass.Columns, pass.Columns),
        () => DenseLayer.BackwardInputs(Absolute(dy), Absolute(pass.Tensors[part]), pass.Rows, pass.Columns, pass.Columns));

    private static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);

    private static SelfAttentionLayer Drawn(LayerDraw draw)
    {
        int features = draw.Inputs[0].Channels;
        int[] divisors = [.. Enumerable.Range(1, features).Where(heads => features % heads == 0)];

        return new SelfAttentionLayer(draw.Random.Pick<int>(divisors), draw.Random.Chance(0.5));
    }
}
