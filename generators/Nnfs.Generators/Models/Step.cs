namespace Nnfs.Generators.Models;

/// <summary>One statement of a pass.</summary>
internal abstract record Step
{
    /// <summary>The operands of the step and of those in it.</summary>
    public abstract IEnumerable<Operand> Operands { get; }
}
