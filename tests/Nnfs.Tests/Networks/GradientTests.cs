using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Networks;

/// <summary>Outputs, losses and every gradient of generated networks against the specification and its differences.</summary>
public class GradientTests
{
    private const int Samples = 7;

    [Fact]
    public void Network_with_a_fused_loss_agrees_with_the_specification()
    {
        DeepNetwork network = new(1);
        DeepNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * DeepNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(Samples, DeepNetwork.OutputSize, seed: 2);
        double[] targets = Specification.ToDoubles(Numbers.OneHot(labels, DeepNetwork.OutputSize));

        float loss = network.Forward(inputs, labels, pass);
        network.Backward(inputs, labels, pass);

        AssertAgrees(
            new NetworkSpecification(Samples, DeepNetwork.InputSize).ReLU().Dense(network.Dense1).ReLU().Dense(network.Dense2).Dense(network.Dense3).Softmax(),
            inputs,
            p => Specification.CrossEntropy(p, targets, Samples),
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
    public void Network_with_separate_losses_agrees_with_the_specification()
    {
        ProbabilityNetwork network = new(1);
        ProbabilityNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * ProbabilityNetwork.InputSize, seed: 1);
        float[] targets = SoftmaxTests.Probabilities(Samples, ProbabilityNetwork.OutputSize);

        float loss = network.Forward(inputs, targets, pass);
        network.Backward(inputs, targets, pass);

        AssertAgrees(
            new NetworkSpecification(Samples, ProbabilityNetwork.InputSize).Dense(network.Dense1).ReLU().Dense(network.Dense2).Softmax(),
            inputs,
            p => Specification.CrossEntropy(p, Specification.ToDoubles(targets), Samples),
            loss,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_without_a_loss_agrees_with_the_specification()
    {
        RegressionNetwork network = new(1);
        RegressionNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples * RegressionNetwork.InputSize, seed: 1);
        float[] outputGradients = Numbers.Gaussians(Samples * RegressionNetwork.OutputSize, seed: 2);

        network.Forward(inputs, pass);
        network.Backward(inputs, outputGradients, pass);

        AssertAgrees(
            new NetworkSpecification(Samples, RegressionNetwork.InputSize).Dense(network.Dense1).ReLU().Dense(network.Dense2),
            inputs,
            y => y.Zip(outputGradients, static (output, gradient) => output * gradient).Sum(),
            loss: null,
            pass.Outputs,
            [
                pass.InputGradients.ToArray(),
                pass.Dense1.Weights.ToArray(), pass.Dense1.Biases.ToArray(),
                pass.Dense2.Weights.ToArray(), pass.Dense2.Biases.ToArray(),
            ]);
    }

    [Fact]
    public void Network_with_one_input_and_one_neuron_agrees_with_the_specification()
    {
        NarrowNetwork network = new(1);
        NarrowNetwork.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = Numbers.Gaussians(Samples, seed: 1);
        int[] labels = Numbers.Labels(Samples, NarrowNetwork.OutputSize, seed: 2);
        double[] targets = Specification.ToDoubles(Numbers.OneHot(labels, NarrowNetwork.OutputSize));

        float loss = network.Forward(inputs, labels, pass);
        network.Backward(inputs, labels, pass);

        AssertAgrees(
            new NetworkSpecification(Samples, inputs: 1).Dense(network.Dense1).ReLU().Dense(network.Dense2).Dense(network.Dense3).Softmax(),
            inputs,
            p => Specification.CrossEntropy(p, targets, Samples),
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

    private static void AssertAgrees(
        NetworkSpecification specification,
        float[] inputs,
        Func<double[], double> ofOutputs,
        float? loss,
        ReadOnlySpan<float> outputs,
        float[][] gradients)
    {
        double[] exact = Specification.ToDoubles(inputs);
        double[] expected = specification.Forward(exact);
        Numbers.AssertClose(expected, outputs, 1e-5, "outputs");

        if (loss is { } actual)
        {
            Assert.Equal(ofOutputs(expected), actual, 1e-5);
        }

        List<double[]> expectedGradients = specification.Gradients(exact, ofOutputs);
        Assert.Equal(expectedGradients.Count, gradients.Length);

        for (int i = 0; i < gradients.Length; i++)
        {
            // Differences are right to about 1e-9, float32 to 1e-6 of the largest.
            double largest = expectedGradients[i].Max(Math.Abs);
            Assert.True(largest > 1e-4, "A gradient of nothing but zeros shows nothing.");
            Numbers.AssertClose(expectedGradients[i], gradients[i], 2e-5 * largest, $"gradient {i}");
        }
    }
}
