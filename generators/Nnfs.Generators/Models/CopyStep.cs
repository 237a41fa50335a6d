namespace Nnfs.Generators.Models;

/// <summary>A copy of values as they are.</summary>
/// <param name="Size">The values per sample.</param>
/// <param name="From">What is copied.</param>
/// <param name="To">Where it goes.</param>
internal sealed record CopyStep(int Size, Operand From, Operand To) : Step
{
    public override IEnumerable<Operand> Operands => [From, To];
}
