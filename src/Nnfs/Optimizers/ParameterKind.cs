namespace Nnfs.Optimizers;

/// <summary>What a part of a network's parameters is to an optimizer that decays weights.</summary>
internal enum ParameterKind
{
    /// <summary>Tensors of two or more dimensions: what inputs, states or steps are multiplied by, and the rows of an embedding.</summary>
    Weights,

    /// <summary>Tensors of one dimension: biases, and the scales and shifts of normalisations.</summary>
    Biases,

    /// <summary>Tensors that are not learned: the running averages of a batch normalisation.</summary>
    Averages,
}
