using System.Collections.Immutable;

namespace Nnfs.Tests.Networks.Shapes;

/// <summary>Outputs, losses and every gradient of networks over samples with several dimensions, against float64 and its differences.</summary>
public class ShapeGradientTests
{
    private const int Samples = 3;

    /// <summary>The activations, losses and gradients of float32 against the largest of their tensor.</summary>
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Class_at_each_step_agrees_with_float64(int threads)
    {
        StepNetwork network = new(1);
        int[] labels = Numbers.Labels(Samples * 5, 4, seed: 3);
        double[] targets = Array.ConvertAll(Numbers.OneHot(labels, 4), static target => (0.9 * target) + (0.1 / 4));

        Check<StepNetwork, StepNetwork.Workspace>(
            network,
            threads,
            (inputs, workspace) => network.Forward(inputs, labels, workspace),
            (inputs, workspace) => network.ForwardBackward(inputs, labels, workspace),
            (inputs, workspace) => network.Backward(inputs, labels, workspace),
            (layer, x) => layer.Kind == LayerKind.SoftmaxCrossEntropy ? ShapeReference.CrossEntropy(ShapeReference.Softmax(x, 4), targets, 4) : 0,
            tensors => 0.01f * tensors["dense2.weights"].Sum(static weight => weight * weight));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Targets_of_each_step_agree_with_float64(int threads)
    {
        StepNetwork network = new(1);
        float[] targets = [.. Numbers.Gaussians(Samples * 5 * 4, seed: 3).Chunk(4).SelectMany(static row => Distribution(row))];
        double[] smoothed = Array.ConvertAll(targets, static target => (0.9 * target) + (0.1 / 4));

        Check<StepNetwork, StepNetwork.Workspace>(
            network,
            threads,
            (inputs, workspace) => network.Forward(inputs, targets, workspace),
            (inputs, workspace) => network.ForwardBackward(inputs, targets, workspace),
            (inputs, workspace) => network.Backward(inputs, targets, workspace),
            (layer, x) => layer.Kind == LayerKind.SoftmaxCrossEntropy ? ShapeReference.CrossEntropy(ShapeReference.Softmax(x, 4), smoothed, 4) : 0,
            tensors => 0.01f * tensors["dense2.weights"].Sum(static weight => weight * weight));

        static IEnumerable<float> Distribution(float[] row) => row.Select(value => Math.Abs(value) / row.Sum(Math.Abs));
    }

    [Fact]
    public void Image_and_its_parts_agree_with_float64()
    {
        ImageNetwork network = new(2);
        int[] labels = Numbers.Labels(Samples * 3, 5, seed: 4);
        double[] targets = Array.ConvertAll(Numbers.OneHot(labels, 5), static target => (double)target);

        Check<ImageNetwork, ImageNetwork.Workspace>(
            network,
            threads: 2,
            (inputs, workspace) => network.Forward(inputs, labels, workspace),
            (inputs, workspace) => network.ForwardBackward(inputs, labels, workspace),
            (inputs, workspace) => network.Backward(inputs, labels, workspace),
            (layer, x) => layer.Kind == LayerKind.CategoricalCrossEntropy ? ShapeReference.CrossEntropy(x, targets, 5) : 0,
            static _ => 0);
    }

    [Fact]
    public void Reshape_at_both_ends_agrees_with_float64()
    {
        ReshapedNetwork network = new(5);
        float[] targets = Numbers.Gaussians(Samples * ReshapedNetwork.OutputSize, seed: 6);

        Check<ReshapedNetwork, ReshapedNetwork.Workspace>(
            network,
            threads: 1,
            (inputs, workspace) => network.Forward(inputs, targets, workspace),
            (inputs, workspace) => network.ForwardBackward(inputs, targets, workspace),
            (inputs, workspace) => network.Backward(inputs, targets, workspace),
            (layer, x) => layer.Kind == LayerKind.MeanAbsoluteError ? x.Zip(targets, static (y, t) => Math.Abs(y - t)).Average() : 0,
            static _ => 0);
    }

    [Fact]
    public void Loss_of_an_input_in_another_shape_agrees_with_float64()
    {
        ReshapedLossNetwork network = new();
        int[] labels = Numbers.Labels(Samples * 2, 3, seed: 6);
        double[] targets = Array.ConvertAll(Numbers.OneHot(labels, 3), static target => (double)target);

        Check<ReshapedLossNetwork, ReshapedLossNetwork.Workspace>(
            network,
            threads: 1,
            (inputs, workspace) => network.Forward(inputs, labels, workspace),
            (inputs, workspace) => network.ForwardBackward(inputs, labels, workspace),
            (inputs, workspace) => network.Backward(inputs, labels, workspace),
            (layer, x) => layer.Kind == LayerKind.SoftmaxCrossEntropy ? ShapeReference.CrossEntropy(ShapeReference.Softmax(x, 3), targets, 3) : 0,
            static _ => 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Joins_and_values_read_in_several_shapes_agree_with_float64(int threads)
    {
        JoinedNetwork network = new(7);
        Randomise(JoinedLayers, network.Parameters);
        JoinedNetwork.Workspace workspace = network.CreateWorkspace(Samples + 1, threads);
        float[] left = Numbers.Gaussians(Samples * JoinedNetwork.LeftSize, seed: 8);
        float[] right = Numbers.Gaussians(Samples * JoinedNetwork.RightSize, seed: 9);
        int[] classes = Numbers.Labels(Samples * 2, 5, seed: 10);
        float[] cube = Numbers.Gaussians(Samples * JoinedNetwork.CubeSize, seed: 11);
        int[] flags = Numbers.Labels(Samples * JoinedNetwork.FlagsSize, 2, seed: 12);
        double[] classTargets = Array.ConvertAll(Numbers.OneHot(classes, 5), static target => (double)target);

        ShapeReference reference = new(JoinedLayers, Samples);
        Dictionary<string, double[]> tensors = ShapeReference.Tensors(JoinedLayers, network.Parameters);
        Dictionary<string, double[]> inputs = new() { ["left"] = Doubles(left), ["right"] = Doubles(right) };
        double expected = Loss();

        float loss = network.Forward(left, right, classes, cube, flags, workspace);
        Assert.Equal(expected, loss, Tolerance);
        AssertClose(reference["classes"], workspace.Classes, "classes");
        AssertClose(reference["cube"], workspace.Cube, "cube");
        AssertClose(reference["flags"], workspace.Flags, "flags");

        network.Backward(left, right, classes, cube, flags, workspace);
        float[] gradients = workspace.Gradients.ToArray();
        AssertGradients(JoinedLayers, gradients, tensors, Loss);
        AssertClose(ShapeReference.Gradient(inputs["left"], Loss), workspace.LeftGradients, "left");
        AssertClose(ShapeReference.Gradient(inputs["right"], Loss), workspace.RightGradients, "right");

        Assert.Equal(loss, network.ForwardBackward(left, right, classes, cube, flags, workspace));
        Numbers.AssertSameBits(gradients, workspace.Gradients, "gradients");

        float[] predictedClasses = new float[Samples * JoinedNetwork.ClassesSize];
        float[] predictedCube = new float[Samples * JoinedNetwork.CubeSize];
        float[] predictedFlags = new float[Samples * JoinedNetwork.FlagsSize];

        // All at once, and one after the other.
        foreach (int count in (int[])[Samples, 1])
        {
            for (int i = 0; i < Samples; i += count)
            {
                network.Predict(
                    Part(left, i, count),
                    Part(right, i, count),
                    Part(predictedClasses, i, count),
                    Part(predictedCube, i, count),
                    Part(predictedFlags, i, count));
            }

            Loss();
            AssertClose(reference["classes"], predictedClasses, "predicted classes");
            AssertClose(reference["cube"], predictedCube, "predicted cube");
            AssertClose(reference["flags"], predictedFlags, "predicted flags");
            Array.Clear(predictedClasses);
            Array.Clear(predictedCube);
            Array.Clear(predictedFlags);
        }

        double Loss() => reference.Forward(tensors, inputs, isTraining: true, (layer, x) => layer.Name switch
        {
            "classes" => ShapeReference.CrossEntropy(ShapeReference.Softmax(x, 5), classTargets, 5),
            "cube" => x.Zip(cube, static (y, t) => (y - t) * (y - t)).Average(),
            "flags" => 0.5 * x.Zip(flags, static (z, t) => Math.Max(z, 0) - (z * t) + Math.Log(1 + Math.Exp(-Math.Abs(z)))).Average(),
            _ => 0,
        });

        static Span<float> Part(float[] values, int start, int count) =>
            values.AsSpan(start * (values.Length / Samples), count * (values.Length / Samples));
    }

    private static ImmutableArray<LayerInfo> JoinedLayers => LayersOf<JoinedNetwork>();

    private static ImmutableArray<LayerInfo> LayersOf<TNetwork>()
        where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers;

    private static void Check<TNetwork, TWorkspace>(
        TNetwork network,
        int threads,
        Func<float[], TWorkspace, float> forward,
        Func<float[], TWorkspace, float> forwardBackward,
        Action<float[], TWorkspace> backward,
        Func<LayerInfo, double[], double> lossOf,
        Func<Dictionary<string, double[]>, double> penalty)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        Randomise(TNetwork.Layers, network.Parameters);
        ShapeReference reference = new(TNetwork.Layers, Samples);
        float[] inputs = Numbers.Gaussians(Samples * TNetwork.InputSize, seed: 2);
        Dictionary<string, double[]> tensors = ShapeReference.Tensors(TNetwork.Layers, network.Parameters);
        Dictionary<string, double[]> inputValues = new() { ["inputs"] = Doubles(inputs) };

        // More room than samples: what a pass writes must not depend on it.
        TWorkspace workspace = network.CreateWorkspace(Samples + 2, threads);
        double expected = Loss();
        float loss = forward(inputs, workspace);
        Assert.Equal(expected, loss, Tolerance);
        AssertClose(reference[TNetwork.Layers[^1].Name], workspace.Outputs[..(Samples * TNetwork.OutputSize)], "outputs");

        backward(inputs, workspace);
        float[] gradients = workspace.Gradients.ToArray();
        AssertGradients(TNetwork.Layers, gradients, tensors, Loss);
        AssertClose(
            ShapeReference.Gradient(inputValues["inputs"], Loss), workspace.InputGradients[..(Samples * TNetwork.InputSize)], "gradients of the inputs");

        // A training pass moves the running averages, so that the tensors are read again.
        Assert.Equal(loss, forwardBackward(inputs, workspace));
        Numbers.AssertSameBits(gradients, workspace.Gradients, "gradients");
        tensors = ShapeReference.Tensors(TNetwork.Layers, network.Parameters);
        reference.Forward(tensors, inputValues, isTraining: false, lossOf);
        float[] outputs = new float[Samples * TNetwork.OutputSize];
        network.Predict(inputs, outputs);
        AssertClose(reference[TNetwork.Layers[^1].Name], outputs, "predicted outputs");

        for (int i = 0; i < Samples; i++)
        {
            network.Predict(
                inputs.AsSpan(i * TNetwork.InputSize, TNetwork.InputSize), outputs.AsSpan(i * TNetwork.OutputSize, TNetwork.OutputSize));
        }

        AssertClose(reference[TNetwork.Layers[^1].Name], outputs, "outputs of single samples");

        double Loss() => reference.Forward(tensors, inputValues, isTraining: true, lossOf) + penalty(tensors);
    }

    private static void AssertGradients(
        ImmutableArray<LayerInfo> layers, float[] gradients, Dictionary<string, double[]> tensors, Func<double> loss)
    {
        Dictionary<string, double[]> actual = ShapeReference.Tensors(layers, gradients);

        foreach (TensorInfo tensor in layers.SelectMany(static layer => layer.Tensors).Where(static tensor => tensor.IsTrained))
        {
            AssertClose(ShapeReference.Gradient(tensors[tensor.Name], loss), Numbers.ToFloats(actual[tensor.Name]), tensor.Name);
        }
    }

    /// <summary>A gradient that a normalisation takes away is the sum of terms that cancel, which float32 rounds as the terms are.</summary>
    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, string what) =>
        Numbers.AssertClose(expected, actual[..expected.Length], Tolerance * Math.Max(1e-2, expected.Max(Math.Abs)), what);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, static value => (double)value);

    /// <summary>Draws biases and scales too, so that none of them is lost in a product.</summary>
    private static void Randomise(ImmutableArray<LayerInfo> layers, Span<float> parameters)
    {
        int seed = 20;

        foreach (TensorInfo tensor in layers.SelectMany(static layer => layer.Tensors).Where(static tensor => tensor.Shape.Length == 1))
        {
            float[] values = Numbers.Gaussians((int)tensor.Count, seed++, scale: 0.3f);
            bool isPositive = tensor.Name.EndsWith("variance", StringComparison.Ordinal);
            tensor.In(parameters).Set(Array.ConvertAll(values, value => isPositive ? 1f + (value * value) : value));
        }
    }
}
