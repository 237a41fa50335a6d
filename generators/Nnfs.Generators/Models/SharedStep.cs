namespace Nnfs.Generators.Models;

/// <summary>A kernel whose rows the threads of the workspace share.</summary>
/// <param name="Kernel">The kernel; it takes a start and a count of rows.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="FlopsPerRow">The floating-point operations of a row, for each sample unless <see cref="IsOverSamples"/> says otherwise.</param>
internal sealed record SharedStep(KernelStep Kernel, int Rows, long FlopsPerRow) : Step
{
    /// <summary>The least number of rows that a thread takes. <see langword="null"/> where any number may be taken.</summary>
    public int? Unit { get; init; }

    /// <summary>Whether a row is a sum over the samples, or all the same whatever their number.</summary>
    public bool IsOverSamples { get; init; } = true;

    public override IEnumerable<Operand> Operands => Kernel.Operands;
}
