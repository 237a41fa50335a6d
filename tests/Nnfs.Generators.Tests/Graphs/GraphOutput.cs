namespace Nnfs.Generators.Tests.Graphs;

/// <summary>An output of a graph, declared directly behind its layer.</summary>
/// <param name="Name">Its name; <see langword="null"/> for the only output, which is what the last layer gives.</param>
/// <param name="Source">The number of its layer.</param>
/// <param name="Loss">What it is trained on.</param>
/// <param name="Weight">What its loss is multiplied by.</param>
/// <param name="Setting">The label smoothing or the delta of its loss.</param>
internal sealed record GraphOutput(string? Name, int Source, GraphLossKind Loss, float Weight = 1f, float Setting = 0f)
{
    /// <summary>Whether a sample has one class.</summary>
    public bool IsCategorical => Loss is GraphLossKind.SoftmaxCrossEntropy or GraphLossKind.CategoricalCrossEntropy;

    /// <summary>Whether each value has a class of its own, 0 or 1.</summary>
    public bool IsBinary => Loss is GraphLossKind.BinaryCrossEntropy or GraphLossKind.SigmoidBinaryCrossEntropy;

    public bool TakesLabels => IsCategorical || IsBinary;
}
