namespace Nnfs.WebAssembly;

/// <summary>The book's network, trained on the spiral with the optimizers of the reference.</summary>
internal static class OptimizerResults
{
    /// <summary>The number of steps.</summary>
    public const int Steps = 10;

    /// <summary>The optimizers, in the order of the reference's file.</summary>
    public static IReadOnlyList<Optimizer> CreateOptimizers() =>
    [
        new Sgd(learningRate: 1f),
        new Sgd(learningRate: 1f) { Decay = 1e-3f },
        new Sgd(learningRate: 1f) { Decay = 1e-3f, Momentum = 0.9f },
        new AdaGrad(learningRate: 1f) { Decay = 1e-4f },
        new RmsProp(learningRate: 0.02f) { Decay = 1e-5f, Rho = 0.999f },
        new Adam(learningRate: 0.05f) { Decay = 5e-7f },
    ];

    /// <summary>The losses before each step and after the last.</summary>
    public static IEnumerable<Result> Compute() => CreateOptimizers().Select(static (optimizer, number) => new Result(NameOf(number), Train(optimizer)));

    /// <summary>The name of an optimizer's result.</summary>
    public static string NameOf(int number) => $"optimizer {number}: losses";

    private static float[] Train(Optimizer optimizer)
    {
        NumpyRandom random = new(seed: 0);
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        SpiralNet network = new(random);
        SpiralNet.Workspace pass = network.CreateWorkspace(spiral.Count);
        float[] losses = new float[Steps + 1];

        for (int step = 0; step <= Steps; step++)
        {
            network.ForwardBackward(spiral.Features, spiral.Labels, pass);
            losses[step] = LossOf(pass.Outputs, spiral.Labels);
            optimizer.Step(network.Parameters, pass.Gradients);
        }

        return losses;
    }

    /// <summary>The loss as the reference has it: of probabilities clipped to 1e-7.</summary>
    private static float LossOf(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        double total = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            total -= Math.Log(Math.Clamp(probabilities[(i * SpiralNet.OutputSize) + labels[i]], 1e-7f, 1 - 1e-7f));
        }

        return (float)(total / labels.Length);
    }
}
