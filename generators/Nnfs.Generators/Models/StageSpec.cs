namespace Nnfs.Generators.Models;

/// <summary>One stage of a network: one step of the forward pass and its counterpart in the backward pass.</summary>
/// <param name="Name">The layer's name, which is that of its members.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs; no other stage has it.</param>
/// <param name="Sources">What it reads: the number of a stage before it, or <c>~k</c> for input k.</param>
/// <param name="Inputs">The number of values that it takes per sample from its first source.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal abstract record StageSpec(string Name, string FieldName, EquatableArray<int> Sources, int Inputs, int Outputs)
{
    /// <summary>The layer that the stage's outputs are named after: the last of those fused into it.</summary>
    public virtual string OutputName => Name;

    /// <summary>Its parameters, in the order of their places.</summary>
    public virtual IReadOnlyList<TensorSpec> Tensors => [];

    /// <summary>Whether it has parameters that are trained.</summary>
    public bool HasParameters => Tensors.Count > 0;

    /// <summary>Whether a prediction may write its outputs over what it reads from its first source.</summary>
    public virtual bool IsInPlace => false;

    /// <summary>Whether it changes nothing in a prediction, so that its outputs are what it reads.</summary>
    public virtual bool PassesOn => false;

    /// <summary>Whether it computes over the samples of a batch in training, so that they depend on each other.</summary>
    public virtual bool IsOverBatch => false;

    /// <summary>Whether it drops values in training, by masks that are drawn anew in each pass.</summary>
    public virtual bool HasMasks => false;

    /// <summary>Whether its outputs are probabilities of classes.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether its kernels can only overwrite the gradients of its inputs, not add to them.</summary>
    public virtual bool OverwritesGradients => true;

    /// <summary>Whether the kernel for a single sample writes whole vectors, and with them padding.</summary>
    public virtual bool WritesWholeVectors => false;

    /// <summary>The activation whose gradient a reader can take into its own product; <see langword="null"/> where there is none.</summary>
    public virtual string? MaskName => null;

    /// <summary>Whether its gradient's product can take the activation of what it reads along.</summary>
    public virtual bool TakesMask => false;

    /// <summary>Whether in predictions it only scales and shifts each value, so that it can be folded into a product before it.</summary>
    public virtual bool ScalesInPredictions => false;

    /// <summary>Whether it is a product whose parameters can take the scales of a stage after it.</summary>
    public virtual bool TakesScales => false;

    /// <summary>Whether it is an activation that the kernel of a product before it can compute.</summary>
    public virtual bool JoinsProduct => false;

    /// <summary>The floating-point operations of its product for a sample, by which threads share the work; 0 for other stages, which take little time.</summary>
    public virtual long ProductFlops => 0;

    /// <summary>A tensor of its parameters.</summary>
    public TensorSpec Tensor(string name) => Tensors.First(tensor => tensor.Name == name);
}
