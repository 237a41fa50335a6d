namespace Nnfs.Generators.Models;

/// <summary>A step whose rows the threads of the workspace share.</summary>
/// <param name="Step">The step. A kernel over rows takes a start and a count of them.</param>
/// <param name="Rows">The number of rows; <see langword="null"/> where they are the samples, of which each thread takes its own through the step.</param>
/// <param name="FlopsPerRow">The floating-point operations of a row; where it is a sum over the samples, for each of them.</param>
internal sealed record SharedStep(Step Step, int? Rows, long FlopsPerRow) : Step
{
    /// <summary>The least number of rows that a thread takes. <see langword="null"/> where any number may be taken.</summary>
    public int? Unit { get; init; }

    /// <summary>Whether a row is a sum over the samples, or all the same whatever their number.</summary>
    public bool IsOverSamples { get; init; } = true;

    /// <summary>A step for each sample by itself.</summary>
    /// <param name="step">The step.</param>
    /// <param name="flops">Its floating-point operations for a sample.</param>
    public static SharedStep BySample(Step step, long flops) => new(step, Rows: null, flops) { IsOverSamples = false };

    public override IEnumerable<Operand> Operands => Step.Operands;
}
