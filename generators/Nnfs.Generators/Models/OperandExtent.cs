namespace Nnfs.Generators.Models;

/// <summary>How much of a value an operand is.</summary>
internal enum OperandExtent
{
    /// <summary>At least the samples of the pass: for kernels that are told how many there are.</summary>
    Samples,

    /// <summary>The values of the samples and no more: for kernels that take each element of a span.</summary>
    Exactly,

    /// <summary>The block of memory itself, of which the kernel takes its part.</summary>
    Block,
}
