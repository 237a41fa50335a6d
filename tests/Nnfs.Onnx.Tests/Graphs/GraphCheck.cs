using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Nnfs.Tests;

namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>Compares an exported network in ONNX Runtime with its own predictions.</summary>
internal static class GraphCheck
{
    /// <summary>What both give is a rounding apart in each of many sums, in another order.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>Checks names, shapes and values.</summary>
    /// <returns>The greatest difference, as a share of the greatest value of the output, or of 1 where all of its values are smaller.</returns>
    public static float Run(GraphCase graph, IGraph network, int seed)
    {
        NumpyRandom random = new(seed & int.MaxValue);
        SetParameters(network, random);

        using MemoryStream file = new();
        network.ExportOnnx(file);
        using InferenceSession session = new(file.ToArray());
        CheckPorts(graph.Inputs, session.InputNames, session.InputMetadata);
        CheckPorts(graph.Outputs, session.OutputNames, session.OutputMetadata);

        // The number of samples is free: one model serves a single one as well as many.
        return ((int[])[1, 2, 7]).Max(samples => Compare(graph, network, session, samples, random));
    }

    private static float Compare(GraphCase graph, IGraph network, InferenceSession session, int samples, NumpyRandom random)
    {
        float[][] inputs = [.. graph.Inputs.Select(input => Gaussians(samples * input.Size, random))];
        float[][] expected = [.. graph.Outputs.Select(output => new float[samples * output.Size])];
        network.Predict(inputs, expected);

        OrtValue[] values = [.. graph.Inputs.Select((input, i) => OrtValue.CreateTensorValueFromMemory(inputs[i], [samples, input.Size]))];
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> actual =
            session.Run(options, [.. graph.Inputs.Select(static input => input.Name)], values, [.. graph.Outputs.Select(static output => output.Name)]);
        float greatest = 0;

        for (int i = 0; i < expected.Length; i++)
        {
            float difference = Difference(expected[i], actual[i].GetTensorDataAsSpan<float>());
            Assert.True(difference <= Tolerance, $"{graph}: '{graph.Outputs[i].Name}' of {samples} samples differs by {difference} of its greatest value");
            greatest = Math.Max(greatest, difference);
        }

        Array.ForEach(values, static value => value.Dispose());

        return greatest;
    }

    /// <summary>The greatest difference as a share of the greatest value, or of 1; not a number where that cannot be told.</summary>
    private static float Difference(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        float[] differences = new float[expected.Length];
        TensorPrimitives.Subtract(expected, actual, differences);

        return TensorPrimitives.MaxMagnitude<float>(differences) is var greatest && float.IsFinite(greatest)
            ? Math.Abs(greatest) / Math.Max(1, Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected)))
            : float.NaN;
    }

    private static void CheckPorts(IReadOnlyList<Port> ports, IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata)
    {
        Assert.Equal(ports.Select(static port => port.Name), names);

        foreach (Port port in ports)
        {
            Assert.Equal([-1, port.Size], metadata[port.Name].Dimensions);
            Assert.Equal(["batch", ""], metadata[port.Name].SymbolicDimensions);
        }
    }

    /// <summary>Weights that keep the size of what goes through them; biases, shifts, scales and running averages other than those at the start.</summary>
    private static void SetParameters(IGraph network, NumpyRandom random)
    {
        foreach (TensorInfo tensor in network.Layers.SelectMany(static layer => layer.Tensors))
        {
            float scale = 1 / MathF.Sqrt(tensor.Shape[0]);
            Func<float> draw = tensor.Name[(tensor.Name.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
            {
                "weights" => () => scale * (float)random.NextGaussian(),
                "gamma" => () => 1 + (0.3f * (float)random.NextGaussian()),
                "running_variance" => () => 0.3f + (2 * (float)random.NextDouble()),
                _ => () => 0.3f * (float)random.NextGaussian(),
            };

            tensor.In(network.Parameters).Set([.. Enumerable.Range(0, (int)tensor.Count).Select(_ => draw())]);
        }
    }

    private static float[] Gaussians(int count, NumpyRandom random) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
}
