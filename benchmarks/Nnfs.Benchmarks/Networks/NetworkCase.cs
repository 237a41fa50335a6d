namespace Nnfs.Benchmarks;

/// <summary>A network that is measured: dense layers of these sizes with ReLUs between them and a softmax at the end.</summary>
internal abstract class NetworkCase(params int[] sizes)
{
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

    public override string ToString() => Name;

    /// <summary>The generated network at this work.</summary>
    public abstract Contestant Enter(Workload workload);
}
