using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Networks;

/// <summary>Outputs, losses and every gradient of generated networks against the reference.</summary>
public class GradientTests
{
    private const int Samples = 7;

    [Fact]
    public void Network_with_a_fused_loss_agrees_with_the_reference()
    {
        DeepNetwork network = new(1);
        DeepNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * DeepNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(Samples, DeepNetwork.OutputSize, seed: 2);

        float loss = network.Forward(inputs, labels, pass);
        network.Backward(inputs, labels, pass);

        AssertAgrees(
            new GraphBuilder().Input(DeepNetwork.InputSize).Layer(new ReLULayer())
                .Layer(Dense(network.Dense1)).Layer(new ReLULayer()).Layer(Dense(network.Dense2)).Layer(Dense(network.Dense3))
                .Output(null, new SoftmaxCrossEntropyLoss()),
            [[], Tensors(network.Dense1), [], Tensors(network.Dense2), Tensors(network.Dense3)],
            inputs,
            Numbers.OneHot(labels, DeepNetwork.OutputSize),
            loss,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
                pass.Dense3.Weights.ToArray(), pass.Dense3.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_with_separate_losses_agrees_with_the_reference()
    {
        ProbabilityNetwork network = new(1);
        ProbabilityNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * ProbabilityNetwork.InputSize, seed: 1);
        float[] targets = SoftmaxTests.Probabilities(Samples, ProbabilityNetwork.OutputSize);

        float loss = network.Forward(inputs, targets, pass);
        network.Backward(inputs, targets, pass);

        AssertAgrees(
            new GraphBuilder().Input(ProbabilityNetwork.InputSize)
                .Layer(Dense(network.Dense1)).Layer(new ReLULayer()).Layer(Dense(network.Dense2)).Layer(new SoftmaxLayer())
                .Output(null, new CategoricalCrossEntropyLoss()),
            [Tensors(network.Dense1), [], Tensors(network.Dense2), []],
            inputs,
            targets,
            loss,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_without_a_loss_agrees_with_the_reference()
    {
        RegressionNetwork network = new(1);
        RegressionNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * RegressionNetwork.InputSize, seed: 1);
        float[] outputGradients = Numbers.Gaussians(Samples * RegressionNetwork.OutputSize, seed: 2);

        network.Forward(inputs, pass);
        network.Backward(inputs, outputGradients, pass);

        AssertAgrees(
            new GraphBuilder().Input(RegressionNetwork.InputSize)
                .Layer(Dense(network.Dense1)).Layer(new ReLULayer()).Layer(Dense(network.Dense2))
                .Output(null, loss: null),
            [Tensors(network.Dense1), [], Tensors(network.Dense2)],
            inputs,
            outputGradients,
            loss: null,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_with_one_input_and_one_neuron_agrees_with_the_reference()
    {
        NarrowNetwork network = new(1);
        NarrowNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples, seed: 1);
        int[] labels = Numbers.Labels(Samples, NarrowNetwork.OutputSize, seed: 2);

        float loss = network.Forward(inputs, labels, pass);
        network.Backward(inputs, labels, pass);

        AssertAgrees(
            new GraphBuilder().Input(1)
                .Layer(Dense(network.Dense1)).Layer(new ReLULayer()).Layer(Dense(network.Dense2)).Layer(Dense(network.Dense3))
                .Output(null, new SoftmaxCrossEntropyLoss()),
            [Tensors(network.Dense1), [], Tensors(network.Dense2), Tensors(network.Dense3)],
            inputs,
            Numbers.OneHot(labels, NarrowNetwork.OutputSize),
            loss,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
                pass.Dense3.Weights.ToArray(), pass.Dense3.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_of_one_weight_computes_and_shows_it()
    {
        SmallestNetwork network = new();
        network.Dense1.Weights[0, 0] = 3f;
        network.Dense1.Biases[0] = 0.5f;
        SmallestNetwork.Workspace pass = network.CreateWorkspace(1);

        network.Forward([2f], pass);
        network.Backward([2f], outputGradients: [4f], pass);

        Assert.Equal(6.5f, pass.Outputs[0]);
        Assert.Equal(6.5f, pass.Dense1.Outputs[0, 0]);
        Assert.Equal(8f, pass.Dense1.Weights[0, 0]);
        Assert.Equal(4f, pass.Dense1.Biases[0]);
        Assert.Equal(12f, pass.InputGradients[0]);
    }

    private static DenseLayer Dense(DenseParameters parameters) => new(parameters.Biases.Length);

    private static double[][] Tensors(DenseParameters parameters) =>
        [Numbers.ToDoubles(parameters.Weights.ToArray()), Numbers.ToDoubles(parameters.Biases)];

    private static void AssertAgrees(
        GraphBuilder network,
        double[][][] tensors,
        float[] inputs,
        float[] targets,
        float? loss,
        ReadOnlySpan<float> outputs,
        float[][] gradients)
    {
        GraphCase graph = network.Build(Samples, seed: 0);
        ReferenceGraph reference = new(graph, tensors);
        GraphPass pass = reference.Forward([Numbers.ToDoubles(inputs)], seed: 0, Samples);
        double[] y = pass[graph.Outputs[0].Source];
        ReferenceLoss? specified = graph.Outputs[0].Loss;
        Numbers.AssertClose(specified?.Outputs(y, graph.OutputShape(0)) ?? y, outputs, 1e-5, "outputs");

        if (loss is { } actual)
        {
            Assert.Equal(specified!.Terms(y, targets, graph.OutputShape(0)).Sum(), actual, 1e-5);
        }

        GraphGradients expected = reference.Backward(
            pass, [specified?.Gradient(y, targets, graph.OutputShape(0), Rounding.None) ?? Numbers.ToDoubles(targets)]);
        double[][] expectedGradients = [expected.Inputs[0], .. expected.Tensors.SelectMany(static layer => layer)];
        Assert.Equal(expectedGradients.Length, gradients.Length);

        for (int i = 0; i < gradients.Length; i++)
        {
            // Float32 is right to 1e-6 of the largest.
            double largest = expectedGradients[i].Max(Math.Abs);
            Assert.True(largest > 1e-4, "A gradient of nothing but zeros shows nothing.");
            Numbers.AssertClose(expectedGradients[i], gradients[i], 2e-5 * largest, $"gradient {i}");
        }
    }
}
