namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The layers that graphs under test are made of.</summary>
internal enum GraphLayerKind
{
    Dense,
    ReLU,
    LeakyReLU,
    Sigmoid,
    Tanh,
    ELU,
    GELU,
    GELUTanh,
    SiLU,
    HardSwish,
    Softplus,
    Linear,
    Softmax,
    Dropout,
    LayerNorm,
    RMSNorm,
    BatchNorm,
    Add,
    Multiply,
    Concat,
}
