namespace Nnfs.Tests.Networks;

/// <summary>A workspace's threads share the work of a pass; what comes out has the same bits for any number of them.</summary>
public class WorkspaceThreadTests
{
    private const int Samples = 101;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Passes_on_several_threads_give_the_bits_of_one(int threads)
    {
        WideNetwork network = new(seed: 3);
        float[] inputs = Numbers.Gaussians(Samples * WideNetwork.InputSize, seed: 1);
        int[] labels = [.. Enumerable.Range(0, Samples).Select(static i => i % WideNetwork.OutputSize)];
        WideNetwork.Workspace one = network.CreateWorkspace(Samples);
        WideNetwork.Workspace many = network.CreateWorkspace(Samples, threads);

        float expectedLoss = network.Forward(inputs, labels, one);
        network.Backward(inputs, labels, one);

        for (int pass = 0; pass < 20; pass++)
        {
            many.Gradients.Fill(float.NaN);
            float loss = network.Forward(inputs, labels, many);
            network.Backward(inputs, labels, many);

            Assert.Equal(expectedLoss, loss);
            Numbers.AssertSameBits(one.Outputs, many.Outputs, "outputs");
            Numbers.AssertSameBits(one.Dense1.Weights.ToArray(), many.Dense1.Weights.ToArray(), "dw1");
            Numbers.AssertSameBits(one.Dense1.Biases, many.Dense1.Biases, "db1");
            Numbers.AssertSameBits(one.Dense2.Weights.ToArray(), many.Dense2.Weights.ToArray(), "dw2");
            Numbers.AssertSameBits(one.Dense3.Weights.ToArray(), many.Dense3.Weights.ToArray(), "dw3");
            Numbers.AssertSameBits(one.InputGradients, many.InputGradients, "dx");
        }

        Assert.Equal(1, one.Threads);
        Assert.Equal(threads, many.Threads);
    }

    [Fact]
    public void ForwardBackward_on_two_threads_gives_the_bits_of_one()
    {
        WideNetwork network = new(seed: 3);
        float[] inputs = Numbers.Gaussians(Samples * WideNetwork.InputSize, seed: 1);
        float[] targets = Numbers.OneHot([.. Enumerable.Range(0, Samples).Select(static i => i % WideNetwork.OutputSize)], WideNetwork.OutputSize);
        WideNetwork.Workspace one = network.CreateWorkspace(Samples);
        WideNetwork.Workspace two = network.CreateWorkspace(Samples, threads: 2);

        Assert.Equal(network.ForwardBackward(inputs, targets, one), network.ForwardBackward(inputs, targets, two));
        Numbers.AssertSameBits(one.Gradients, two.Gradients, "gradients");
    }

    [Fact]
    public void Workspace_of_no_threads_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new WideNetwork().CreateWorkspace(1, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new SpiralNetwork().CreateWorkspace(1, threads: 0));
    }

    [Fact]
    public void Workspace_of_a_small_network_takes_one_thread() =>
        Assert.Equal(1, new SpiralNetwork().CreateWorkspace(1000, threads: 4).Threads);
}
