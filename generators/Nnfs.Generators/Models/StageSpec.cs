namespace Nnfs.Generators.Models;

/// <summary>One stage of a network: one step of the forward pass and its counterpart in the backward pass.</summary>
/// <param name="Name">The layer's name, which is that of its members.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs; no other stage has it.</param>
/// <param name="Sources">What it reads: the number of a stage before it, or <c>~k</c> for input k.</param>
/// <param name="Inputs">The number of values that it takes per sample from its first source.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal abstract record StageSpec(string Name, string FieldName, EquatableArray<int> Sources, int Inputs, int Outputs)
{
    /// <summary>The layer that the stage's outputs are called after: the last of those fused into it.</summary>
    public virtual string OutputName => Name;

    /// <summary>Whether it has parameters that are trained.</summary>
    public virtual bool HasParameters => false;

    /// <summary>Whether a prediction may write its outputs over what it reads from its first source.</summary>
    public virtual bool IsInPlace => false;
}
