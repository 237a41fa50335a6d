namespace Nnfs.Generators.Models;

/// <summary>One stage of a network: one step of the forward pass and its counterpart in the backward pass.</summary>
/// <param name="Name">The layer's name, which is that of its members.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs; no other stage has it.</param>
/// <param name="Inputs">The number of values that it takes per sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal abstract record StageSpec(string Name, string FieldName, int Inputs, int Outputs)
{
    /// <summary>The layer that the stage's outputs are called after: the last of those fused into it.</summary>
    public virtual string OutputName => Name;
}
