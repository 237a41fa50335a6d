using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Nnfs.Generators.Tests.Drawing;
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
    public void Random_trained_networks_predict_the_same_in_OnnxRuntime() => CheckAll(RunSeed.Draw(NetworkCases.Any.Array[NetworkCount]));

    private void CheckAll(NetworkCase[] cases)
    {
        output.WriteLine(RunSeed.Reproduce);
        ITestNetwork[] networks = NetworkCompiler.Compile(cases);
        float greatest = 0;
        int changed = 0;

        for (int i = 0; i < cases.Length; i++)
        {
            changed += Train(cases[i], networks[i]) ? 1 : 0;
            greatest = Math.Max(greatest, Check(cases[i], networks[i]));
        }

        output.WriteLine($"{cases.Length} networks, {changed} of them changed by training, greatest difference {greatest}");

        // A few random networks have no gradient at all, for their ReLUs are all at 0 or their softmax has one class.
        Assert.True(changed >= cases.Length / 2, $"training changed only {changed} of {cases.Length} networks");
    }

    private static float Check(NetworkCase network, ITestNetwork instance)
    {
        using InferenceSession session = new(instance.ExportOnnx());
        float greatest = 0;

        // The number of samples is free: one model serves a single one as well as many.
        foreach (int samples in (int[])[1, 3, network.Batch + 20])
        {
            float[] inputs = Gaussians(samples * network.Inputs, network.Seed + samples);
            float[] expected = instance.Predict(inputs);
            float[] actual = Run(session, inputs, samples, network);
            float scale = Math.Max(1, expected.Max(Math.Abs));

            Assert.True(float.IsFinite(scale), $"{network}: Predict gives {scale}");
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

    /// <summary>Trains from random weights and biases, and tells whether that changed anything.</summary>
    private static bool Train(NetworkCase network, ITestNetwork instance)
    {
        float[] inputs = Gaussians(network.Batch * network.Inputs, network.Seed);
        float[] targets = Gaussians(network.Batch * network.Outputs, network.Seed + 1);
        int[] labels = [.. Enumerable.Range(0, network.Batch).Select(i => i % network.Outputs)];
        SetParameters(network, instance);
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
                // The gradient of half the mean squared error.
                instance.Forward(inputs);
                instance.Backward(inputs, [.. targets.Zip(instance.Outputs(), (target, result) => (result - target) / network.Batch)]);
            }

            instance.Descend();
        }

        return !before.AsSpan().SequenceEqual(instance.Parameters());
    }

    /// <summary>Weights that keep the size of what goes through them, and biases that are not the zeros that networks start with.</summary>
    private static void SetParameters(NetworkCase network, ITestNetwork instance)
    {
        int index = 0;

        foreach (Layer layer in network.Layers.Where(static layer => layer.Kind == Nnfs.Generators.Tests.Gradients.LayerKind.Dense))
        {
            float scale = 1 / MathF.Sqrt(layer.Inputs);
            float[] weights = Gaussians(layer.Inputs * layer.Outputs, network.Seed + index);
            float[] biases = Gaussians(layer.Outputs, network.Seed - index);
            instance.SetDense(index, Array.ConvertAll(weights, weight => scale * weight), Array.ConvertAll(biases, static bias => 0.1f * bias));
            index++;
        }
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
