namespace Nnfs.Generators.Models;

/// <summary>The functions that work element by element; their names are those of the kernels.</summary>
internal enum ActivationKind
{
    ReLU,
    LeakyReLU,
    Sigmoid,
    Tanh,
    ELU,
    GELU,
    GELUTanh,
    SiLU,
    Linear,
}
