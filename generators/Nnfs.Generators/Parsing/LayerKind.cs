namespace Nnfs.Generators.Parsing;

/// <summary>What an attribute of a network stands for; the names are those of the attributes.</summary>
internal enum LayerKind
{
    /// <summary>An attribute that the compiler could not resolve; it may stand for any of the others.</summary>
    Unknown,

    Input,
    Output,

    Dense,
    ReLU,
    LeakyReLU,
    Sigmoid,
    Tanh,
    ELU,
    GELU,
    SiLU,
    Linear,
    Softmax,
    Dropout,
    LayerNorm,
    BatchNorm,
    Add,
    Multiply,
    Concat,

    SoftmaxCrossEntropy,
    CategoricalCrossEntropy,
    BinaryCrossEntropy,
    SigmoidBinaryCrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
}
