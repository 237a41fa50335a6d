namespace Nnfs.Tests.Networks.Shapes;

/// <summary>Threads share passes through images, which a batch of this size takes in parts; what comes out has the same bits for any number of them.</summary>
public class ConvolutionThreadTests
{
    private const int Samples = 101;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Passes_through_convolutions_give_the_bits_of_one_thread(int threads) =>
        Check<ThreadedImageNetwork, ThreadedImageNetwork.Workspace>(threads);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Passes_through_normalised_convolutions_give_the_bits_of_one_thread(int threads) =>
        Check<NormalisedImageNetwork, NormalisedImageNetwork.Workspace>(threads);

    private static void Check<TNetwork, TWorkspace>(int threads)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(3));
        float[] inputs = Numbers.Gaussians(Samples * TNetwork.InputSize, seed: 1);
        int[] labels = [.. Enumerable.Range(0, Samples).Select(static i => i % TNetwork.OutputSize)];
        TWorkspace one = network.CreateWorkspace(Samples);
        TWorkspace many = network.CreateWorkspace(Samples, threads);

        float expected = network.Forward(inputs, labels, one);
        network.Backward(inputs, labels, one);

        for (int pass = 0; pass < 3; pass++)
        {
            Assert.Equal(expected, network.Forward(inputs, labels, many));
            network.Backward(inputs, labels, many);

            Numbers.AssertSameBits(one.Outputs, many.Outputs, "outputs");
            Numbers.AssertSameBits(one.Gradients, many.Gradients, "gradients");
            Numbers.AssertSameBits(one.InputGradients, many.InputGradients, "dx");
        }
    }
}
