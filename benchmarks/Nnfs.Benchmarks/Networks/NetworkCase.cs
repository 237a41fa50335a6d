namespace Nnfs.Benchmarks;

/// <summary>A network that is measured: layer after layer, with a softmax and its cross-entropy at the end.</summary>
/// <param name="name">What it is called; where that is null, its sizes are its name.</param>
/// <param name="inputShape">The shape of a sample.</param>
/// <param name="layers">Its layers without the loss.</param>
internal abstract class NetworkCase(string? name, int[] inputShape, LayerInfo[] layers)
{
    private readonly Lazy<IReadOnlyList<float[]>> _parameters = new(() => DrawParameters(layers));

    /// <summary>The layers without the loss, from the inputs on.</summary>
    public IReadOnlyList<LayerInfo> Layers => layers;

    /// <summary>The inputs, and the neurons of each dense layer, where it has no other layers than these and ReLUs between them; null elsewhere.</summary>
    public IReadOnlyList<int>? DenseSizes { get; } = layers.All(static layer => layer.Kind is LayerKind.Dense or LayerKind.ReLU)
        ? [inputShape[0], .. layers.Where(static layer => layer.Kind == LayerKind.Dense).Select(static layer => layer.Outputs)]
        : null;

    public string Name => name ?? string.Join('-', DenseSizes!);

    /// <summary>The shape of a sample: features, or height, width and channels.</summary>
    public IReadOnlyList<int> InputShape => inputShape;

    public int Inputs { get; } = layers[0].Inputs;

    public int Outputs { get; } = layers[^1].Outputs;

    /// <summary>The classes that a row of the outputs tells apart.</summary>
    public int Classes { get; } = layers[^1].OutputShape[^1];

    /// <summary>The rows of the outputs of a sample, each of which has a label.</summary>
    public int Positions => Outputs / Classes;

    /// <summary>What its inputs are less than where they are indices; null where they are numbers of any kind.</summary>
    public int? Vocabulary { get; } = layers[0].Kind == LayerKind.Embedding ? layers[0].Tensors[0].Shape[0] : null;

    /// <summary>Whether a sample is an image.</summary>
    public bool TakesImages => inputShape.Length == 3;

    /// <summary>Whether a sample is a sequence.</summary>
    public bool TakesSequences => inputShape.Length == 2 || Vocabulary is not null;

    /// <summary>Whether the reference takes so long for it that only few samples are compared.</summary>
    public bool IsLong => TakesImages || layers.Any(static layer => layer.Kind == LayerKind.SelfAttention);

    public int ParameterCount { get; } = (int)layers.Sum(static layer => layer.Tensors.Sum(static tensor => tensor.Count));

    /// <summary>Multiplications and additions of dense layers and convolutions for one sample: each weight meets the values of every place.</summary>
    public long Flops { get; } = layers.Where(static layer => layer.Tensors.Length > 0)
        .Sum(static layer => 2 * layer.Tensors[0].Count * layer.Outputs / layer.OutputShape[^1]);

    /// <summary>What everybody's network starts from: weights and biases, layer by layer, each row-major.</summary>
    public IReadOnlyList<float[]> Parameters => _parameters.Value;

    public override string ToString() => Name;

    /// <summary>The generated network at this work.</summary>
    public abstract Contestant Enter(Workload workload);

    private static List<float[]> DrawParameters(LayerInfo[] layers)
    {
        LayerInfo[] drawn = [.. layers.Where(static layer => layer.Tensors.Length > 0)];
        NumpyRandom random = new(seed: drawn.Length + 1);
        List<float[]> parameters = [];

        foreach (TensorInfo tensor in drawn.SelectMany(static layer => layer.Tensors))
        {
            int count = (int)tensor.Count;
            double scale = tensor.Shape.Length == 1 ? 0.1 : Math.Sqrt(2.0 * tensor.Shape[^1] / count);
            parameters.Add([.. Enumerable.Range(0, count).Select(_ => (float)(scale * random.NextGaussian()))]);
        }

        return parameters;
    }
}
