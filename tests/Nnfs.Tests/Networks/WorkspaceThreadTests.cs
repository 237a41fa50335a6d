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
    public void Steps_with_the_threads_of_a_workspace_give_the_bits_of_one()
    {
        TallNetwork alone = new(seed: 3);
        TallNetwork together = new(seed: 3);
        float[] inputs = Numbers.Gaussians(Samples * TallNetwork.InputSize, seed: 1);
        int[] labels = [.. Enumerable.Range(0, Samples).Select(static i => i % TallNetwork.OutputSize)];
        TallNetwork.Workspace one = alone.CreateWorkspace(Samples);
        TallNetwork.Workspace two = together.CreateWorkspace(Samples, threads: 2);
        Adam adam = new();
        Adam shared = new();

        for (int step = 0; step < 3; step++)
        {
            alone.ForwardBackward(inputs, labels, one);
            adam.Step(alone, one);
            together.ForwardBackward(inputs, labels, two);
            shared.Step(together, two);
        }

        Assert.Equal(2, ((IGradients<TallNetwork>)two).Team?.Threads);
        Numbers.AssertSameBits(alone.Parameters, together.Parameters, "parameters");
    }

    /// <summary>Networks with samples in lanes: two layers in one kernel, and layer by layer. Batches with work enough for several threads.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Passes_of_small_networks_on_several_threads_give_the_bits_of_one(int threads)
    {
        const int Many = 10_011;

        AssertSameBits(new TrainedSpiralNetwork(seed: 3), Many, threads);
        AssertSameBits(new LanesNetwork(seed: 3), Many, threads);
    }

    /// <summary>Batch normalisations, whose features threads share, between layers whose samples they share, and beside a shortcut.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Passes_with_batch_normalisations_on_several_threads_give_the_bits_of_one(int threads)
    {
        const int Many = 1_011;
        NormalisedNetwork network = new(seed: 3);

        AssertSameBits(network, Many, threads);

        float[] inputs = Numbers.Gaussians(Many * NormalisedNetwork.InputSize, seed: 1);
        NormalisedNetwork alone = network.Clone();
        NormalisedNetwork.Workspace one = alone.CreateWorkspace(Many);
        NormalisedNetwork.Workspace many = network.CreateWorkspace(Many, threads);
        alone.Forward(inputs, one);
        network.Forward(inputs, many);
        Numbers.AssertSameBits(alone.Parameters, network.Parameters, "running averages");

        one.IsTraining = false;
        many.IsTraining = false;
        alone.Forward(inputs, one);
        network.Forward(inputs, many);
        Numbers.AssertSameBits(one.Outputs, many.Outputs, "outputs outside training");
    }

    [Fact]
    public void Workspace_of_no_threads_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new WideNetwork().CreateWorkspace(1, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new SpiralNetwork().CreateWorkspace(1, threads: 0));
    }

    private static void AssertSameBits<TNetwork, TWorkspace>(ITrainableNetwork<TNetwork, TWorkspace> network, int samples, int threads)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        float[] inputs = Numbers.Gaussians(samples * TNetwork.InputSize, seed: 1);
        float[] targets = Numbers.OneHot([.. Enumerable.Range(0, samples).Select(static i => i % TNetwork.OutputSize)], TNetwork.OutputSize);
        TWorkspace one = network.CreateWorkspace(samples);
        TWorkspace many = network.CreateWorkspace(samples, threads);

        // One pass for all and one in two calls, of a batch that fills the workspace and of a smaller one.
        foreach (int batch in (int[])[samples, samples - 700, samples])
        {
            ReadOnlySpan<float> x = inputs.AsSpan(0, batch * TNetwork.InputSize);
            ReadOnlySpan<float> t = targets.AsSpan(0, batch * TNetwork.OutputSize);
            one.Gradients.Clear();
            many.Gradients.Clear();

            Assert.Equal(network.ForwardBackward(x, t, one), network.ForwardBackward(x, t, many));
            Numbers.AssertSameBits(one.Gradients, many.Gradients, "gradients");

            many.Gradients.Clear();
            network.Forward(x, t, many);
            network.Backward(x, t, many);
            network.Backward(x, t, one);
            Numbers.AssertSameBits(one.Gradients, many.Gradients, "gradients of two calls");
            Numbers.AssertSameBits(one.Outputs, many.Outputs, "outputs");
            Numbers.AssertSameBits(one.InputGradients, many.InputGradients, "dx");
        }
    }
}
