using Nnfs.Generators.Tests.Gradients;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The numbers of a case, all in float32 as the graph gets them, and what the reference makes of them.</summary>
internal sealed class GraphBatch
{
    /// <summary>
    /// How many times the error that roundings at random give a number has to fit between it and zero, where a gradient jumps at zero. Closer,
    /// float32 and float64 may disagree about its sign: both are right then and yet differ by far more than any tolerance.
    /// </summary>
    private const double LeastDistance = 8;

    private const int Trials = 6;
    private const int MostDraws = 40;

    private readonly GraphCase _graph;

    private GraphBatch(GraphCase graph, Random random)
    {
        _graph = graph;
        Tensors = [.. graph.Layers.Select(layer => DrawTensors(graph, layer, random))];
        Inputs = [.. graph.Inputs.Select(input => Batch.Gaussians(random, graph.Batch * input.Size, 1))];
        DropoutSeed = (ulong)random.NextInt64();

        int[][] labels = new int[graph.Outputs.Length][];
        float[][] targets = new float[graph.Outputs.Length][];

        for (int i = 0; i < graph.Outputs.Length; i++)
        {
            (labels[i], targets[i]) = DrawAnswers(graph, i, random);
        }

        Answers = new GraphAnswers(graph.TakesLabels, labels, targets);
        Values = [.. Tensors.Select(static tensors => tensors.Select(InDouble).ToArray())];
        InputValues = [.. Inputs.Select(InDouble)];
        Reference = new GraphReference(graph, Values);
        Training = Reference.Forward(InputValues, Masks(graph, DropoutSeed), graph.Batch);
        Prediction = Reference.Forward(InputValues, masks: null, graph.Batch);
        TrainingGradients = GradientsOf(Reference, Training);
        PredictionGradients = GradientsOf(Reference, Prediction);
    }

    /// <summary>The tensors of each layer.</summary>
    public float[][][] Tensors { get; }

    public float[][] Inputs { get; }

    public GraphAnswers Answers { get; }

    /// <summary>Where the masks of the first training pass come from.</summary>
    public ulong DropoutSeed { get; }

    /// <summary>The tensors in float64, which the reference goes on reading.</summary>
    public double[][][] Values { get; }

    public double[][] InputValues { get; }

    public GraphReference Reference { get; }

    /// <summary>The training pass with the masks of <see cref="DropoutSeed"/>.</summary>
    public GraphPass Training { get; }

    /// <summary>The pass without masks and with running averages.</summary>
    public GraphPass Prediction { get; }

    public GraphGradients TrainingGradients { get; }

    public GraphGradients PredictionGradients { get; }

    /// <summary>Draws numbers that float32 has digits enough for and that keep away from kinks; <see langword="null"/> where no draw gives such.</summary>
    public static GraphBatch? Draw(GraphCase graph, Random random)
    {
        for (int i = 0; i < MostDraws; i++)
        {
            GraphBatch batch = new(graph, random);

            if (batch.SuitsSingle(random))
            {
                return batch;
            }
        }

        return null;
    }

    /// <summary>
    /// What each value of a dropout is multiplied by. Only here a kernel is asked: the mask of the n-th dropout is what it makes of ones, with the seed of
    /// the pass and the number n. Which values those are is a matter of the kernel's own tests.
    /// </summary>
    public static double[]?[] Masks(GraphCase graph, ulong seed)
    {
        double[]?[] masks = new double[graph.Layers.Length][];
        int number = 0;

        for (int i = 0; i < masks.Length; i++)
        {
            if (graph.Layers[i] is { Kind: GraphLayerKind.Dropout } dropout)
            {
                float[] ones = new float[graph.Batch * dropout.Size];
                Array.Fill(ones, 1f);
                Kernels.Dropout.Forward(ones, dropout.Setting, Kernels.Dropout.Seed(seed, ++number), first: 0, ones);
                masks[i] = InDouble(ones);
            }
        }

        return masks;
    }

    /// <summary>The outputs of a pass, as the user gets them.</summary>
    public double[][] Outputs(GraphPass pass) =>
        [.. _graph.Outputs.Select((output, i) => GraphLosses.Output(output, pass[output.Source], _graph.OutputSize(i), pass.Samples))];

    /// <summary>The terms whose sum is the loss of each output, before it is weighted; none where the graph has losses and this output has none.</summary>
    public double[][] Terms(GraphPass pass) => [.. _graph.Outputs.Select((output, i) => _graph.HasLoss && output.Loss == GraphLossKind.None
        ? []
        : GraphLosses.Terms(output, pass[output.Source], Answers.Targets[i], _graph.OutputSize(i), pass.Samples))];

    /// <summary>
    /// Whether a finite difference between two passes means anything: whether both took the same piece of a function that is smooth only in pieces,
    /// and nothing is clipped.
    /// </summary>
    public bool OnSamePiece(GraphPass one, GraphPass other) =>
        Kinks(one).Zip(Kinks(other)).All(static pair => pair.First.Zip(pair.Second).All(static values => values.First > 0 == values.Second > 0))
        && !_graph.Outputs.Any(output => GraphLosses.IsClipped(output, one[output.Source]) || GraphLosses.IsClipped(output, other[output.Source]));

    /// <summary>All gradients of a pass with what they are called and the scale that their errors are measured by.</summary>
    public IEnumerable<GraphTensor> TensorsOf(GraphGradients gradients)
    {
        double largest = gradients.Parameters.SelectMany(static layer => layer).Concat(gradients.Inputs).Max(Largest);

        for (int i = 0; i < gradients.Parameters.Length; i++)
        {
            for (int k = 0; k < gradients.Parameters[i].Length; k++)
            {
                yield return new($"{_graph.Layers[i].Name} [{k}]", Values[i][k], gradients.Parameters[i][k], Scale(i, gradients.Parameters[i][k]));
            }
        }

        for (int k = 0; k < gradients.Inputs.Length; k++)
        {
            yield return new($"input {k}", InputValues[k], gradients.Inputs[k], Scale(~k, gradients.Inputs[k]));
        }

        // An element is a sum whose terms are as large as the largest element, so its error is too. But a normalisation takes away whatever a
        // shift or a factor of the values before it would change: of biases before a batch normalisation nothing is left but roundings, and of two
        // samples next to nothing. What was there before is as large as other gradients of the network.
        double Scale(int source, double[] gradient) => _graph.IsCancelled(source) ? largest : Largest(gradient);
    }

    private static double Largest(double[] values) => values.Length == 0 ? 0 : values.Max(Math.Abs);

    private static double[] InDouble(float[] values) => Array.ConvertAll(values, static value => (double)value);

    private static float[][] DrawTensors(GraphCase graph, GraphLayer layer, Random random)
    {
        float[] About(double mean, double deviation) => Array.ConvertAll(Batch.Gaussians(random, layer.Size, deviation), value => (float)(mean + value));

        switch (layer.Kind)
        {
            case GraphLayerKind.Dense:
                // The variance that keeps values at their size through depth, or a little off it.
                int inputs = graph.SizeOf(layer.Sources[0]);
                double gain = (0.7 + (0.5 * random.NextDouble())) / Math.Sqrt(inputs);

                return [Batch.Gaussians(random, inputs * layer.Size, gain), Batch.Gaussians(random, layer.Size, 0.5)];

            case GraphLayerKind.RMSNorm:
                return [About(1, 0.3)];

            case GraphLayerKind.LayerNorm:
                return [About(1, 0.3), About(0, 0.5)];

            case GraphLayerKind.BatchNorm:
                return [About(1, 0.3), About(0, 0.5), About(0, 0.3), Array.ConvertAll(About(0, 0.4), static value => 0.5f + Math.Abs(value))];

            default:
                return [];
        }
    }

    private static (int[] Labels, float[] Targets) DrawAnswers(GraphCase graph, int index, Random random)
    {
        GraphOutput output = graph.Outputs[index];
        int size = graph.OutputSize(index);

        if (output.IsCategorical)
        {
            int[] classes = [.. Enumerable.Range(0, graph.Batch).Select(_ => random.Next(size))];

            return (classes, graph.TakesLabels || random.Next(2) == 0 ? Batch.OneHot(classes, size) : Batch.Distributions(random, graph.Batch, size));
        }

        if (output.IsBinary)
        {
            int[] bits = [.. Enumerable.Range(0, graph.Batch * size).Select(_ => random.Next(2))];

            bool areBits = graph.TakesLabels || random.Next(2) == 0;

            return (bits, Array.ConvertAll(bits, bit => areBits ? bit : random.NextSingle()));
        }

        return ([], Batch.Gaussians(random, graph.Batch * size, 1));
    }

    private GraphGradients GradientsOf(GraphReference reference, GraphPass pass) =>
        GradientsOf(reference, pass, roundings: null);

    private GraphGradients GradientsOf(GraphReference reference, GraphPass pass, Random? roundings) => reference.Backward(
        pass,
        [.. _graph.Outputs.Select((output, i) =>
        {
            if (_graph.HasLoss && output.Loss == GraphLossKind.None)
            {
                return null;
            }

            double[] gradient = GraphLosses.Gradient(
                output, pass[output.Source], Answers.Targets[i], _graph.OutputSize(i), pass.Samples, out double[] magnitudes);

            return roundings is null ? gradient : gradient.Zip(magnitudes, (value, magnitude) =>
                value + (((2 * roundings.NextDouble()) - 1) * ReferenceNetwork.SingleRounding * magnitude)).ToArray();
        })]);

    /// <summary>The numbers at whose zeros gradients jump.</summary>
    private IEnumerable<double[]> Kinks(GraphPass pass) =>
        _graph.Layers.SelectMany(layer => layer.Kinks.Select(kink => Array.ConvertAll(pass[layer.Sources[0]], value => value - kink)))
            .Concat(_graph.Outputs.SelectMany((output, i) => GraphLosses.Bends(output, pass[output.Source], Answers.Targets[i])));

    private bool SuitsSingle(Random random)
    {
        GraphReference rounded = new(_graph, Values, random);

        return Suits(rounded, Training, TrainingGradients, random) && Suits(rounded, Prediction, PredictionGradients, random);
    }

    private bool Suits(GraphReference rounded, GraphPass pass, GraphGradients gradients, Random random)
    {
        double[][] kinks = [.. Kinks(pass)];
        double[][] outputs = Outputs(pass);
        GraphTensor[] tensors = [.. TensorsOf(gradients)];
        double[] noise = new double[kinks.Length];

        for (int i = 0; i < Trials; i++)
        {
            GraphPass trial = rounded.Forward(InputValues, pass.Masks, pass.Samples);

            foreach ((int k, double[] values) in Kinks(trial).Index())
            {
                noise[k] = Math.Max(noise[k], values.Zip(kinks[k], static (value, expected) => Math.Abs(value - expected)).Max());
            }

            if (!Outputs(trial).Zip(outputs).All(static pair => Batch.IsClose(pair.Second, pair.First, GraphCheck.Tolerance))
                || !TensorsOf(GradientsOf(rounded, trial, random)).Zip(tensors).All(static pair => pair.Second.IsClose(pair.First.Gradient)))
            {
                return false;
            }
        }

        // A zero that no rounding moves is zero in float32 too, as what a ReLU gives or a dropout drops.
        return kinks.Zip(noise).All(static pair => pair.First.All(value => value == 0 || Math.Abs(value) >= LeastDistance * pair.Second));
    }
}
