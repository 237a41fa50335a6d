namespace Nnfs.Generators.Models;

/// <summary>What an operand of a kernel is.</summary>
internal enum OperandKind
{
    /// <summary>What the stage reads.</summary>
    Value,

    /// <summary>What the stage gives.</summary>
    Output,

    /// <summary>The gradient of what the stage reads.</summary>
    ValueGradient,

    /// <summary>The gradient of what the stage gives.</summary>
    OutputGradient,

    /// <summary>A tensor of the stage's parameters.</summary>
    Tensor,

    /// <summary>The gradient of a tensor.</summary>
    TensorGradient,

    /// <summary>A tensor of the product that the stage is folded into.</summary>
    ProductTensor,

    /// <summary>The same tensor, scaled.</summary>
    ScaledTensor,

    /// <summary>Consecutive tensors, of this stage and those after it.</summary>
    ParameterRange,

    /// <summary>The gradients of consecutive tensors.</summary>
    GradientRange,

    /// <summary>A block that the stage keeps for the way back, or room that it takes there.</summary>
    Kept,

    /// <summary>The window that the stage moves over its input.</summary>
    Window,

    /// <summary>What the stage keeps from one step of a sequence to the next.</summary>
    State,

    /// <summary>The distance between the states of sequences that go side by side.</summary>
    StateStride,

    /// <summary>What an output is compared with: labels or targets.</summary>
    Target,

    /// <summary>The number of samples, or of the rows that they have.</summary>
    Samples,

    /// <summary>The distance between the values of a sample, where samples lie in lanes.</summary>
    Stride,

    /// <summary>The first of the samples, or of the rows of a gradient, that a thread computes.</summary>
    Start,

    /// <summary>How many rows of a gradient a thread computes.</summary>
    Count,

    /// <summary>The first of the rows of the pass in its blocks.</summary>
    First,

    /// <summary>Whether the sums of the pass are added to those of samples before it.</summary>
    Adds,

    /// <summary>The number of the first value in the whole batch, which tells the values of a mask apart.</summary>
    FirstValue,

    /// <summary>Anything that does not depend on memory, such as a number.</summary>
    Text,
}
