namespace Nnfs.Benchmarks;

/// <summary>A network that is measured: dense layers of these sizes with ReLUs between them and a softmax at the end.</summary>
internal abstract class NetworkCase(params int[] sizes)
{
    private readonly Lazy<IReadOnlyList<float[]>> _parameters = new(() => DrawParameters(sizes));

    /// <summary>The inputs, and the neurons of each dense layer.</summary>
    public IReadOnlyList<int> Sizes { get; } = sizes;

    public string Name { get; } = string.Join('-', sizes);

    public int Inputs => Sizes[0];

    public int Outputs => Sizes[^1];

    /// <summary>The number of dense layers.</summary>
    public int Layers => Sizes.Count - 1;

    public int ParameterCount => Enumerable.Range(0, Layers).Sum(layer => (Sizes[layer] + 1) * Sizes[layer + 1]);

    /// <summary>Multiplications and additions of the dense layers for one sample.</summary>
    public long Flops => Enumerable.Range(0, Layers).Sum(layer => 2L * Sizes[layer] * Sizes[layer + 1]);

    /// <summary>What everybody's network starts from: weights [inputs × neurons], row-major, and biases, layer by layer.</summary>
    public IReadOnlyList<float[]> Parameters => _parameters.Value;

    public override string ToString() => Name;

    /// <summary>The generated network at this work.</summary>
    public abstract Contestant Enter(Workload workload);

    private static List<float[]> DrawParameters(int[] sizes)
    {
        NumpyRandom random = new(seed: sizes.Length);
        List<float[]> parameters = [];

        for (int layer = 0; layer < sizes.Length - 1; layer++)
        {
            (int inputs, int neurons) = (sizes[layer], sizes[layer + 1]);
            double scale = Math.Sqrt(2.0 / inputs);

            parameters.Add([.. Enumerable.Range(0, inputs * neurons).Select(_ => (float)(scale * random.NextGaussian()))]);
            parameters.Add([.. Enumerable.Range(0, neurons).Select(_ => (float)(0.1 * random.NextGaussian()))]);
        }

        return parameters;
    }
}
