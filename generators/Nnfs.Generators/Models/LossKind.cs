namespace Nnfs.Generators.Models;

/// <summary>The loss that an output is trained on; the names are those of the kernels.</summary>
internal enum LossKind
{
    None,
    SoftmaxCrossEntropy,
    CategoricalCrossEntropy,
    BinaryCrossEntropy,
    SigmoidBinaryCrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
}
