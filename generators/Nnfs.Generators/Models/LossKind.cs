namespace Nnfs.Generators.Models;

/// <summary>The loss that a network is trained on.</summary>
internal enum LossKind
{
    None,
    SoftmaxCrossEntropy,
    CategoricalCrossEntropy,
}
