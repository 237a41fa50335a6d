using Microsoft.ML.OnnxRuntime;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;

namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>Compares an exported network in ONNX Runtime with the float64 reference and with its own predictions.</summary>
internal static class OnnxCheck
{
    /// <summary>What two computations give is a rounding apart in each of many sums, in another order.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Checks names, shapes and values.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="batch">Its numbers, which are written into the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The names that the inputs have in the file, where they are not those of the graph.</param>
    /// <param name="outputs">The names that the outputs have in the file, where they are not those of the graph.</param>
    /// <returns>The greatest difference, as a share of the greatest value of the output, or of 1 where all of its values are smaller.</returns>
    public static double Run(GraphCase graph, GraphBatch batch, IGraphNetwork network, string[]? inputs = null, string[]? outputs = null)
    {
        network.WriteTensors(batch.Tensors);
        using InferenceSession session = new(network.ExportOnnx());
        CheckPorts(inputs ?? Names(graph.Inputs, static input => input.Name ?? "inputs"), graph.Inputs, session.InputNames, session.InputMetadata);
        CheckPorts(
            outputs ?? Names(graph.Outputs, static output => output.Name ?? "outputs"),
            [.. graph.Outputs.Select((output, i) => new GraphInput(output.Name, graph.OutputShape(i)))],
            session.OutputNames,
            session.OutputMetadata);

        double greatest = Compare(graph, session, batch.Inputs, graph.Batch, batch.Outputs(batch.Prediction), "the reference gives");

        return Math.Max(greatest, CompareWithPredictions(graph, session, network, batch.Inputs));
    }

    /// <summary>Compares the outputs of one sample, of the batch and of more than it, since the number of samples is free in the file.</summary>
    public static double CompareWithPredictions(GraphCase graph, InferenceSession session, IGraphNetwork network, float[][] inputs) =>
        ((int[])[1, graph.Batch, graph.Batch + 20]).Max(samples =>
        {
            float[][] repeated = [.. inputs.Select((input, k) => Repeated(input, samples * graph.Inputs[k].Size))];
            float[][] predicted = graph.NewOutputs(samples);
            network.Predict(repeated, predicted);
            double[][] expected = [.. predicted.Select(static output => Array.ConvertAll(output, static value => (double)value))];

            return Compare(graph, session, repeated, samples, expected, "Predict gives");
        });

    private static double Compare(GraphCase graph, InferenceSession session, float[][] inputs, int samples, double[][] expected, string what)
    {
        OrtValue[] values =
        [
            .. graph.Inputs.Select((input, i) => graph.VocabularyOf(i) is null
                ? OrtValue.CreateTensorValueFromMemory(inputs[i], Dimensions(samples, input.Shape))
                : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(inputs[i], static value => (long)value), Dimensions(samples, input.Shape))),
        ];
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> actual = session.Run(options, session.InputNames, values, session.OutputNames);
        double greatest = 0;

        for (int k = 0; k < expected.Length; k++)
        {
            ReadOnlySpan<float> given = actual[k].GetTensorDataAsSpan<float>();
            double scale = Math.Max(1, expected[k].Max(Math.Abs));
            Assert.True(double.IsFinite(scale), $"{graph}: {what} {scale}");
            Assert.Equal(expected[k].Length, given.Length);

            for (int i = 0; i < given.Length; i++)
            {
                double difference = Math.Abs(expected[k][i] - given[i]) / scale;
                Assert.True(difference <= Tolerance, $"{graph}: [{i}] of output {k} of {samples} samples is {given[i]}, but {what} {expected[k][i]}");
                greatest = Math.Max(greatest, difference);
            }
        }

        Array.ForEach(values, static value => value.Dispose());

        return greatest;
    }

    private static void CheckPorts(
        string[] names, GraphInput[] ports, IReadOnlyList<string> actualNames, IReadOnlyDictionary<string, NodeMetadata> metadata)
    {
        Assert.Equal(names, actualNames);

        foreach ((string name, GraphInput port) in names.Zip(ports))
        {
            Assert.Equal(Dimensions(-1, port.Shape), metadata[name].Dimensions.Select(static extent => (long)extent));
            Assert.Equal(["batch", .. port.Shape.Extents.Select(static _ => "")], metadata[name].SymbolicDimensions);
        }
    }

    private static long[] Dimensions(int samples, SampleShape shape) => [samples, .. shape.Extents];

    private static string[] Names<T>(T[] ports, Func<T, string> name) => [.. ports.Select(name)];

    private static float[] Repeated(float[] values, int length) => [.. Enumerable.Range(0, length).Select(i => values[i % values.Length])];
}
