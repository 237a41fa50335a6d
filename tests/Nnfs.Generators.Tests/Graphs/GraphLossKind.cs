namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The losses of outputs under test.</summary>
internal enum GraphLossKind
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
