namespace Nnfs.Generators.Models;

/// <summary>A copy of values as they are.</summary>
/// <param name="From">What is copied.</param>
/// <param name="To">Where it goes.</param>
internal sealed record CopyStep(Operand From, Operand To) : Step
{
    public override IEnumerable<Operand> Operands => [From, To];
}
