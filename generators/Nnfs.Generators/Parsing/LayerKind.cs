namespace Nnfs.Generators.Parsing;

/// <summary>What a layer or loss attribute stands for.</summary>
internal enum LayerKind
{
    Dense,
    ReLU,
    Softmax,
    SoftmaxCrossEntropy,
    CategoricalCrossEntropy,
}
