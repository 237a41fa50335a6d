namespace Nnfs.Generators.Tests.Graphs;

/// <summary>A layer of a graph.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sources">What it reads: the number of a layer before it, or <c>~k</c> for input k.</param>
/// <param name="Size">The number of values that it gives per sample.</param>
internal sealed record GraphLayer(GraphLayerKind Kind, string Name, int[] Sources, int Size)
{
    /// <summary>Whether its name is stated rather than the default.</summary>
    public bool StatesName { get; init; }

    /// <summary>Whether it says <c>From</c> although it reads the layer directly before it.</summary>
    public bool StatesSource { get; init; }

    /// <summary>Its slope, alpha, rate or epsilon.</summary>
    public float Setting { get; init; }

    /// <summary>How much a batch counts in the running averages.</summary>
    public float Momentum { get; init; }

    /// <summary>λ of the magnitudes and of the squares: of the weights first, then of the biases.</summary>
    public (float L1, float L2)[] Penalties { get; init; } = [(0, 0), (0, 0)];

    public bool IsJoin => Kind is GraphLayerKind.Add or GraphLayerKind.Multiply or GraphLayerKind.Concat;

    public bool IsNorm => Kind is GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm or GraphLayerKind.BatchNorm;

    /// <summary>Whether it is a normalisation that takes a mean away and adds a β.</summary>
    public bool IsCentred => IsNorm && Kind != GraphLayerKind.RMSNorm;

    /// <summary>The inputs at which the gradient jumps.</summary>
    public double[] Kinks => Kind switch
    {
        GraphLayerKind.ReLU or GraphLayerKind.LeakyReLU or GraphLayerKind.ELU => [0],
        GraphLayerKind.HardSwish => [-3, 3],
        _ => [],
    };
}
