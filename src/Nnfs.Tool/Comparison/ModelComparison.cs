using System.Globalization;
using Nnfs.Import;
using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Translating;
using Nnfs.Tool.Commands;
using Nnfs.Tool.Compilation;

namespace Nnfs.Tool.Comparison;

/// <summary>Compares a network with the model that it was made from, on inputs that are drawn: the model is computed in float64, node by node.</summary>
internal static class ModelComparison
{
    /// <summary>The most that a network may differ from its model, as a share of the largest output: float32 adds in another order.</summary>
    private const double Tolerance = 1e-5;

    private const int Seeds = 3;
    private const int Samples = 4;

    /// <summary>Compares both on inputs that are drawn several times.</summary>
    /// <returns>The greatest difference, as a share of the greatest value of the output.</returns>
    /// <exception cref="ToolException">It is too large.</exception>
    /// <exception cref="OnnxException">The model can't be computed.</exception>
    public static double Check(OnnxModel model, ImportedNetwork imported, CompiledNetwork network)
    {
        if (network.Inputs.Count != imported.Inputs.Count || network.Outputs.Count != imported.Outputs.Count)
        {
            throw new ToolException(
                $"The class has {network.Inputs.Count} inputs and {network.Outputs.Count} outputs, but the model has {imported.Inputs.Count} and "
                + $"{imported.Outputs.Count}.");
        }

        double difference = Enumerable.Range(0, Seeds).Max(seed => LargestDifference(model, imported, network, seed));

        return difference <= Tolerance
            ? difference
            : throw new ToolException(
                $"The network differs from the model by {Describe(difference)} of the largest output on drawn inputs; at most {Describe(Tolerance)} is "
                + "allowed.");
    }

    /// <summary>A difference as messages show it.</summary>
    public static string Describe(double difference) => difference.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>Runs both.</summary>
    /// <param name="model">The model.</param>
    /// <param name="imported">What was made of it.</param>
    /// <param name="network">The network, with its parameters.</param>
    /// <param name="seed">What the inputs are drawn from.</param>
    /// <returns>The greatest difference, as a share of the greatest value of the output.</returns>
    /// <exception cref="OnnxException">The model can't be computed.</exception>
    private static double LargestDifference(OnnxModel model, ImportedNetwork imported, CompiledNetwork network, int seed)
    {
        Random random = new(seed);
        int samples = imported.Inputs
            .Select(port => model.Graph.Inputs.First(input => input.Name == port.Name).Dimensions?[port.BatchDimension].Size)
            .FirstOrDefault(static size => size is not null) ?? Samples;
        long values = network.Inputs.Sum(input => (long)samples * input.Size);

        if (values > Evaluator.DefaultMostElements)
        {
            throw new ToolException(
                $"The inputs of {samples} samples have {values} values; models of up to {Evaluator.DefaultMostElements} can be compared with their networks.");
        }

        Dictionary<string, TensorValue> read = new(StringComparer.Ordinal);
        Array[] inputs = new Array[network.Inputs.Count];

        for (int i = 0; i < inputs.Length; i++)
        {
            ImportedPort port = imported.Inputs[i];
            NetworkPort input = network.Inputs[i];
            int[] shape = [samples, .. input.Shape];
            TensorValue value = input.AreIndices
                ? TensorValue.OfIntegers(DrawIndices(random, network, samples * input.Size), shape)
                : TensorValue.OfReals(Draw(random, samples * input.Size), shape);
            read[port.Name] = ModelLayout.FromNetwork(value, port);
            inputs[i] = input.AreIndices ? Array.ConvertAll(value.Integers.ToArray(), static index => (int)index) : value.ToFloats();
        }

        IReadOnlyDictionary<string, TensorValue> expected = Evaluator.Run(model, read);
        float[][] outputs = network.Predict(inputs, samples);

        return outputs.Select((output, i) => Difference(imported.Outputs[i], expected[imported.Outputs[i].Name], output)).Max();
    }

    private static double Difference(ImportedPort port, TensorValue expected, float[] output)
    {
        double[] values = ModelLayout.ToNetwork(expected, port).ToReals();

        // A probability may be too small for a float, and then has no logarithm: what is compared are the probabilities.
        values = port.IsLogarithm ? Array.ConvertAll(values, Math.Exp) : values;
        double scale = values.Max(Math.Abs);
        double greatest = 0;

        for (int i = 0; i < values.Length; i++)
        {
            double difference = Math.Abs(values[i] - output[i]);

            // What is no number is compared with nothing.
            greatest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(greatest, difference);
        }

        return scale > 0 ? greatest / scale : greatest;
    }

    private static double[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)(float)DrawNormal(random))];

    private static double DrawNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Indices that every table of the network has.</summary>
    private static long[] DrawIndices(Random random, CompiledNetwork network, int count)
    {
        int rows = network.Layers.Where(static layer => layer.Kind == LayerKind.Embedding).Min(static layer => layer.Tensors[0].Shape[0]);

        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(rows))];
    }
}
