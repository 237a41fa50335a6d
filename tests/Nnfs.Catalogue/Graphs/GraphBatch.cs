using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>The numbers of a case, all in float32 as the graph gets them, and what the reference makes of them.</summary>
internal sealed class GraphBatch
{
    /// <summary>
    /// How many times the error that roundings at random give a number has to fit between it and zero, where a gradient jumps at zero. Closer,
    /// float32 and float64 may disagree about its sign: both are right then and yet differ by far more than any tolerance.
    /// </summary>
    private const double LeastDistance = 8;

    /// <summary>How much of its tolerance a gradient or an output may lose to roundings at random, so that there is room for the kernels' own.</summary>
    /// <remarks>
    /// Where every element is a small difference of large terms, layer after layer, float32 has too few digits and no kernel could come within the
    /// tolerance. That happens where there is one element, as in a layer of one neuron with one sample: it may be anywhere near zero. Where there are
    /// many, some are large.
    /// </remarks>
    private const double LargestShare = 0.25;

    private const int Trials = 6;
    private const int MostDraws = 40;

    private readonly GraphCase _graph;
    private readonly Lazy<GraphPass> _training;
    private readonly Lazy<GraphGradients> _trainingGradients;
    private readonly Lazy<GraphGradients> _predictionGradients;

    private GraphBatch(GraphCase graph, Random random)
    {
        _graph = graph;
        Tensors = [.. graph.Layers.Select(layer => layer.Tensors.Select(tensor => tensor.Draw(random, tensor.Count)).ToArray())];
        Inputs = [.. graph.Inputs.Select((input, k) => DrawInput(graph.Batch * input.Size, graph.VocabularyOf(k), random))];
        DropoutSeed = (ulong)random.NextInt64();

        int[][] labels = new int[graph.Outputs.Length][];
        float[][] targets = new float[graph.Outputs.Length][];

        for (int i = 0; i < graph.Outputs.Length; i++)
        {
            (labels[i], targets[i]) = DrawAnswers(graph, i, random);
        }

        Answers = new GraphAnswers(graph.Answers == Graphs.Answers.Labels, labels, targets);
        SampleWeights = DrawWeights(graph);
        Values = [.. Tensors.Select(static tensors => tensors.Select(InDouble).ToArray())];
        InputValues = [.. Inputs.Select(InDouble)];
        Reference = new ReferenceGraph(graph, Values);
        Prediction = Reference.Forward(InputValues, seed: null, graph.Batch);
        _training = new(() => Reference.Forward(InputValues, DropoutSeed, graph.Batch));
        _trainingGradients = new(() => GradientsOf(Reference, Training, Rounding.None));
        _predictionGradients = new(() => GradientsOf(Reference, Prediction, Rounding.None));
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

    public ReferenceGraph Reference { get; }

    /// <summary>The training pass with the masks of <see cref="DropoutSeed"/>.</summary>
    public GraphPass Training => _training.Value;

    /// <summary>The pass without masks and with running averages.</summary>
    public GraphPass Prediction { get; }

    public GraphGradients TrainingGradients => _trainingGradients.Value;

    public GraphGradients PredictionGradients => _predictionGradients.Value;

    /// <summary>The weights of the samples, or of each of their positions; empty where all count alike.</summary>
    public float[] SampleWeights { get; }

    /// <summary>Draws numbers that float32 has digits enough for and that keep away from kinks; <see langword="null"/> where no draw gives such.</summary>
    public static GraphBatch? Draw(GraphCase graph, Random random) => Draw(
        graph,
        random,
        static (batch, rounded, rounding) => batch.Suits(rounded, batch.Training, batch.TrainingGradients, rounding)
            && batch.Suits(rounded, batch.Prediction, batch.PredictionGradients, rounding));

    /// <summary>Draws numbers that float32 has digits enough for as far as predictions go.</summary>
    public static GraphBatch? DrawForPredictions(GraphCase graph, Random random) =>
        Draw(graph, random, static (batch, rounded, rounding) => batch.Suits(rounded, batch.Prediction, gradients: null, rounding));

    /// <summary>The outputs of a pass, as the user gets them.</summary>
    public double[][] Outputs(GraphPass pass) =>
        [.. _graph.Outputs.Select((output, i) => output.Loss is { } loss ? loss.Outputs(pass[output.Source], _graph.OutputShape(i)) : pass[output.Source])];

    /// <summary>The terms whose sum is the loss of each output, before it is weighted; none where the graph has losses and this output has none.</summary>
    public double[][] Terms(GraphPass pass) => [.. _graph.Outputs.Select((output, i) =>
        output.Loss is { } loss ? loss.Terms(pass[output.Source], Answers.Targets[i], _graph.OutputShape(i), SampleWeights)
        : _graph.HasLoss ? []

        // The function whose gradient is the one that comes from outside.
        : pass[output.Source].Zip(Answers.Targets[i], static (y, gradient) => y * gradient).ToArray())];

    /// <summary>The terms whose sum is the whole loss: those of the outputs, weighted, and those of penalties.</summary>
    public double[] AllTerms(GraphPass pass) =>
    [
        .. Terms(pass).SelectMany((terms, i) => terms.Select(term => (_graph.Outputs[i].Loss?.Weight ?? 1) * term)),
        .. Reference.Penalties(),
    ];

    /// <summary>
    /// Whether a finite difference between two passes means anything: whether both took the same piece of a function that is smooth only in pieces,
    /// and nothing is clipped.
    /// </summary>
    public bool OnSamePiece(GraphPass one, GraphPass other) =>
        Kinks(one).Zip(Kinks(other)).All(static pair => pair.First.Zip(pair.Second).All(static values => values.First > 0 == values.Second > 0))
        && !_graph.Outputs.Any(output => output.Loss is { } loss && (loss.IsClipped(one[output.Source]) || loss.IsClipped(other[output.Source])));

    /// <summary>All gradients of a pass with what they are called and the scale that their errors are measured by.</summary>
    public IEnumerable<GraphTensor> TensorsOf(GraphGradients gradients)
    {
        double largest = gradients.Tensors.SelectMany(static layer => layer).Concat(gradients.Inputs).Max(Largest);

        for (int i = 0; i < gradients.Tensors.Length; i++)
        {
            for (int k = 0; k < gradients.Tensors[i].Length; k++)
            {
                string name = $"{_graph.Layers[i].Name}.{_graph.Layers[i].Tensors[k].Name}";

                bool isCancelled = _graph.Layers[i].Tensors[k].IsCancelled;

                yield return new(name, i, Values[i][k], gradients.Tensors[i][k], isCancelled ? largest : Scale(i, gradients.Tensors[i][k]));
            }
        }

        foreach (int k in Enumerable.Range(0, gradients.Inputs.Length).Where(k => _graph.VocabularyOf(k) is null))
        {
            yield return new($"input {k}", ~k, InputValues[k], gradients.Inputs[k], Scale(~k, gradients.Inputs[k]));
        }

        // An element is a sum whose terms are as large as the largest element, so its error is too. But a normalisation takes away whatever a
        // shift or a factor of the values before it would change: of biases before a batch normalisation nothing is left but roundings, and of two
        // samples next to nothing. What was there before is as large as other gradients of the network.
        double Scale(int source, double[] gradient) => _graph.IsCancelled(source) ? largest : Largest(gradient);
    }

    private static double Largest(double[] values) => values.Length == 0 ? 0 : values.Max(Math.Abs);

    private static double[] InDouble(float[] values) => Array.ConvertAll(values, static value => (double)value);

    private static float[] DrawInput(int count, int? vocabulary, Random random) => vocabulary is { } indices
        ? [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(indices))]
        : random.Gaussians(count);

    /// <summary>Every other graph has weights, from a generator of their own: all its other numbers are the same with them and without.</summary>
    private static float[] DrawWeights(GraphCase graph)
    {
        Random random = new(graph.Seed + 1);

        if (!graph.HasLoss || random.Chance(0.5))
        {
            return [];
        }

        bool hasClasses = !graph.IsTyped && graph.Outputs[0].Loss is { Targets: TargetKind.Classes };
        int perSample = hasClasses && random.Chance(0.5) ? graph.OutputShape(0).Positions : 1;

        return [.. Enumerable.Range(0, graph.Batch * perSample).Select(_ => random.Pick(0f, 0.25f, 1f, 1.7f, 3f))];
    }

    private static (int[] Labels, float[] Targets) DrawAnswers(GraphCase graph, int index, Random random)
    {
        SampleShape shape = graph.OutputShape(index);
        int rows = graph.Batch * shape.Positions;

        switch (graph.Outputs[index].Loss?.Targets)
        {
            case TargetKind.Classes:
                int[] classes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(shape.Channels))];

                // Some positions count for nothing, now and then all.
                if (graph.Answers == Graphs.Answers.Labels && shape.Positions > 1 && random.Chance(0.5))
                {
                    double share = random.Chance(0.05) ? 1 : 0.3;
                    classes = Array.ConvertAll(classes, label => random.Chance(share) ? -1 : label);
                }

                return (classes, graph.Answers == Graphs.Answers.Soft
                    ? random.Distributions(rows, shape.Channels)
                    : RandomExtensions.OneHot(classes, shape.Channels));

            case TargetKind.Bits:
                int[] bits = [.. Enumerable.Range(0, graph.Batch * shape.Size).Select(_ => random.Next(2))];

                return (bits, Array.ConvertAll(bits, bit => graph.Answers == Graphs.Answers.Soft ? random.NextSingle() : bit));

            default:
                return ([], random.Gaussians(graph.Batch * shape.Size));
        }
    }

    /// <summary>
    /// The gradient of what the loss of each output takes, or of the output where the graph has no loss; nothing for an output that is not trained.
    /// </summary>
    public double[]?[] OutputGradients(GraphPass pass) => OutputGradients(pass, Rounding.None);

    private double[]?[] OutputGradients(GraphPass pass, Rounding rounding) =>
    [
        .. _graph.Outputs.Select((output, i) => output.Loss is { } loss
            ? loss.Gradient(pass[output.Source], Answers.Targets[i], _graph.OutputShape(i), rounding, SampleWeights)
            : _graph.HasLoss ? null : InDouble(Answers.Targets[i])),
    ];

    private GraphGradients GradientsOf(ReferenceGraph reference, GraphPass pass, Rounding rounding) =>
        reference.Backward(pass, OutputGradients(pass, rounding));

    /// <summary>The numbers at whose zeros gradients jump.</summary>
    private IEnumerable<double[]> Kinks(GraphPass pass) =>
        _graph.Layers.SelectMany((layer, i) => layer.Layer.Bends(pass.Layers[i]))
            .Concat(_graph.Outputs.SelectMany((output, i) => output.Loss is { } loss ? loss.Bends(pass[output.Source], Answers.Targets[i]) : []));

    private static GraphBatch? Draw(GraphCase graph, Random random, Func<GraphBatch, ReferenceGraph, Rounding, bool> suits)
    {
        Rounding rounding = new(random);

        for (int i = 0; i < MostDraws; i++)
        {
            GraphBatch batch = new(graph, random);

            if (suits(batch, new ReferenceGraph(graph, batch.Values, rounding), rounding))
            {
                return batch;
            }
        }

        return null;
    }

    /// <summary>Whether float32 has digits enough for a pass, and for its gradients where they are given.</summary>
    private bool Suits(ReferenceGraph rounded, GraphPass pass, GraphGradients? gradients, Rounding rounding)
    {
        double[][] kinks = [.. Kinks(pass)];
        double[][] outputs = Outputs(pass);
        GraphTensor[] tensors = gradients is null ? [] : [.. TensorsOf(gradients)];
        double[] noise = new double[kinks.Length];

        for (int i = 0; i < Trials; i++)
        {
            GraphPass trial = rounded.Forward(InputValues, pass.Seed, pass.Samples);

            foreach ((int k, double[] values) in Kinks(trial).Index())
            {
                noise[k] = Math.Max(noise[k], values.Zip(kinks[k], static (value, expected) => Math.Abs(value - expected)).Max());
            }

            if (!Outputs(trial).Zip(outputs).All(pair => IsClose(pair.Second, rounding.Of(pair.First), _graph.Tolerances.Outputs, Largest(pair.Second)))
                || (gradients is not null && !TensorsOf(GradientsOf(rounded, trial, rounding)).Zip(tensors)
                    .All(pair => IsClose(pair.Second.Gradient, pair.First.Gradient, _graph.Tolerances.Gradients, pair.Second.Scale))))
            {
                return false;
            }
        }

        // A zero that no rounding moves is zero in float32 too, as what a ReLU gives or a dropout drops.
        return gradients is null
            || kinks.Zip(noise).All(static pair => pair.First.All(value => value == 0 || Math.Abs(value) >= LeastDistance * pair.Second));
    }

    /// <summary>
    /// Whether roundings leave room. Zeros are exact whatever the roundings, as before a softmax of one class, where these here would not know.
    /// </summary>
    private static bool IsClose(double[] values, double[] rounded, double tolerance, double scale) =>
        scale == 0 || values.Zip(rounded).All(pair => Math.Abs(pair.First - pair.Second) <= LargestShare * tolerance * scale);
}
