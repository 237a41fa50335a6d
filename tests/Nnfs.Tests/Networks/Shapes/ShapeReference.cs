using System.Collections.Immutable;

namespace Nnfs.Tests.Networks.Shapes;

/// <summary>
/// What layers compute of samples with several dimensions, in float64 and one value after the other, by their descriptions. Gradients are differences of
/// the loss.
/// </summary>
/// <param name="layers">The layers.</param>
/// <param name="samples">The number of samples.</param>
internal sealed class ShapeReference(ImmutableArray<LayerInfo> layers, int samples)
{
    /// <summary>What the loss changes by, where one number changes by this much to both sides: float64 has digits enough.</summary>
    private const double Difference = 1e-5;

    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);

    /// <summary>The values of a network's tensors, by their names.</summary>
    public static Dictionary<string, double[]> Tensors(ImmutableArray<LayerInfo> layers, ReadOnlySpan<float> block)
    {
        Dictionary<string, double[]> tensors = new(StringComparer.Ordinal);

        foreach (TensorInfo tensor in layers.SelectMany(static layer => layer.Tensors))
        {
            float[] values = new float[tensor.Count];
            tensor.In(block).FlattenTo(values);
            tensors[tensor.Name] = Array.ConvertAll(values, static value => (double)value);
        }

        return tensors;
    }

    /// <summary>The values that a layer gave in the last pass.</summary>
    public double[] this[string layer] => _values[layer];

    /// <summary>A pass forward; batch normalisation takes the statistics of the batch in training.</summary>
    /// <param name="tensors">The parameters.</param>
    /// <param name="inputs">The inputs, by their names.</param>
    /// <param name="isTraining">Whether it is one of training.</param>
    /// <param name="lossOf">The loss of what comes before a layer with a loss, and that layer.</param>
    /// <returns>The sum of all losses.</returns>
    public double Forward(
        Dictionary<string, double[]> tensors, Dictionary<string, double[]> inputs, bool isTraining, Func<LayerInfo, double[], double> lossOf)
    {
        double loss = 0;
        _values.Clear();

        foreach ((string name, double[] values) in inputs)
        {
            _values[name] = values;
        }

        string previous = inputs.Keys.First();

        foreach (LayerInfo layer in layers)
        {
            if (layer.Kind != LayerKind.Input)
            {
                double[][] sources = layer.Sources.IsEmpty ? [_values[previous]] : [.. layer.Sources.Select(source => _values[source])];
                double[][] own = [.. layer.Tensors.Select(tensor => tensors[tensor.Name])];
                _values[layer.Name] = Forward(layer, sources, own, isTraining);
                Assert.Equal(samples * layer.Outputs, _values[layer.Name].Length);
                loss += lossOf(layer, sources[0]);
            }

            previous = layer.Name;
        }

        return loss;
    }

    /// <summary>The derivative of a loss with respect to each of some numbers, which it reads.</summary>
    public static double[] Gradient(double[] numbers, Func<double> loss)
    {
        double[] gradient = new double[numbers.Length];

        for (int i = 0; i < numbers.Length; i++)
        {
            double kept = numbers[i];
            numbers[i] = kept + Difference;
            double above = loss();
            numbers[i] = kept - Difference;
            gradient[i] = (above - loss()) / (2 * Difference);
            numbers[i] = kept;
        }

        return gradient;
    }

    /// <summary>The mean over rows of <c>−Σⱼ t[j] · log p[j]</c>.</summary>
    public static double CrossEntropy(double[] p, double[] targets, int classes) =>
        -p.Zip(targets, static (probability, target) => target * Math.Log(probability)).Sum() / (p.Length / classes);

    /// <summary>The probabilities of each row.</summary>
    public static double[] Softmax(double[] x, int classes) => [.. x.Chunk(classes).SelectMany(static row =>
    {
        double largest = row.Max();
        double[] powers = Array.ConvertAll(row, value => Math.Exp(value - largest));
        double sum = powers.Sum();

        return powers.Select(power => power / sum);
    })];

    private double[] Forward(LayerInfo layer, double[][] sources, double[][] tensors, bool isTraining)
    {
        double[] x = sources[0];
        int last = layer.OutputShape[^1];

        return layer.Kind switch
        {
            LayerKind.Dense => Dense(x, tensors[0], tensors[1]),
            LayerKind.ReLU => Array.ConvertAll(x, static value => Math.Max(0, value)),
            LayerKind.Tanh => Array.ConvertAll(x, Math.Tanh),
            LayerKind.Sigmoid or LayerKind.SigmoidBinaryCrossEntropy => Array.ConvertAll(x, static value => 1 / (1 + Math.Exp(-value))),
            LayerKind.Softmax or LayerKind.SoftmaxCrossEntropy => Softmax(x, last),
            LayerKind.LayerNorm => [.. x.Chunk(last).SelectMany(row => Normalise(row, row.Average(), layer.Setting).Select((value, j) =>
                (value * tensors[0][j]) + tensors[1][j]))],
            LayerKind.RMSNorm => [.. x.Chunk(last).SelectMany(row => Normalise(row, 0, layer.Setting).Select((value, j) => value * tensors[0][j]))],
            LayerKind.BatchNorm => BatchNorm(x, last, layer.Setting, tensors, isTraining),
            LayerKind.Add => [.. x.Select((_, j) => sources.Sum(source => source[j]))],
            LayerKind.Multiply => [.. x.Select((_, j) => sources.Aggregate(1.0, (product, source) => product * source[j]))],
            LayerKind.Concat => Concat(sources, x.Length / LastOf(layer.Sources[0])),
            LayerKind.Flatten or LayerKind.Reshape or LayerKind.CategoricalCrossEntropy or LayerKind.MeanSquaredError or LayerKind.MeanAbsoluteError => x,
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "The reference does not know it."),
        };

        double[] Concat(double[][] parts, int rows) => [.. Enumerable.Range(0, rows).SelectMany(row =>
            parts.SelectMany(part => part.Skip(row * (part.Length / rows)).Take(part.Length / rows)))];

        int LastOf(string source) => layers.First(other => other.Name == source).OutputShape[^1];
    }

    /// <summary>The product of each row with as many values as there are weights for.</summary>
    private static double[] Dense(double[] x, double[] weights, double[] biases)
    {
        int neurons = biases.Length;
        int features = weights.Length / neurons;

        return [.. x.Chunk(features).SelectMany(row => biases.Select((bias, j) => bias + row.Select((value, k) => value * weights[(k * neurons) + j]).Sum()))];
    }

    private static double[] BatchNorm(double[] x, int channels, double epsilon, double[][] tensors, bool isTraining)
    {
        double[] y = new double[x.Length];

        for (int channel = 0; channel < channels; channel++)
        {
            double[] values = [.. x.Where((_, i) => i % channels == channel)];
            double mean = isTraining ? values.Average() : tensors[2][channel];
            double variance = isTraining ? values.Average(value => (value - mean) * (value - mean)) : tensors[3][channel];

            for (int i = channel; i < x.Length; i += channels)
            {
                y[i] = ((x[i] - mean) / Math.Sqrt(variance + epsilon) * tensors[0][channel]) + tensors[1][channel];
            }
        }

        return y;
    }

    private static double[] Normalise(double[] row, double mean, double epsilon)
    {
        double deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + epsilon);

        return Array.ConvertAll(row, value => (value - mean) / deviation);
    }
}
