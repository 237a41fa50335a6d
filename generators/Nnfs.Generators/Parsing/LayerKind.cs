namespace Nnfs.Generators.Parsing;

/// <summary>What a layer or loss attribute stands for.</summary>
internal enum LayerKind
{
    Dense,
    ReLU,
    Softmax,
    SoftmaxCrossEntropy,
    CategoricalCrossEntropy,

    /// <summary>An attribute that the compiler could not resolve; it may stand for any of the others.</summary>
    Unknown,
}
