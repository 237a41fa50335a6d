using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Nnfs.Generators.Tests.Gradients;

namespace Nnfs.Onnx.Tests;

/// <summary>Exported networks run by ONNX Runtime, which knows nothing of this project.</summary>
public sealed class OnnxRuntimeTests(ITestOutputHelper output)
{
    private const int NetworkCount = 50;
    private const int TrainingSteps = 5;
    private const float Tolerance = 1e-5f;

    /// <summary>
    /// Random networks, trained for a few steps. What both give is a rounding apart in each of many sums, in another order:
    /// 1e-5 of the largest output, or of 1 where all are smaller.
    /// </summary>
    [Fact]
    public void Random_trained_networks_predict_the_same_in_OnnxRuntime() =>
        NetworkCases.Any.Array[NetworkCount].Sample(CheckAll, iter: 1, threads: 1, print: static cases => $"{cases.Length} networks");

    private void CheckAll(NetworkCase[] cases)
    {
        ITestNetwork[] networks = NetworkCompiler.Compile(cases);
        float greatest = 0;

        for (int i = 0; i < cases.Length; i++)
        {
            greatest = Math.Max(greatest, Check(cases[i], networks[i]));
        }

        output.WriteLine($"{cases.Length} networks, greatest difference {greatest}");
    }

    private static float Check(NetworkCase network, ITestNetwork instance)
    {
        Train(network, instance);

        using InferenceSession session = new(instance.ExportOnnx());
        float greatest = 0;

        // The number of samples is free: one model serves a single one as well as many.
        foreach (int samples in (int[])[1, 3, network.Batch + 20])
        {
            float[] inputs = Gaussians(samples * network.Inputs, network.Seed + samples);
            float[] expected = instance.Predict(inputs);
            float[] actual = Run(session, inputs, samples, network);
            float scale = Math.Max(1, expected.Max(Math.Abs));

            Assert.Equal(expected.Length, actual.Length);

            for (int i = 0; i < expected.Length; i++)
            {
                float difference = Math.Abs(expected[i] - actual[i]) / scale;
                Assert.True(difference <= Tolerance, $"{network}: output {i} of {samples} samples is {actual[i]}, but Predict gives {expected[i]}");
                greatest = Math.Max(greatest, difference);
            }
        }

        return greatest;
    }

    private static void Train(NetworkCase network, ITestNetwork instance)
    {
        float[] inputs = Gaussians(network.Batch * network.Inputs, network.Seed);
        float[] targets = Gaussians(network.Batch * network.Outputs, network.Seed + 1);
        int[] labels = [.. Enumerable.Range(0, network.Batch).Select(i => i % network.Outputs)];
        float[] before = instance.Parameters();
        instance.CreateWorkspace(network.WorkspaceBatch);

        for (int step = 0; step < TrainingSteps; step++)
        {
            if (network.HasLoss)
            {
                instance.Forward(inputs, labels);
                instance.Backward(inputs, labels);
            }
            else
            {
                // Any gradient will do: the steps are there to move weights and biases from where they started.
                instance.Forward(inputs);
                instance.Backward(inputs, [.. targets.Select(target => target / network.Batch)]);
            }

            instance.Descend();
        }

        Assert.True(network.Outputs == 1 || !before.AsSpan().SequenceEqual(instance.Parameters()), $"{network}: training changed nothing");
    }

    private static float[] Run(InferenceSession session, float[] inputs, int samples, NetworkCase network)
    {
        Assert.Equal(["inputs"], session.InputNames);
        Assert.Equal(["outputs"], session.OutputNames);
        Assert.Equal([-1, network.Inputs], session.InputMetadata["inputs"].Dimensions);
        Assert.Equal([-1, network.Outputs], session.OutputMetadata["outputs"].Dimensions);
        Assert.Equal(["batch", ""], session.InputMetadata["inputs"].SymbolicDimensions);

        using OrtValue value = OrtValue.CreateTensorValueFromMemory(inputs, [samples, network.Inputs]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["inputs"], [value], ["outputs"]);

        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Gaussians(int count, int seed)
    {
        NumpyRandom random = new(seed & int.MaxValue);

        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
