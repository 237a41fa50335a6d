namespace Nnfs.Tests.Networks.Shapes;

/// <summary>Threads that share the samples of a batch: each begins at the first row of its samples.</summary>
public class ShapeThreadTests
{
    /// <summary>Twenty for each of the threads that the machine lets work, and some left over.</summary>
    private const int Samples = 211;

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_give_the_bits_of_one(int threads)
    {
        WideShapeNetwork network = new(1);
        float[] inputs = Numbers.Gaussians(Samples * WideShapeNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(Samples * 8, 6, seed: 2);
        WideShapeNetwork.Workspace alone = network.CreateWorkspace(Samples);
        WideShapeNetwork.Workspace shared = network.CreateWorkspace(Samples, threads);

        Assert.Equal(network.Forward(inputs, labels, alone), network.Forward(inputs, labels, shared));
        network.Backward(inputs, labels, alone);
        network.Backward(inputs, labels, shared);

        Numbers.AssertSameBits(alone.Outputs, shared.Outputs, "outputs");
        Numbers.AssertSameBits(alone.Gradients, shared.Gradients, "gradients");
        Numbers.AssertSameBits(alone.InputGradients, shared.InputGradients, "gradients of the inputs");
    }

    [Fact]
    public void Samples_give_the_same_in_any_batch()
    {
        WideShapeNetwork network = new(1);
        float[] inputs = Numbers.Gaussians(Samples * WideShapeNetwork.InputSize, seed: 1);
        float[] together = new float[Samples * WideShapeNetwork.OutputSize];
        float[] alone = new float[Samples * WideShapeNetwork.OutputSize];
        network.Predict(inputs, together);

        for (int i = 0; i < Samples; i++)
        {
            network.Predict(
                inputs.AsSpan(i * WideShapeNetwork.InputSize, WideShapeNetwork.InputSize),
                alone.AsSpan(i * WideShapeNetwork.OutputSize, WideShapeNetwork.OutputSize));
        }

        // A sample alone goes through another kernel where a layer takes all of it.
        Numbers.AssertClose(Array.ConvertAll(together, static value => (double)value), alone, 1e-6, "prediction of one");
    }
}
