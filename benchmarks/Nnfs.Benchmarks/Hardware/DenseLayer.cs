namespace Nnfs.Benchmarks;

/// <summary>The forward pass of one dense layer by itself, in a generated network that has no other.</summary>
internal sealed class DenseLayer : Repeated
{
    /// <summary>Takes part with a layer.</summary>
    /// <param name="samples">The rows of the inputs.</param>
    /// <param name="inputs">The inputs of the layer.</param>
    /// <param name="neurons">The outputs of the layer.</param>
    /// <param name="forward">Runs the layer.</param>
    private DenseLayer(int samples, int inputs, int neurons, Action forward)
        : base($"{samples} × {inputs} × {neurons}", forward)
    {
        Flops = 2L * samples * inputs * neurons;
    }

    public long Flops { get; }

    public static DenseLayer Of64x784x128()
    {
        Layer784x128 network = new();
        Layer784x128.Workspace pass = network.CreateWorkspace(64);
        float[] inputs = Draw(64 * 784);

        return new(64, 784, 128, () => network.Forward(inputs, pass));
    }

    public static DenseLayer Of128x512x512()
    {
        Layer512x512 network = new();
        Layer512x512.Workspace pass = network.CreateWorkspace(128);
        float[] inputs = Draw(128 * 512);

        return new(128, 512, 512, () => network.Forward(inputs, pass));
    }

    private static float[] Draw(int length)
    {
        NumpyRandom random = new(seed: 1);

        return [.. Enumerable.Range(0, length).Select(_ => (float)random.NextGaussian())];
    }
}
