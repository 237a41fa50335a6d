namespace Nnfs.Generators.Models;

/// <summary>A layer or batch normalisation.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="TakesBatch">Whether it takes mean and variance over the samples of a batch, rather than over the values of a sample.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">How much a batch counts in the running averages.</param>
/// <param name="Offset">Where γ starts in the parameters; β and, over a batch, running mean and variance follow at equal distances.</param>
internal sealed record NormSpec(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Size,
    bool TakesBatch,
    float Epsilon,
    float Momentum,
    int Offset) : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        .. Enumerable.Range(0, Vectors).Select(i => new TensorSpec(s_names[i], Size, Size, Offset + (i * Stride)) { Fill = s_fills[i], IsTrained = i < 2 }),
    ];

    public override bool IsOverBatch => TakesBatch;

    public override bool ScalesInPredictions => TakesBatch;

    private static readonly string[] s_names = ["Gamma", "Beta", "RunningMean", "RunningVariance"];
    private static readonly float[] s_fills = [1f, 0f, 0f, 1f];

    /// <summary>The length of one of its vectors with padding up to the next cache line.</summary>
    public int Stride => (int)Math.Min(int.MaxValue, (Size + 15L) & ~15L);

    /// <summary>The number of its vectors.</summary>
    public int Vectors => TakesBatch ? 4 : 2;
}
