namespace Nnfs.Import.Translating;

/// <summary>A size that a model computes from the shapes of its values: a number, or that number of times as many as there are samples.</summary>
/// <param name="Factor">The number.</param>
/// <param name="IsOfBatch">Whether it is multiplied by the number of samples.</param>
internal readonly record struct Size(long Factor, bool IsOfBatch)
{
    /// <summary>As messages have it.</summary>
    public override string ToString() => IsOfBatch ? Factor == 1 ? "batch" : $"{Factor} · batch" : Factor.ToString(CultureInfo.InvariantCulture);
}
