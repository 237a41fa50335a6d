namespace Nnfs.Generators.Models;

/// <summary>A layer or batch normalisation.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="IsOverBatch">Whether it takes mean and variance over the samples of a batch, rather than over the values of a sample.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">How much a batch counts in the running averages.</param>
/// <param name="Offset">Where γ starts in the parameters; β and, over a batch, running mean and variance follow at equal distances.</param>
internal sealed record NormSpec(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Size,
    bool IsOverBatch,
    float Epsilon,
    float Momentum,
    int Offset) : StageSpec(Name, FieldName, Sources, Size, Size)
{
    public override bool HasParameters => true;

    /// <summary>The length of one of its vectors with padding up to the next cache line.</summary>
    public int Stride => (int)Math.Min(int.MaxValue, (Size + 15L) & ~15L);

    /// <summary>The number of its vectors.</summary>
    public int Vectors => IsOverBatch ? 4 : 2;
}
